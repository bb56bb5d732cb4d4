"""The answers a table asks for, a few at a time: the pair while the hand is on the slider, everything on release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from reciprocity import flow
from reciprocity.deal import Deal, apply
from reciprocity.economy import elasticities, elasticity_names
from reciprocity.negotiation.attribution import attribute
from reciprocity.results import countries, regions_block
from reciprocity.scenario import stand
from reciprocity.web.kept import SAME
from reciprocity.web.rows import Row
from reciprocity.web.settings import LONGEST_WAIT, MOST_AT_ONCE, MOST_SHARED
from reciprocity.web.state import State
from reciprocity.web.turns import Turns, here

SOLVES = Turns(MOST_AT_ONCE, LONGEST_WAIT)
EXACT = ("1y", "long")


def answer_of(state: State, *, left: Callable[[], bool] = here) -> dict[str, Any]:
    """The valuation of a table, as JSON has it, with provinces and states.

    Args:
        state: the table.
        left: whether the one who asked has gone; asked when the turn comes.
    """
    with SOLVES.turn(left):
        valuation = flow.value(
            state.deal, on=state.on, known=state.known, horizons=EXACT, elasticity_set=state.elasticity_set
        )
        return valuation.to_dict() | {"regions": regions_block(valuation.outcome, state.deal.sides, "long")}


def whole_answer_of(state: State) -> dict[str, Any]:
    """Everything a brief tells of a table."""
    with SOLVES.turn():
        valuation = flow.value(
            state.deal, on=state.on, known=state.known, horizons=EXACT, elasticity_set=state.elasticity_set
        )
        return flow.whole_answer(valuation)


def pair_of(state: State, *, left: Callable[[], bool] = here) -> dict[str, Any]:
    """Both sides in the long run and nothing else: what a moving hand can wait for; the answer's numbers."""
    with SOLVES.turn(left):
        law = stand(state.on, state.known, state.elasticity_set, "long")
        rates = law.rates_under(apply(state.deal, law.regime))
        after = law.under(rates, state.deal.in_force(state.on))
        found = {one.country: one for one in countries(law.equilibrium, after)}
    sides = {code: {name: getattr(found[code], name) for name in found[code].__slots__} for code in state.deal.sides}
    return {"deal": {"sides": list(state.deal.sides)}, "horizons": {"long": {"sides": sides}}}


def band_of(state: State, *, left: Callable[[], bool] = here) -> dict[str, tuple[float, float]]:
    """The lowest and highest long-run gain of each side over the published sets of elasticities."""
    found = [
        pair_of(replace(state, elasticity_set=name), left=left)["horizons"]["long"]["sides"] for name in published()
    ]
    gains = {code: [one[code]["real_income_change"] for one in found] for code in state.deal.sides}
    return {code: (min(each), max(each)) for code, each in gains.items()}


@cache
def published() -> tuple[str, ...]:
    """The published sets of long-run elasticities that differ by sector."""
    sets = (elasticities(name) for name in elasticity_names())
    return tuple(one.name for one in sets if one.horizon == "long" and len(set(one.theta)) > 1)


def worth_of(state: State, rows: list[Row], *, left: Callable[[], bool] = here) -> Mapping[str, Any]:
    """What each clause that moves something is worth to each side, order-free and adding up to the whole."""
    deal = _moving(state, {row.id for row in rows if row.differs}, left)
    with SOLVES.turn(left):
        law = stand(state.on, state.known, state.elasticity_set, "long")
        return {"horizon": "long", **attribute(law, deal, state.on, most_exact=MOST_SHARED).to_dict(deal)}


def _moving(state: State, differing: set[str], left: Callable[[], bool]) -> Deal:
    """The deal without the clauses that are at the law, where that changes nothing; else the whole of it."""
    deal = state.deal.only(differing)
    whole, part = (pair_of(one, left=left)["horizons"]["long"]["sides"] for one in (state, replace(state, deal=deal)))
    same = all(abs(whole[code]["real_income_change"] - part[code]["real_income_change"]) < SAME for code in whole)
    return deal if same else state.deal
