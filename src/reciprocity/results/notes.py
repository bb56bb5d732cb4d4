"""What in a result is estimated, unverified or left out, in sentences a reader must see beside its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from reciprocity.deal import Deal, assumptions
from reciprocity.deal.apply import override
from reciprocity.economy import ElasticitySet, sources
from reciprocity.economy.horizons import horizon
from reciprocity.regime import UNVERIFIED
from reciprocity.scenario import Standing


def notes(deal: Deal, theta: ElasticitySet, law: Standing, horizons: Sequence[str]) -> list[str]:
    """Every such sentence for a deal against a law."""
    facts = sources()
    return [
        facts["tariff"]["measured"],
        facts["tariff"]["zero_unknown"],
        f"Long-run trade elasticities: {theta.citation} {facts['elasticities']['services_source']}",
        *_own(theta),
        *(sentence for name in horizons for sentence in _of_horizon(name)),
        *(sentence for clause in deal.clauses for sentence in assumptions(clause)),
        *(f"Law of {law.regime.on}: {line}." for line in law.regime.outside(deal.sides)),
        *_idle(deal, law),
        *_unverified(deal, law),
    ]


def _own(theta: ElasticitySet) -> list[str]:
    named = ", ".join(f"{sector} {value:g}" for sector, value in theta.own.items())
    return [f"Elasticities set by hand, in place of the paper's: {named}."] if named else []


def _of_horizon(name: str) -> list[str]:
    at = horizon(name)
    if at.elasticity is None:
        return []
    return [f"{at.title.capitalize()}: elasticities average {at.elasticity:.2f} ({at.kind}; {at.citation}) {at.note}"]


def _idle(deal: Deal, law: Standing) -> list[str]:
    """Clauses in force that change no rate: what they name is in no law of the day, or has no trade."""
    on = law.regime.on
    clauses = [one for one in deal.border_clauses if one.in_force(on)]
    idle = [one for one in clauses if law.rates_under(law.regime.overlay([override(one)])).rows == law.rates.rows]
    return [f"Clause '{one.id}' changes no duty under the law of {on}." for one in idle]


def _unverified(deal: Deal, law: Standing) -> list[str]:
    counted = {name for row in law.rates.rows if row.importer in deal.sides for name in row.measures}
    rows = [one for side in deal.sides for one in law.regime.measures(side) if one.id in counted]
    doubtful = sorted({one.id for one in rows if one.confidence in UNVERIFIED})
    return [f"Unverified law that counts here: {', '.join(doubtful)}."] if doubtful else []
