"""Instruments: the numbers a table is about, and the sparse linear map from them to tariffs, trade costs and deficits.

Each instrument is one number x with bounds. A duty is x = ln(1 + rate) on its routes; a package lifted is x in [0, 1],
the part of it lifted in logarithms; a route made cheaper is x in [0, 1] of a stated change of cost; a transfer is
million USD a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError, UnknownName, did_you_mean
from reciprocity.negotiation.curves import Curve, Curves, shifted, side_by_side

LOWEST_RATE, HIGHEST_RATE = 0.0, 9.0
"""Bounds of a duty where none are given: no subsidy, no more than 900%."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What instruments move, as parallel arrays: one entry a pair of instrument and route (or country).

    Attributes:
        instrument: position of the instrument.
        importer, exporter, sector: positions of the route; for a transfer `importer` is the country that receives.
        weight: how much of x reaches it, in logarithms of cost, or in money.
    """

    instrument: NDArray[np.intp]
    importer: NDArray[np.intp]
    exporter: NDArray[np.intp]
    sector: NDArray[np.intp]
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Instruments:
    """The numbers on the table. Positions along `names` are instruments.

    Attributes:
        names: what each is called.
        givers: the side that gives each.
        units: ``rate``, shown as exp(x) - 1; ``part``, in [0, 1]; ``musd``, million USD a year; ``value``, as a
            clause has it.
        low, high: bounds on x.
        whole: true where x may only be 0 or 1.
        tariff: reach in ln(1 + t); an instrument of unit rate replaces the duty there, one of unit part adds to it.
        iceberg: reach in ln d.
        export: reach in ln(1 + e); an instrument of unit rate sets the tax there.
        transfer: reach in deficits.
        curves: what instruments of unit ``value`` do, through the law.
    """

    names: tuple[str, ...]
    givers: tuple[str, ...]
    units: tuple[str, ...]
    low: Array
    high: Array
    whole: NDArray[np.bool_]
    tariff: Reach
    iceberg: Reach
    export: Reach
    transfer: Reach
    curves: Curves = field(default_factory=lambda: side_by_side(()))

    def __len__(self) -> int:
        return len(self.names)

    def shown(self, x: Array) -> Array:
        """x in the units people use: rates as fractions, parts, million USD."""
        return np.where(self.rates, np.expm1(np.where(self.rates, x, 0.0)), x)

    def from_shown(self, values: Array) -> Array:
        """x from the units people use."""
        return np.where(self.rates, np.log1p(np.where(self.rates, values, 0.0)), values)

    def given_by(self, name: str) -> NDArray[np.bool_]:
        """Which instruments a side gives."""
        return np.array([giver == name for giver in self.givers], dtype=bool)

    def position(self, name: str) -> int:
        """Where an instrument stands. Raises UnknownName."""
        if name not in self.names:
            remedy = did_you_mean(name, self.names) or f"Instruments are {', '.join(self.names[:12])}"
            raise UnknownName(Fault("instrument", f"'{name}' is not on the table", remedy=remedy))
        return self.names.index(name)

    @property
    def rates(self) -> NDArray[np.bool_]:
        """Which instruments are duties, x = ln(1 + rate)."""
        return np.array([unit == "rate" for unit in self.units], dtype=bool)


def tariffs(
    economy: Economy,
    importer: str,
    *,
    giver: str = "",
    exporters: Sequence[str] | None = None,
    sectors: Sequence[str] | None = None,
    together: str = "",
    low: float = LOWEST_RATE,
    high: float = HIGHEST_RATE,
) -> Instruments:
    """An importer's duties, one instrument a route, or one for all routes where `together` names it.

    Args:
        economy: where the routes are.
        importer: who sets the duties.
        giver: the side that gives them; the importer when left out.
        exporters: on whose goods; every other region when left out.
        sectors: on which goods; every sector with imports when left out.
        together: name of the one instrument that sets the same rate on all the routes.
        low: lowest rate, a fraction; below zero is a subsidy on imports.
        high: highest rate, a fraction.

    Raises:
        InputError: unknown names, bounds that contradict, routes without trade: every fault at once.
    """
    n, partners, goods = _routes(economy, importer, exporters, sectors)
    _check_bounds(together or f"{importer} tariffs", low, high)
    i, j = (part.ravel() for part in np.meshgrid(partners, goods, indexing="ij"))
    traded = economy.trade_share[n, i, j] > 0
    i, j = i[traded], j[traded]
    if i.size == 0:
        raise InputError(Fault(together or importer, "has no trade to put a duty on", remedy="Name other routes"))
    if together:
        names, position = (together,), np.zeros(i.size, dtype=np.intp)
    else:
        names = tuple(f"{importer}.{economy.regions[a]}.{economy.sectors[b]}" for a, b in zip(i, j, strict=True))
        position = np.arange(i.size)
    reach = Reach(position, np.full(i.size, n), i, j, np.ones(i.size))
    bounds = np.full(len(names), np.log1p(low)), np.full(len(names), np.log1p(high))
    return _one_kind(names, giver or importer, "rate", bounds, tariff=reach)


def export_taxes(
    economy: Economy,
    exporter: str,
    *,
    importers: Sequence[str] | None = None,
    sectors: Sequence[str] | None = None,
    high: float,
    anchored: bool = True,
) -> Instruments:
    """An exporter's taxes on its own sales abroad, one instrument a route, between none and `high`.

    A tax on all exports is a duty on all imports (Lerner 1936): beside a side's own duties one of its taxes is one too
    many, and no search can tell them apart. The largest route is left untaxed unless `anchored` is off.

    Args:
        economy: where the routes are.
        exporter: who sets the taxes.
        importers: on sales to whom; every other region when left out.
        sectors: of which goods; every sector with exports when left out.
        high: highest rate, a fraction of the producer's price.
        anchored: whether the largest route is left out.

    Raises:
        InputError: unknown names, bounds that contradict, no trade.
    """
    _check_bounds(f"{exporter} export taxes", 0.0, high)
    i, buyers, goods = _routes(economy, exporter, importers, sectors)
    n, j = (part.ravel() for part in np.meshgrid(buyers, goods, indexing="ij"))
    flow = economy.trade_share[n, i, j] * economy.expenditure[n, j]
    kept = flow > 0
    if anchored and kept.any():
        kept[int(np.argmax(flow))] = False
    n, j = n[kept], j[kept]
    if n.size == 0:
        raise InputError(Fault(exporter, "has no exports to put a tax on", remedy="Name other routes"))
    names = tuple(f"{exporter}.{economy.regions[a]}.{economy.sectors[b]}.export" for a, b in zip(n, j, strict=True))
    reach = Reach(np.arange(n.size), n, np.full(n.size, i), j, np.ones(n.size))
    bounds = np.zeros(n.size), np.full(n.size, np.log1p(high))
    return _one_kind(names, exporter, "rate", bounds, export=reach)


def package(
    economy: Economy, importer: str, *, name: str, law: Array, giver: str = "",
    exporters: Sequence[str] | None = None, sectors: Sequence[str] | None = None, whole: bool = False,
) -> Instruments:  # fmt: skip
    """One instrument that lifts the duties of a package: 0 leaves the law, 1 takes the duties away.

    Args:
        economy: where the routes are.
        importer: who set the duties.
        name: of the instrument.
        law: duties in force, a fraction (importer, exporter, sector).
        giver: the side that gives it; the importer when left out.
        exporters: on whose goods.
        sectors: on which goods.
        whole: whether it is lifted wholly or not at all.
    """
    n, partners, goods = _routes(economy, importer, exporters, sectors)
    i, j = (part.ravel() for part in np.meshgrid(partners, goods, indexing="ij"))
    duty = np.log1p(law[n, i, j])
    dutiable = duty != 0
    if not dutiable.any():
        raise InputError(Fault(name, "holds no duty to lift", remedy="Name other goods or another day"))
    i, j, duty = i[dutiable], j[dutiable], duty[dutiable]
    reach = Reach(np.zeros(i.size, dtype=np.intp), np.full(i.size, n), i, j, -duty)
    return _one_kind((name,), giver or importer, "part", (np.zeros(1), np.ones(1)), whole=whole, tariff=reach)


def trade_cost(
    economy: Economy, importer: str, exporter: str, sector: str, *, name: str, change: float, giver: str = "",
    whole: bool = False,
) -> Instruments:  # fmt: skip
    """One instrument that carries out a part, from 0 to 1, of a change in the cost of a route (a share of value)."""
    n, partners, goods = _routes(economy, importer, [exporter], [sector])
    if change <= -1:
        raise InputError(Fault(name, f"{change:g} is not a change of cost", "Allowed: above -1"))
    weight = np.array([np.log1p(change)])
    reach = Reach(np.zeros(1, dtype=np.intp), np.array([n]), partners, goods, weight)
    return _one_kind((name,), giver or importer, "part", (np.zeros(1), np.ones(1)), whole=whole, iceberg=reach)


def transfer(
    economy: Economy, payer: str, receiver: str, *, name: str, high: float, low: float = 0.0, giver: str = ""
) -> Instruments:
    """One instrument of million USD a year that the receiver may spend and the payer may not."""
    _check_bounds(name, low, high, least=-np.inf)
    who = np.array(economy.positions(_known([payer, receiver], economy.regions, "region")))
    zero = np.zeros(2, dtype=np.intp)
    reach = Reach(zero, who, zero, zero, np.array([-1.0, 1.0]))
    return _one_kind((name,), giver or payer, "musd", (np.array([low]), np.array([high])), transfer=reach)


def joined(parts: Sequence[Instruments]) -> Instruments:
    """Instruments of several kinds as one table. Raises InputError where a name is there twice."""
    names = tuple(name for part in parts for name in part.names)
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise InputError(
            [Fault(name, "is on the table twice", remedy="Give each instrument its own name") for name in twice]
        )
    starts = np.cumsum([0, *(len(part) for part in parts)])
    return Instruments(
        names=names,
        givers=tuple(giver for part in parts for giver in part.givers),
        units=tuple(unit for part in parts for unit in part.units),
        low=np.concatenate([part.low for part in parts]),
        high=np.concatenate([part.high for part in parts]),
        whole=np.concatenate([part.whole for part in parts]),
        tariff=_stacked([part.tariff for part in parts], starts),
        iceberg=_stacked([part.iceberg for part in parts], starts),
        export=_stacked([part.export for part in parts], starts),
        transfer=_stacked([part.transfer for part in parts], starts),
        curves=side_by_side(
            [one for part, start in zip(parts, starts, strict=False) for one in shifted(part.curves, int(start))]
        ),
    )


def _stacked(reaches: Sequence[Reach], starts: NDArray[np.intp]) -> Reach:
    return Reach(
        np.concatenate([reach.instrument + start for reach, start in zip(reaches, starts, strict=False)]),
        *(
            np.concatenate([getattr(reach, part) for reach in reaches])
            for part in ("importer", "exporter", "sector", "weight")
        ),
    )


def curved(name: str, giver: str, moves: Curve, *, whole: bool = False) -> Instruments:
    """One instrument whose effect is told at points of x, as a clause of a deal has it."""
    bounds = moves.points[:1].astype(np.float64), moves.points[-1:].astype(np.float64)
    return replace(_one_kind((name,), giver, "value", bounds, whole=whole), curves=side_by_side([moves]))


def _one_kind(
    names: tuple[str, ...], giver: str, unit: str, bounds: tuple[Array, Array], *, whole: bool = False,
    tariff: Reach | None = None, iceberg: Reach | None = None, export: Reach | None = None,
    transfer: Reach | None = None,
) -> Instruments:  # fmt: skip
    nothing = np.zeros(0, dtype=np.intp)
    none = Reach(nothing, nothing, nothing, nothing, np.zeros(0))
    return Instruments(
        names, (giver,) * len(names), (unit,) * len(names), *bounds, np.full(len(names), whole),
        tariff or none, iceberg or none, export or none, transfer or none,
    )  # fmt: skip


def _routes(
    economy: Economy, importer: str, exporters: Sequence[str] | None, sectors: Sequence[str] | None
) -> tuple[int, NDArray[np.intp], NDArray[np.intp]]:
    faults: list[Fault] = []
    for asked, known, kind in (
        ([importer, *(exporters or ())], economy.regions, "region"),
        (list(sectors or ()), economy.sectors, "sector"),
    ):
        faults += [_unknown(name, known, kind) for name in asked if name not in known]
    if importer in (exporters or ()):
        faults.append(Fault(importer, "is importer and exporter of one route", remedy="A duty has two sides"))
    if faults:
        raise InputError(faults)
    n = economy.regions.index(importer)
    partners = [name for name in economy.regions if name != importer] if exporters is None else list(exporters)
    goods = economy.sectors if sectors is None else sectors
    return n, np.array(economy.positions(partners)), np.array([economy.sectors.index(name) for name in goods])


def _known(asked: Sequence[str], known: Sequence[str], kind: str) -> Sequence[str]:
    faults = [_unknown(name, known, kind) for name in asked if name not in known]
    if faults:
        raise UnknownName(faults)
    return asked


def _unknown(name: str, known: Sequence[str], kind: str) -> Fault:
    return Fault(kind, f"'{name}' is not a {kind} of this economy", remedy=did_you_mean(name, known))


def _check_bounds(name: str, low: float, high: float, *, least: float = -1.0) -> None:
    if not low <= high:
        raise InputError(Fault(name, f"has bounds {low:g} and {high:g}", "The lower is not above the upper"))
    if low <= least:
        raise InputError(Fault(name, f"has a lower bound of {low:g}", f"Allowed: above {least:g}; 0.25 is 25%"))


def bounded(instruments: Instruments, low: Array, high: Array) -> Instruments:
    """The same instruments with other bounds on x. Raises InputError where they contradict."""
    faults = [Fault(name, "has a lower bound above its upper one")
              for name, a, b in zip(instruments.names, low, high, strict=True) if a > b]  # fmt: skip
    if faults:
        raise InputError(faults)
    return replace(instruments, low=low, high=high)
