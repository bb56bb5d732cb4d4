"""The parts every answer at a table is made of: who gains, the terms, the deal as a file, what gives it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np

from reciprocity.deal import Deal, in_words
from reciprocity.deal.write import deal_text
from reciprocity.economy import elasticities
from reciprocity.economy.economy import Array
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.opening import Open
from reciprocity.negotiation.sitting import Sitting
from reciprocity.negotiation.table import Table, case_tables
from reciprocity.negotiation.threat import ThreatPoint


def heading(table: Table, sitting: Sitting) -> dict[str, Any]:
    """What every answer begins with."""
    return {
        "table": table.id,
        "title": table.title,
        "on": table.on.isoformat(),
        "known": table.known.isoformat() if table.known else None,
        "horizon": sitting.standing.horizon,
        "elasticities": elasticities(table.elasticities).name,
        "unit": "surplus is a share of base-year income (0.001 is 0.1%); musd is million USD a year; + is a gain",
        "wants": {one.name: _wants(table, one.name) for one in sitting.sides},
    }


def _wants(table: Table, side: str) -> dict[str, Any]:
    wants = table.wants.get(side)
    if wants is None:
        return {"income": 1.0}
    return {"income": 1.0, **wants.model_dump(exclude_defaults=True), "inferred": wants.inferred}


def threat_block(point: ThreatPoint, sitting: Sitting) -> dict[str, Any]:
    """The threat point, against the law of the day."""
    law = sitting.values(sitting.standing.equilibrium)
    block = {
        "name": point.name,
        "words": point.words,
        "sides": {
            one.name: {"over_law": float(mine - lawful), "over_law_musd": musd(sitting, k, float(mine - lawful))}
            for k, (one, mine, lawful) in enumerate(zip(sitting.sides, point.values, law, strict=True))
        },
    }
    if point.certificate:
        block["certificate"] = certificate_block(point.certificate)
    return block


def sides_block(sitting: Sitting, world: Equilibrium, surplus: Array, ideal: Array | None = None) -> dict[str, Any]:
    """Each side: its surplus over the threat point, and its real income against the law."""
    law, found = sitting.standing.equilibrium, {}
    for k, one in enumerate(sitting.sides):
        n = sitting.standing.economy.regions.index(one.name)
        change = float(world.welfare_hat[n] / law.welfare_hat[n] - 1.0)
        found[one.name] = {
            "surplus": float(surplus[k]),
            "surplus_musd": musd(sitting, k, float(surplus[k])),
            "real_income_change": change,
            "real_income_musd": float(law.base_income[n] * law.welfare_hat[n] * change),
            "binds": bool(surplus[k] < 1e-7),
        }
        if ideal is not None and ideal.size:
            found[one.name]["most"] = float(ideal[k])
    return found


def third_parties(sitting: Sitting, world: Equilibrium) -> list[dict[str, Any]]:
    """Everyone else, against the law, most hurt first."""
    law = sitting.standing.equilibrium
    change = world.welfare_hat / law.welfare_hat - 1.0
    rows = [
        {"country": code, "real_income_change": float(change[n]),
         "real_income_musd": float(law.base_income[n] * law.welfare_hat[n] * change[n])}
        for n, code in enumerate(sitting.standing.economy.regions) if code not in sitting.table.sides
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["real_income_musd"])


def terms_block(sitting: Sitting, deal: Deal) -> list[dict[str, Any]]:
    """Each open clause: where the deal puts it, between which bounds."""
    signed = {clause.id: clause for clause in deal.clauses}
    rows = []
    for one, name, law in zip(sitting.table.open, sitting.instruments.names, _law_x(sitting), strict=True):
        clause = signed.get(name)
        value = value_in(one, clause) if clause else (None if one.is_rate else 0.0)
        rows.append(
            {
                "id": name,
                "giver": sitting.instruments.givers[len(rows)],
                "kind": one.kind,
                "value": value,
                "low": one.low,
                "high": one.high,
                "law": float(law),
                "unit": one.unit,
                "words": in_words(clause) if clause else "not signed",
            }
        )
    return rows


def value_in(one: Open, clause: Any) -> float:
    """The number a signed clause has for what the table leaves open; 1 where it is signed or not."""
    if not one.key:
        return 1.0
    value = getattr(clause, one.key)
    return float(value.value if one.key == "capacity" else value)


def deal_block(deal: Deal) -> dict[str, Any]:
    """A deal as JSON, and as the text of its file."""
    content = deal.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id"})
    return {**content, "sha256": deal.sha256, "toml": deal_text(deal)}


def certificate_block(certificate: Certificate) -> dict[str, Any]:
    """The certificate of a search."""
    return {**asdict(certificate), "holds": certificate.holds}


def reproduce(
    verb: str, path: Path, options: str, function: Callable[..., dict[str, Any]], arguments: str
) -> dict[str, str]:
    """The lines that give the answer again: one for a shell, and two for Python.

    Args:
        verb: of `reciprocity negotiate`.
        path: of the table's file; one that ships is called by its name.
        options: of the command, quoted for a shell.
        function: whose answer it is.
        arguments: after the table, as Python writes them.
    """
    name = path.stem if path in case_tables().values() else str(path)
    given = ", ".join(part for part in (repr(name), arguments) if part)
    return {
        "command": " ".join(part for part in ("reciprocity negotiate", verb, quote(name), options, "--json") if part),
        "python": f"from {function.__module__} import {function.__name__}\n{function.__name__}({given})",
    }


def by_side(table: Table, values: Array) -> dict[str, float]:
    """Values by side, under their names."""
    return dict(zip(table.sides, values.tolist(), strict=True))


def musd(sitting: Sitting, k: int, share: float) -> float:
    """A share of a side's base-year income in million USD a year."""
    n = sitting.standing.economy.regions.index(sitting.sides[k].name)
    return share * float(sitting.standing.equilibrium.base_income[n])


def _law_x(sitting: Sitting) -> Array:
    law = np.zeros(len(sitting.instruments))
    for curve in sitting.instruments.curves.each:
        law[curve.instrument] = curve.law
    return law
