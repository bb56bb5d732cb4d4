"""What each side does alone at a table: its best reply to the law of the day, and the tariff war of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from reciprocity.deal import Deal, SetTariff
from reciprocity.economy.economy import Array
from reciprocity.economy.horizons import horizon
from reciprocity.negotiation.agenda import Agenda, agenda
from reciprocity.negotiation.best_reply import reply_from
from reciprocity.negotiation.blocks import (
    certificate_block,
    deal_block,
    heading,
    reproduce,
    sides_block,
    third_parties,
)
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.instruments import joined, tariffs
from reciprocity.negotiation.nash import nash_from
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import Table, find_table, seat
from reciprocity.negotiation.threat import GOODS


def answer_best_reply(table: str | Path, side: str, *, everyone: bool = False) -> dict[str, Any]:
    """The duties that serve a side best while everyone else keeps the law of the day.

    Args:
        table: a table's file, or the name of one that ships.
        side: which of its two.
        everyone: duties on every partner, and not only on the other side.
    """
    read, path = find_table(table)
    side = seat(read, side)
    sitting = sit(read)
    explorer = _duties(sitting, (side,), everyone=everyone)
    k, own = read.sides.index(side), explorer.agenda.instruments.given_by(side)
    summit, spot = reply_from(explorer, k, explorer.agenda.optimal_guess(), own)
    certificate = Certificate(
        slope=summit.slope, deviation_gain=0.5 * summit.slope**2, starts=1, agreement=0.0, solves=explorer.solves,
        adjoints=explorer.adjoints, stopped_short=summit.stopped_short,
    )  # fmt: skip
    asked = f"--side {side}{' --everyone' if everyone else ''}"
    return _answer(sitting, explorer.agenda, spot, certificate, title=f"{side} alone: its best duties") | {
        "side": side,
        "reproduce": reproduce("best-reply", path, asked, answer_best_reply, f"{side!r}, everyone={everyone}"),
    }


def answer_nash(table: str | Path, *, everyone: bool = False) -> dict[str, Any]:
    """The tariff war: every duty of either side its best reply to the other's.

    Args:
        table: a table's file, or the name of one that ships.
        everyone: duties on every partner, and not only on the other side.
    """
    read, path = find_table(table)
    sitting = sit(read)
    explorer = _duties(sitting, read.sides, everyone=everyone)
    spot, certificate = nash_from(explorer, explorer.agenda.optimal_guess())
    return _answer(sitting, explorer.agenda, spot, certificate, title="Tariff war") | {
        "reproduce": reproduce("nash", path, "--everyone" if everyone else "", answer_nash, f"everyone={everyone}"),
    }


def _duties(sitting: Sitting, setters: tuple[str, ...], *, everyone: bool) -> Explorer:
    table, economy = sitting.table, sitting.standing.economy
    parts = []
    for setter in setters:
        others = None if everyone else [one for one in table.sides if one != setter]
        goods = economy.sectors[:GOODS]
        parts.append(tariffs(economy, setter, exporters=others, sectors=goods, high=table.nash_high))
    on = agenda(
        economy,
        joined(parts),
        law=sitting.standing.equilibrium.shock,
        mobility=horizon(sitting.standing.horizon).mobility,
    )
    return Explorer(on, sitting.sides)


def _answer(sitting: Sitting, on: Agenda, spot: Spot, certificate: Certificate, *, title: str) -> dict[str, Any]:
    law = sitting.values(sitting.standing.equilibrium)
    rows = _rates(sitting, on, spot.x)
    return {
        **heading(sitting.table, sitting),
        "highest_duty": sitting.table.nash_high,
        "sides": sides_block(sitting, spot.equilibrium, sitting.values(spot.equilibrium) - law),
        "third_parties": third_parties(sitting, spot.equilibrium),
        "tariffs": rows,
        "deal": deal_block(_deal(sitting.table, rows, title)),
        "certificate": certificate_block(certificate),
    }


def _rates(sitting: Sitting, on: Agenda, x: Array) -> list[dict[str, Any]]:
    economy, reach = sitting.standing.economy, on.instruments.tariff
    law = sitting.standing.equilibrium.tariff
    flow = economy.trade_share * economy.expenditure[:, None, :]
    return [
        {"importer": economy.regions[n], "exporter": economy.regions[i], "sector": economy.sectors[j],
         "law_rate": float(law[n, i, j]), "rate": float(np.expm1(x[k])), "imports_musd": float(flow[n, i, j])}
        for k, n, i, j in zip(reach.instrument, reach.importer, reach.exporter, reach.sector, strict=True)
    ]  # fmt: skip


def _deal(table: Table, rows: list[dict[str, Any]], title: str) -> Deal:
    clauses = [
        SetTariff(
            kind="tariff", id=f"{row['importer']}-{row['exporter']}-{row['sector']}".lower(), importer=row["importer"],
            exporter=row["exporter"], sector=row["sector"], rate=round(row["rate"], 6),
            statement="Worked out by the model: what serves the importer best; nobody proposed it",
            source=f"reciprocity negotiate, table {table.id or table.title}",
        )
        for row in rows
    ]  # fmt: skip
    return Deal(title=title, summary=f"{title}, on the law of {table.on}.", sides=table.sides, clause=tuple(clauses))  # type: ignore[call-arg]
