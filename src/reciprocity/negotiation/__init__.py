"""The negotiation: what a deal is worth clause by clause, what would balance it, what both sides would sign."""

from reciprocity.negotiation.agenda import Agenda, agenda
from reciprocity.negotiation.bargain import Bargain, bargain
from reciprocity.negotiation.best_reply import Reply, best_reply, own_tariffs
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.frontier import Frontier, frontier
from reciprocity.negotiation.instruments import (
    Instruments,
    export_taxes,
    joined,
    package,
    tariffs,
    trade_cost,
    transfer,
)
from reciprocity.negotiation.nash import Nash, nash
from reciprocity.negotiation.side import Side, side

__all__ = [
    "Agenda",
    "Bargain",
    "Certificate",
    "Explorer",
    "Frontier",
    "Instruments",
    "Nash",
    "Reply",
    "Side",
    "Spot",
    "agenda",
    "bargain",
    "best_reply",
    "export_taxes",
    "frontier",
    "joined",
    "nash",
    "own_tariffs",
    "package",
    "side",
    "tariffs",
    "trade_cost",
    "transfer",
]
