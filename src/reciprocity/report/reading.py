"""Reading an answer: the parts of the JSON of `value` that more than one page asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from reciprocity.report.french import in_french
from reciprocity.report.numbers import THIN

Value = Mapping[str, Any]
Row = Mapping[str, Any]

SLIGHT_RATE = 5e-4
"""A rate that moves by less than 0.05 points is not told as changed."""
_HUES = {"CAN": "canada", "USA": "usa"}


def sides(value: Value) -> tuple[str, str]:
    """The two sides of the table, left and right."""
    left, right = value["sides"]
    return left, right


def in_language(value: Value, language: str) -> Value:
    """An answer with its words in a language: those of the deal and its situation where they have it, the program's.

    A sentence that has no French stays as it is, an `InEnglish`.
    """
    if language != "fr" or value.get("language") == "fr":
        return value
    deal = dict(value["deal"])
    french = deal.pop("fr", None) or {}
    own = french.get("clause", {})
    deal["clauses"] = [{**clause, **own.get(clause["id"], {})} for clause in deal["clauses"]]
    told = {key: french[key] for key in ("title", "summary") if french.get(key)}
    facts = [{**fact, "text": fact.get("text_fr") or fact["text"]} for fact in value.get("situation", ())]
    return {
        **value,
        **_own_words(value),
        "language": "fr",
        "deal": {**deal, **told},
        "situation": facts,
        "notes": [_noted(note, value["deal"]["clauses"], own) for note in value.get("notes", ())],
    }


def _own_words(value: Value) -> dict[str, Any]:
    """What the program says of an answer beside its notes, in French: areas, estimates of the law, the certificate."""
    found: dict[str, Any] = {
        "law": [{**row, "estimated": _each(row.get("estimated"))} for row in value.get("law", ())],
        "certificate": {
            key: in_french(said) if isinstance(said, str) else said for key, said in value["certificate"].items()
        },
    }
    if "regions" in value:
        found["regions"] = {**value["regions"], "notes": [in_french(note) for note in value["regions"]["notes"]]}
    return found


def _each(reasons: object) -> object:
    return [in_french(str(one)) for one in reasons] if isinstance(reasons, list | tuple) else reasons


def _noted(note: str, clauses: Sequence[Row], french: Mapping[str, Mapping[str, str]]) -> str:
    """A note in French; a clause's own remark as the deal has it."""
    for clause in clauses:
        own, head = french.get(clause["id"], {}).get("note"), f"Clause '{clause['id']}'"
        if own and note == f"{head}: {clause.get('note')}":
            return f"{in_french(head)}{THIN}: {own}"
    return in_french(note)


def hue(side: str) -> str:
    """The hue of a side, the same wherever it is drawn: one for Canada, one for the United States, one for another."""
    return _HUES.get(side, "other")


def changed_law(value: Value) -> list[Row]:
    """The rates the deal would change, the largest change first."""
    rows = [row for row in value.get("law", ()) if abs(_step(row)) >= SLIGHT_RATE]
    return sorted(rows, key=lambda row: -abs(_step(row)))


def bilateral_law(value: Value) -> list[Row]:
    """The rates between the two sides that are not nothing."""
    pair = set(sides(value))
    rows = (row for row in value.get("law", ()) if {row["importer"], row["exporter"]} == pair)
    return [row for row in rows if max(duties(row)) >= SLIGHT_RATE]


def doubtful(row: Row) -> bool:
    """Whether a rate rests on an estimate or on law nobody has read in its own text."""
    return bool(row.get("estimated")) or row.get("confidence") in {"S", "M"}


def residual(value: Value) -> float | None:
    """The largest residual of the equations at the answer."""
    certificate = value["certificate"]
    known = [certificate[key] for key in certificate if key == "residual" or key.endswith("_residual")]
    return max(known, default=None)


def fingerprint(value: Value) -> str:
    """The deal's hash, short enough to read aloud."""
    return str(value["deal"].get("sha256") or value["deal"].get("hash") or "")[:12]


def first_year(value: Value) -> Value | None:
    """The answer for the first year alone, where it was computed beside a longer one."""
    return value.get("horizons", {}).get("1y") if value.get("horizon") != "1y" else None


def sectors_of(value: Value, side: str) -> list[Row]:
    """A side's sectors, the largest gain of output first."""
    return sorted(
        (row for row in value["sectors"] if row["country"] == side), key=lambda row: -row["output_change_musd"]
    )


def days(values: Sequence[Value]) -> list[str]:
    """The days asked about, each once."""
    return sorted({value["on"] for value in values})


def duties(row: Row) -> tuple[float, float]:
    """The duty under the law and under the deal, fractions; infinite where imports are forbidden."""
    before, after = row["rate_before"], row["rate_after"]
    return inf if before is None else before, inf if after is None else after


def _step(row: Row) -> float:
    before, after = duties(row)
    return 0.0 if before == after else after - before
