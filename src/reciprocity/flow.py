"""The whole path in one screen: a deal and a day in, what it does to each side out.

document -> ledger -> regime -> deal -> scenario -> equilibrium -> outcome -> brief
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reciprocity.deal import Deal, apply
from reciprocity.deal.cases import find_deal, said, situation, talks_of
from reciprocity.economy import elasticities
from reciprocity.economy.horizons import HORIZONS, SIDE_BY_SIDE
from reciprocity.files import write_results
from reciprocity.negotiation.attribution import Attribution, attribute
from reciprocity.negotiation.balance import balance as what_balances
from reciprocity.regime import regime_on
from reciprocity.report import brief
from reciprocity.results import Valuation, compare, notes, provenance, regions_block
from reciprocity.scenario import stand


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
    proposed = apply(deal, regime_on(on, known))
    law = {name: stand(on, known, theta.name, name) for name in horizons}
    rates = {name: law[name].rates_under(proposed) for name in horizons}
    after = {name: law[name].under(rates[name], deal.in_force(on)) for name in horizons}
    talks = talks_of(deal, path)
    longest = max(horizons, key=HORIZONS.index)  # type: ignore[arg-type]
    return Valuation(
        deal=deal,
        on=on,
        known=known,
        outcomes={name: compare(law[name].equilibrium, after[name]) for name in horizons},
        regime=law[longest].regime,
        law=law[longest].rates.rows,
        proposed=rates[longest].rows,
        situation=situation(talks, on),
        said=said(talks, on),
        provenance=provenance(deal, path, law[longest].regime, theta, horizons),
        notes=notes(deal, theta, law[longest], horizons),
    )


def by_clause(valuation: Valuation, *, progress: Callable[[int, int], None] | None = None) -> Attribution:
    """What each clause is worth to each country at the valuation's horizon: order-free, adding up to the whole."""
    law = stand(valuation.on, valuation.known, valuation.provenance.elasticities, valuation.horizon)
    return attribute(law, valuation.deal, valuation.on, progress=progress)


def balance(valuation: Valuation, *, progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """What would balance a deal at the valuation's horizon: a clause at another number, several, or a payment."""
    law = stand(valuation.on, valuation.known, valuation.provenance.elasticities, valuation.horizon)
    return what_balances(law, valuation.deal, valuation.on, progress=progress).to_dict(valuation.deal, law)


def whole_answer(valuation: Valuation, *, progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """Everything a brief tells: the answer, clause by clause, what would balance it, provinces and states."""
    answer = valuation.to_dict()
    answer["regions"] = regions_block(valuation.outcome, valuation.deal.sides, valuation.horizon)
    if valuation.deal.in_force(valuation.on):
        worth = by_clause(valuation, progress=progress)
        answer["by_clause"] = {"horizon": valuation.horizon, **worth.to_dict(valuation.deal)}
        answer["balance"] = balance(valuation, progress=progress)
    return answer


def write_brief(answers: Sequence[dict[str, Any]], folder: Path, *, replace: bool = False) -> list[Path]:
    """The brief of one or several answers: `brief.html` for people, `brief.json` for programs, in a folder.

    Raises:
        InputError: a file there was written or changed by a person, and `replace` is not asked for.
    """
    data = json.dumps(list(answers), ensure_ascii=False)
    made = {folder / "brief.html": brief.html(answers), folder / "brief.json": data}
    return write_results(made, replace=replace)
