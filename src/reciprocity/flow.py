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
from reciprocity.economy.horizons import HORIZONS, SIDE_BY_SIDE, economy_at, horizon
from reciprocity.files import write_atomically
from reciprocity.model import Equilibrium, solve
from reciprocity.model.shock import Shock
from reciprocity.regime import UNVERIFIED, Regime, SectorRates, regime_on
from reciprocity.report import brief
from reciprocity.results import Outcome, Provenance, Valuation, compare, provenance
from reciprocity.scenario import compile_scenario

TOLERANCE = 1e-13
"""Residual asked of both solves: their ratio is then exact to the twelfth digit, so that no deal changes nothing."""


def value(
    deal: Deal | str | Path,
    *,
    on: date,
    known: date | None = None,
    horizons: Sequence[str] = SIDE_BY_SIDE,
    elasticity_set: str | None = None,
) -> Valuation:
    """What a deal does on a day, against the law of that day as known on another.

    Args:
        deal: a deal, the path of its file, or the name of one that ships.
        on: the day whose law the deal is held against.
        known: the day whose knowledge of the law counts; all that is known now when None.
        horizons: `1y`, `3y` or `long`; one year and the long run when not told.
        elasticity_set: a published set of long-run trade elasticities; the default one when None.

    Raises:
        InputError: the deal or a name in it is wrong.
        SolveError: the model has no answer.
    """
    deal, path = (deal, None) if isinstance(deal, Deal) else find_deal(str(deal))
    theta = elasticities(elasticity_set)
    law = regime_on(on, known)
    proposed = apply(deal, law)
    answers = {name: _at(name, default(theta.name), law, proposed, deal) for name in horizons}
    longest = max(answers, key=HORIZONS.index)  # type: ignore[arg-type]
    rates = [regime.sector_rates(_by_sector(economy_at(default(theta.name), longest))) for regime in (law, proposed)]
    return Valuation(
        deal=deal,
        on=on,
        known=known,
        outcomes=answers,
        regime=law,
        law=rates[0].rows,
        proposed=rates[1].rows,
        situation=situation(path, on) if path else [],
        provenance=_provenance(deal, path, law, theta),
        notes=_notes(deal, theta, law, rates[0], horizons),
    )


def _at(name: str, economy: Economy, law: Regime, proposed: Regime, deal: Deal) -> Outcome:
    """The outcome at one horizon: law and deal as the arrays of a scenario, two equilibria, the difference."""
    there = economy_at(economy, name)
    rates = [regime.sector_rates(_by_sector(there)) for regime in (law, proposed)]
    scenario = compile_scenario(there, rates[0].rows, rates[1].rows, deal.in_force(law.on))
    before = _solve(there, scenario.before, name)
    return compare(before, _solve(there, scenario.after, name, start=before))


def write_brief(answers: Sequence[dict[str, Any]], folder: Path) -> tuple[Path, Path]:
    """The brief of one or several answers: `brief.html` for people, `brief.json` for programs, in a folder."""
    html, data = folder / "brief.html", folder / "brief.json"
    brief.write(answers, html)
    write_atomically(data, json.dumps(list(answers), ensure_ascii=False))
    return html, data


def _solve(economy: Economy, shock: Shock, name: str, start: Equilibrium | None = None) -> Equilibrium:
    return solve(
        economy,
        tariff=shock.tariff,
        iceberg_hat=shock.iceberg_hat,
        deficit=shock.deficit,
        mobility=horizon(name).mobility,
        start=start,
        tolerance=TOLERANCE,
    )


def _by_sector(economy: Economy) -> dict[str, float]:
    return dict(zip(economy.sectors, economy.trade_elasticity.tolist(), strict=True))


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


def _notes(deal: Deal, theta: ElasticitySet, law: Regime, rates: SectorRates, horizons: Sequence[str]) -> list[str]:
    """What is estimated, unverified or left out, in sentences."""
    facts = sources()
    notes = [facts["tariff"]["measured"], facts["tariff"]["zero_unknown"]]
    notes.append(f"Long-run trade elasticities: {theta.citation} {facts['elasticities']['services_source']}")
    for name in horizons:
        at = horizon(name)
        if at.elasticity is not None:
            mean = f"elasticities average {at.elasticity:.2f} ({at.kind}; {at.citation})"
            notes.append(f"{at.title.capitalize()}: {mean} {at.note}")
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
