"""What a table leaves open: one number of a clause between two bounds, or a clause that is signed or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from reciprocity.deal import Clause
from reciprocity.errors import Fault, did_you_mean
from reciprocity.files import faults_of

AMOUNTS: dict[str, tuple[str, ...]] = {
    "tariff": ("rate",), "cap": ("rate",), "add": ("rate",), "quota": ("share", "value_musd", "exporter_rent", "rate"),
    "content": ("content",), "remission": ("share",), "preference": ("utilisation_rate",),
    "investment": ("amount_busd",), "trade_cost": ("change",), "capacity": ("capacity",), "export_tax": ("rate",),
}  # fmt: skip
"""The numbers of each kind of clause that a table may leave open, one of them; kinds without one are signed or not."""
YES_OR_NO = ("lift", "ban", "end_preference")
RATES = frozenset({"rate", "change", "share", "content", "utilisation_rate", "exporter_rent"})
"""Numbers that are fractions: one unit more is a percentage point."""
_OWN = frozenset({"low", "high", "whole", "open"})
_CLAUSE: TypeAdapter[Clause] = TypeAdapter(Clause)


class Open(BaseModel):
    """One number on the table: a clause whose amount is open between two bounds, or one that is signed or not."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)

    low: float
    high: float
    whole: bool
    clause: dict[str, Any] = Field(description="the clause without its amount")
    opens: str = Field(default="", description="which number of the clause is open, where it could be several")

    @property
    def id(self) -> str:
        """Name of the clause."""
        return str(self.clause["id"])

    @property
    def kind(self) -> str:
        """Kind of the clause."""
        return str(self.clause["kind"])

    @property
    def key(self) -> str:
        """The number of the clause that is open; empty where it is signed or not."""
        return self.opens or open_key(self.kind, self.clause)

    @property
    def is_rate(self) -> bool:
        """Whether that number is a duty on value."""
        return self.key == "rate"

    @property
    def unit(self) -> str:
        """What one of that number is."""
        if self.key == "capacity":
            return str(self.clause["capacity"]["unit"])
        if self.key in RATES:
            return "fraction"
        return {"amount_busd": "billion USD", "value_musd": "million USD"}.get(self.key, "1 is signed")

    def at(self, value: float) -> Clause | None:
        """The clause at a value; None where that value is not to sign it."""
        if not self.key:
            return _CLAUSE.validate_python(self.clause) if value > 0.5 else None
        if self.key == "capacity":
            if value <= 0:
                return None
            return _CLAUSE.validate_python({**self.clause, "capacity": {**self.clause["capacity"], "value": value}})
        if self.key not in {"rate", "utilisation_rate", "exporter_rent"} and value == 0:
            return None
        return _CLAUSE.validate_python({**self.clause, self.key: value})


def open_key(kind: str, clause: Mapping[str, Any]) -> str:
    """The number a clause leaves open: the one it does not give, a quota's quantity before its rate."""
    keys = AMOUNTS.get(kind, ())
    if kind == "quota" and "rate" in clause:
        return "share"
    return keys[-1] if keys else ""


def read_open(entry: Any, where: str, faults: list[Fault]) -> dict[str, Any]:
    """An instrument as written, flat, to bounds and a clause; faults are added to the list."""
    if not isinstance(entry, Mapping):
        faults.append(Fault(where, "is not a table"))
        return {}
    clause = {key: value for key, value in entry.items() if key not in _OWN}
    kind = clause.get("kind")
    if kind not in AMOUNTS and kind not in YES_OR_NO:
        kinds = ", ".join([*AMOUNTS, *YES_OR_NO])
        seen = "is missing" if kind is None else f"'{kind}' is not a kind of clause"
        faults.append(
            Fault(f"{where}.kind", seen, f"Kinds are {kinds}", did_you_mean(str(kind or ""), [*AMOUNTS, *YES_OR_NO]))
        )
        return {}
    opens = entry.get("open", "")
    if opens and opens not in AMOUNTS.get(str(kind), ()):
        allowed = f"Allowed: {', '.join(AMOUNTS.get(str(kind), ())) or 'nothing, it is signed or not'}"
        faults.append(Fault(f"{where}.open", f"'{opens}' is no number of a clause of kind '{kind}'", allowed))
        return {}
    bounds = _bounds(entry, str(kind), clause, where, faults)
    if bounds is None:
        return {}
    low, high = bounds
    whole = kind in YES_OR_NO or bool(entry.get("whole", False))
    made = Open(low=low, high=high, whole=whole, clause=clause, opens=opens)
    found: list[Fault] = []
    for value in (low, high):
        try:
            made.at(value)
        except ValidationError as error:
            found += faults_of(error, clause, where=where, of=Clause)
        except KeyError as missing:
            found.append(Fault(f"{where}.{missing.args[0]}", "is missing"))
    faults += dict.fromkeys(found)
    return made.model_dump()


def _bounds(
    entry: Mapping[str, Any], kind: str, clause: Mapping[str, Any], where: str, faults: list[Fault]
) -> tuple[float, float] | None:
    """An instrument's bounds, or None where they are wrong and said so."""
    if kind in YES_OR_NO:
        wrong = [key for key in ("low", "high") if key in entry]
        faults += [
            Fault(f"{where}.{key}", f"a clause of kind '{kind}' is signed or not", "It has no bounds") for key in wrong
        ]
        return None if wrong else (0.0, 1.0)
    low, high = entry.get("low", 0.0), entry.get("high")
    if kind == "capacity" and high is None and isinstance(clause.get("capacity"), Mapping):
        high = clause["capacity"].get("value")
    elif kind != "capacity" and (key := entry.get("open") or open_key(kind, clause)) in clause:
        faults.append(Fault(f"{where}.{key}", "is what the table leaves open", remedy="Give low and high"))
        return None
    for key, bound in (("low", low), ("high", high)):
        if not isinstance(bound, int | float) or isinstance(bound, bool):
            faults.append(Fault(f"{where}.{key}", "is missing" if bound is None else f"{bound!r} is not a number"))
            return None
    if float(low) >= float(high):  # type: ignore[arg-type]
        seen = f"{low:g} is not below high, {high:g}"
        faults.append(Fault(f"{where}.low", seen, "The lower bound is below the upper"))
        return None
    return float(low), float(high)  # type: ignore[arg-type]
