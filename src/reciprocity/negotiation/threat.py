"""The threat point: what each side gets if the talks fail."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.deal import Deal, apply
from reciprocity.deal.cases import find_deal
from reciprocity.economy.economy import Array
from reciprocity.economy.horizons import horizon
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.negotiation.agenda import agenda
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer
from reciprocity.negotiation.instruments import joined, tariffs
from reciprocity.negotiation.nash import nash_from
from reciprocity.negotiation.sitting import Sitting
from reciprocity.negotiation.table_faults import THREATS
from reciprocity.regime import regime_on

GOODS = 25
"""Sectors before electricity are goods, on which duties are put."""
MFN = "cusma_lapses"


@dataclass(frozen=True, slots=True, eq=False)
class ThreatPoint:
    """The world without a deal.

    Attributes:
        name: ``law``, ``nash``, ``mfn``, ``announced`` or the table's own word.
        words: what that is.
        values: each side's objective there (side).
        world: the equilibrium.
        certificate: of the search, for ``nash``.
    """

    name: str
    words: str
    values: Array
    world: Equilibrium
    certificate: Certificate | None = None


def threat_point(sitting: Sitting, name: str = "") -> ThreatPoint:
    """What each side gets without a deal.

    ``law`` is the law of the day; ``nash`` a tariff war, in which each side's duties on the other's goods are its best
    reply; ``mfn`` the agreement lapsing; ``announced`` and others are deals named by the table.

    Raises:
        InputError: a threat the table does not have.
    """
    table, standing = sitting.table, sitting.standing
    name = name or table.threat
    if name == "law":
        world = standing.equilibrium
        return ThreatPoint(name, f"the law of {table.on}", sitting.values(world), world)
    if name == "nash":
        return _war(sitting)
    told = table.threats.get(name)
    if told is not None and told.on is not None:
        rates = standing.rates_under(regime_on(told.on, table.known))
        world = standing.under(rates)
        return ThreatPoint(name, f"the law of {told.on}", sitting.values(world), world)
    if told is not None or name == "mfn":
        deal, _ = find_deal(told.deal if told is not None else MFN)
        world = sitting.world(deal)
        return ThreatPoint(name, deal.title, sitting.values(world), world)
    known = [*THREATS, *table.threats]
    if name in THREATS:
        raise InputError(
            Fault(f"threats.{name}", "is not told by this table", remedy=f"Name a deal under [threats.{name}]")
        )
    raise InputError(
        Fault("threat", f"'{name}' is not a threat point", f"Allowed: {', '.join(known)}", did_you_mean(name, known))
    )


def threat_over(sitting: Sitting, point: ThreatPoint, signed: Deal) -> Array:
    """What each side gets if a threat is carried out over what is signed already (side). A war leaves nothing signed.

    Args:
        sitting: the table.
        point: the threat.
        signed: clauses in force all the same.
    """
    if point.name == "nash":
        return point.values
    table, standing = sitting.table, sitting.standing
    told = table.threats.get(point.name)
    if told is not None and told.on is not None:
        rates = standing.rates_under(apply(signed, regime_on(told.on, table.known)))
        return sitting.values(standing.under(rates, signed.in_force(table.on)))
    if point.name == "law":
        return sitting.values(sitting.world(signed))
    threatened, _ = find_deal(told.deal if told is not None else MFN)
    fresh = [one.model_copy(update={"id": f"threat-{one.id}"}) for one in threatened.clauses]
    return sitting.values(sitting.world(signed.model_copy(update={"clauses": (*fresh, *signed.clauses)})))


def _war(sitting: Sitting) -> ThreatPoint:
    table, standing = sitting.table, sitting.standing
    economy, (first, second) = standing.economy, table.sides
    duties = joined([
        tariffs(economy, importer, exporters=[exporter], sectors=economy.sectors[:GOODS], high=table.nash_high)
        for importer, exporter in ((first, second), (second, first))
    ])  # fmt: skip
    law = standing.equilibrium.shock
    on = agenda(economy, duties, law=law, mobility=horizon(standing.horizon).mobility)
    spot, certificate = nash_from(Explorer(on, sitting.sides), on.optimal_guess())
    words = f"a tariff war: every duty of either side on the other's goods its best reply, up to {table.nash_high:.0%}"
    return ThreatPoint("nash", words, spot.values, spot.equilibrium, certificate)
