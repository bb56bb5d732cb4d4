"""The whole path in one screen: a deal and a day in, what it does to each side out.

document -> ledger -> regime -> deal -> scenario -> equilibrium -> outcome -> brief
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reciprocity.deal import Deal, apply, assumptions
from reciprocity.deal.cases import find_deal, situation
from reciprocity.economy import Economy, ElasticitySet, default, elasticities, shipped_table, sources
from reciprocity.files import write_atomically
from reciprocity.model import Equilibrium, solve
from reciprocity.model.shock import Shock
from reciprocity.regime import UNVERIFIED, Regime, SectorRates, regime_on
from reciprocity.report import brief
from reciprocity.results import Provenance, Valuation, compare, provenance
from reciprocity.scenario import compile_scenario

TOLERANCE = 1e-13
"""Residual asked of both solves: their ratio is then exact to the twelfth digit, so that no deal changes nothing."""


def value(
    deal: Deal | str | Path, *, on: date, known: date | None = None, elasticity_set: str | None = None
) -> Valuation:
    """What a deal does on a day, against the law of that day as known on another.

    Args:
        deal: a deal, the path of its file, or the name of one that ships.
        on: the day whose law the deal is held against.
        known: the day whose knowledge of the law counts; all that is known now when None.
        elasticity_set: a published set of long-run trade elasticities; the default one when None.

    Raises:
        InputError: the deal or a name in it is wrong.
        SolveError: the model has no answer.
    """
    deal, path = (deal, None) if isinstance(deal, Deal) else find_deal(str(deal))
    theta = elasticities(elasticity_set)
    by_sector = dict(zip(theta.sectors, theta.theta.tolist(), strict=True))

    law = regime_on(on, known)
    rates = law.sector_rates(by_sector)
    proposed = apply(deal, law).sector_rates(by_sector)
    scenario = compile_scenario(default(theta.name), rates.rows, proposed.rows, deal.in_force(on))
    before = _solve(scenario.economy, scenario.before)
    after = _solve(scenario.economy, scenario.after, start=before)

    return Valuation(
        deal=deal,
        on=on,
        known=known,
        outcomes={"long": compare(before, after)},
        regime=law,
        law=rates.rows,
        proposed=proposed.rows,
        situation=situation(path, on) if path else [],
        provenance=_provenance(deal, path, law, theta),
        notes=_notes(deal, theta, law, rates),
    )


def write_brief(answers: Sequence[dict[str, Any]], folder: Path) -> tuple[Path, Path]:
    """The brief of one or several answers: `brief.html` for people, `brief.json` for programs, in a folder."""
    html, data = folder / "brief.html", folder / "brief.json"
    brief.write(answers, html)
    write_atomically(data, json.dumps(list(answers), ensure_ascii=False))
    return html, data


def _solve(economy: Economy, shock: Shock, start: Equilibrium | None = None) -> Equilibrium:
    return solve(
        economy,
        tariff=shock.tariff,
        iceberg_hat=shock.iceberg_hat,
        deficit=shock.deficit,
        start=start,
        tolerance=TOLERANCE,
    )


def _provenance(deal: Deal, path: Path | None, law: Regime, theta: ElasticitySet) -> Provenance:
    name = str(path) if path else "DEAL"
    known = f" --known {law.known}" if law.known else ""
    known_day = f", known=date.fromisoformat('{law.known}')" if law.known else ""
    table = shipped_table()
    return provenance(
        economy=sources()["table"]["icio2022_21x40"]["title"],
        economy_sha256=table.sha256,
        elasticities=theta.name,
        regime_sha256=law.sha256,
        deal_sha256=deal.sha256,
        command=f"reciprocity value {name} --on {law.on}{known} --elasticities {theta.name} --json",
        python_snippet=(
            "from datetime import date\nfrom reciprocity.flow import value\n"
            f"value('{name}', on=date.fromisoformat('{law.on}'){known_day}, elasticity_set='{theta.name}').to_dict()"
        ),
    )


def _notes(deal: Deal, theta: ElasticitySet, law: Regime, rates: SectorRates) -> list[str]:
    """What is estimated, unverified or left out, in sentences."""
    facts = sources()
    notes = [facts["tariff"]["measured"], facts["tariff"]["zero_unknown"]]
    notes.append(f"Long-run trade elasticities: {theta.citation} {facts['elasticities']['services_source']}")
    notes += [note for clause in deal.clauses for note in assumptions(clause)]
    counted = {name for row in rates.rows if row.importer in deal.sides for name in row.measures}
    doubtful = {
        one.id
        for side in deal.sides
        for one in law.measures(side)
        if one.id in counted and one.confidence in UNVERIFIED
    }
    if doubtful:
        notes.append(f"Unverified law that counts here: {', '.join(sorted(doubtful))}.")
    return notes
