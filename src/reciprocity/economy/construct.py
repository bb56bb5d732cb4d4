"""From what a person gives, shares, values or long tables, to the arrays of an economy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reciprocity.economy.door import (
    LOSS_SHARE,
    SLACK,
    account_faults,
    deficit_faults,
    elasticity_faults,
    name_faults,
    read_arrays,
    scaled_to,
    share_faults,
    sign_faults,
    stop,
    tariff_faults,
    transposition_hint,
)
from reciprocity.errors import Fault, InputError, UnbalancedTable

Array = NDArray[np.float64]
CONVENTIONS = ("exact base", "ratio of two solves")
LOSSES = 1e-3  # of a country's value added, in one sector
VALUATIONS = ("purchaser", "basic")


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The arrays of an economy before they have names. See Economy for each."""

    trade_share: Array
    tariff: Array
    input_share: Array
    value_added_share: Array
    consumption_share: Array
    value_added: Array
    trade_elasticity: Array
    deficit: Array
    expenditure: Array


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """What an input-output table says, before it is checked. See Economy.from_arrays for each."""

    trade: ArrayLike
    tariffs: ArrayLike
    intermediate: ArrayLike
    final: ArrayLike
    value_added: ArrayLike
    theta: ArrayLike
    deficit: ArrayLike | None


def shares_given(
    *,
    trade_share: ArrayLike,
    tariff: ArrayLike,
    input_share: ArrayLike,
    value_added_share: ArrayLike,
    consumption_share: ArrayLike,
    value_added: ArrayLike,
    trade_elasticity: ArrayLike,
    deficit: ArrayLike | None,
) -> Shares:
    """Shares as given, checked and scaled to their sums to the last digit, with the spending they imply."""
    n, j = _size_of(value_added_share)
    elasticity = np.broadcast_to(trade_elasticity, (j,)) if np.ndim(trade_elasticity) == 0 else trade_elasticity
    faults: list[Fault] = []
    expected: dict[str, tuple[ArrayLike, tuple[int, ...]]] = {
        "trade_share": (trade_share, (n, n, j)),
        "tariff": (tariff, (n, n, j)),
        "input_share": (input_share, (n, j, j)),
        "value_added_share": (value_added_share, (n, j)),
        "consumption_share": (consumption_share, (n, j)),
        "value_added": (value_added, (n,)),
        "trade_elasticity": (elasticity, (j,)),
        "deficit": (np.zeros(n) if deficit is None else deficit, (n,)),
    }
    arrays = read_arrays(expected, faults)
    stop(faults)
    signed = {name: array for name, array in arrays.items() if name not in {"tariff", "deficit", "trade_elasticity"}}
    faults += sign_faults(
        signed, positive=["value_added"], slack={"input_share": SLACK, "value_added_share": LOSS_SHARE}
    )
    faults += tariff_faults(arrays["tariff"]) + elasticity_faults(arrays["trade_elasticity"])
    faults += share_faults(arrays) + deficit_faults(arrays["deficit"], arrays["value_added"])
    stop(faults)
    shares = _consistent(arrays)
    stop(_spending_faults(shares))
    return shares


def _consistent(arrays: dict[str, Array]) -> Shares:
    """Shares scaled to their sums, deficits to zero over the world, and X in accord with them."""
    share = scaled_to(arrays["trade_share"], np.ones(arrays["value_added_share"].shape), 1)
    inputs = scaled_to(arrays["input_share"], 1.0 - arrays["value_added_share"], 1)
    consumption = scaled_to(arrays["consumption_share"], np.ones(len(arrays["value_added"])), 1)
    wages, tariff = arrays["value_added"], arrays["tariff"]
    deficit = arrays["deficit"] - arrays["deficit"].sum() * wages / wages.sum()
    return Shares(
        trade_share=share,
        tariff=tariff,
        input_share=inputs,
        value_added_share=1.0 - inputs.sum(axis=1),
        consumption_share=consumption,
        value_added=wages,
        trade_elasticity=arrays["trade_elasticity"],
        deficit=deficit,
        expenditure=consistent_spending(share / (1.0 + tariff), inputs, consumption, wages, deficit=deficit),
    )


def consistent_spending(
    net_share: Array, input_share: Array, consumption_share: Array, value_added: Array, *, deficit: Array
) -> Array:
    """X that solves X = Gamma Y + alpha (wL + R + D) at given shares, value added and deficits (country, sector).

    The right-hand side takes in less than it gives out (value added leaks), so going round settles on the answer.

    Args:
        net_share: pi / (1 + t) (importer, exporter, sector).
        input_share: gamma (country, input_sector, using_sector).
        consumption_share: alpha (country, sector).
        value_added: wL (country).
        deficit: D (country).
    """
    by_sector = np.ascontiguousarray(net_share.transpose(2, 1, 0))  # (sector, exporter, importer)
    taxed = 1.0 - net_share.sum(axis=1)
    X, last = consumption_share * (value_added + deficit)[:, None], np.inf
    for _ in range(20_000):
        output = np.matmul(by_sector, np.ascontiguousarray(X.T)[:, :, None])[:, :, 0].T
        income = value_added + (taxed * X).sum(axis=1) + deficit
        new = np.matmul(input_share, output[:, :, None])[:, :, 0] + consumption_share * income[:, None]
        moved = np.abs(new - X).max() / np.abs(new).max()
        X = new
        if moved < 1e-15 or last <= moved < 1e-12:
            break
        last = moved
    return X


def values_given(
    values: Values, *, regions: Sequence[str], sectors: Sequence[str], convention: str, valuation: str
) -> Shares:
    """An input-output table as shares, checked for its accounts."""
    arrays = _read_values(values, regions, sectors, convention=convention, valuation=valuation)
    spending = arrays["trade"] * (1.0 + arrays["tariffs"])
    purchases, output = spending.sum(axis=1), arrays["trade"].sum(axis=0)
    inputs = arrays["intermediate"].sum(axis=1)
    supply = purchases if valuation == "purchaser" else arrays["trade"].sum(axis=1)
    use = arrays["intermediate"].sum(axis=2) + arrays["final"]
    cost = arrays["value_added"] + inputs
    exact = convention == "exact base"
    stop(
        account_faults(
            cost=cost,
            output=output,
            use=use if exact else supply,
            supply=supply,
            names=(regions, sectors),
            hint=transposition_hint(arrays["trade"], cost),
        ),
        UnbalancedTable,
    )
    if exact:
        return _exact(arrays, spending, (regions, sectors))
    return _as_given(arrays, spending)


def _exact(arrays: dict[str, Array], spending: Array, names: tuple[Sequence[str], Sequence[str]]) -> Shares:
    """Use scaled to purchases to the last digit, value added the rest of sales: a base with no residual."""
    purchases, output = spending.sum(axis=1), arrays["trade"].sum(axis=0)
    use = arrays["intermediate"].sum(axis=2) + arrays["final"]
    scale = purchases / np.where(use > 0, use, 1.0)
    inputs = arrays["intermediate"] * scale[:, :, None]
    final = np.where(use > 0, arrays["final"] * scale, purchases)
    made = output > 0
    divisor = np.where(made, output, 1.0)
    value_added = output - inputs.sum(axis=1)
    _refuse_losses(value_added, names)
    revenue = (arrays["trade"] * arrays["tariffs"]).sum(axis=(1, 2))
    return Shares(
        trade_share=_by_origin(spending),
        tariff=arrays["tariffs"],
        input_share=np.where(made[:, None, :], inputs / divisor[:, None, :], 0.0),
        value_added_share=np.where(made, value_added / divisor, 1.0),
        consumption_share=final / final.sum(axis=1, keepdims=True),
        value_added=value_added.sum(axis=1),
        trade_elasticity=arrays["theta"],
        deficit=final.sum(axis=1) - value_added.sum(axis=1) - revenue,
        expenditure=purchases,
    )


def _as_given(arrays: dict[str, Array], spending: Array) -> Shares:
    """Every share straight from its own part of the table; spending in accord, wages not: changes are ratios."""
    output = arrays["trade"].sum(axis=0)
    made = output > 0
    divisor = np.where(made, output, 1.0)
    trade = arrays["trade"].sum(axis=2)
    final = arrays["final"]
    return shares_given(
        trade_share=_by_origin(spending),
        tariff=arrays["tariffs"],
        input_share=scaled_to(
            np.where(made[:, None, :], arrays["intermediate"] / divisor[:, None, :], 0.0),
            np.where(made, 1.0 - arrays["value_added"] / divisor, 0.0),
            1,
        ),
        value_added_share=np.where(made, arrays["value_added"] / divisor, 1.0),
        consumption_share=final / final.sum(axis=1, keepdims=True),
        value_added=arrays["value_added"].sum(axis=1),
        trade_elasticity=arrays["theta"],
        deficit=arrays.get("deficit", trade.sum(axis=1) - trade.sum(axis=0)),
    )


def _read_values(
    values: Values, regions: Sequence[str], sectors: Sequence[str], *, convention: str, valuation: str
) -> dict[str, Array]:
    n, j = len(regions), len(sectors)
    faults = name_faults("regions", list(regions)) + name_faults("sectors", list(sectors))
    if convention not in CONVENTIONS:
        faults.append(Fault("convention", f"'{convention}'", f"Allowed: {', '.join(CONVENTIONS)}"))
    if valuation not in VALUATIONS:
        faults.append(Fault("valuation", f"'{valuation}'", f"Allowed: {', '.join(VALUATIONS)}"))
    theta = np.broadcast_to(values.theta, (j,)) if np.ndim(values.theta) == 0 else values.theta
    expected: dict[str, tuple[ArrayLike, tuple[int, ...]]] = {
        "trade": (values.trade, (n, n, j)),
        "tariffs": (values.tariffs, (n, n, j)),
        "intermediate": (values.intermediate, (n, j, j)),
        "final": (_together(values.final), (n, j)),
        "value_added": (_together(values.value_added), (n, j)),
        "theta": (theta, (j,)),
    }
    if values.deficit is not None:
        expected["deficit"] = (values.deficit, (n,))
    arrays = read_arrays(expected, faults)
    slack = {"intermediate": SLACK * arrays["trade"].sum(axis=0)[:, None, :]} if "trade" in arrays else {}
    signed = {name: arrays[name] for name in ("trade", "intermediate", "final") if name in arrays}
    faults += sign_faults(signed, slack=slack)
    if "tariffs" in arrays:
        faults += tariff_faults(arrays["tariffs"])
    if "theta" in arrays:
        faults += elasticity_faults(arrays["theta"])
    stop(faults)
    return arrays


def _together(given: ArrayLike) -> ArrayLike:
    """Categories or components of a last axis added up, where there is one."""
    return np.asarray(given, dtype=np.float64).sum(axis=2) if np.ndim(given) == 3 else given


def _by_origin(spending: Array) -> Array:
    """Share of each origin in spending; a market with no supply buys at home, of nothing."""
    total = spending.sum(axis=1, keepdims=True)
    share = spending / np.where(total > 0, total, 1.0)
    region, sector = np.nonzero(total[:, 0, :] <= 0)
    share[region, region, sector] = 1.0
    return share


def _refuse_losses(value_added: Array, names: tuple[Sequence[str], Sequence[str]]) -> None:
    """Inputs that cost more than what they make, in more than a sliver of a country (two cells of ICIO 2022 do)."""
    losses = np.minimum(value_added, 0.0)
    big = losses < -LOSSES * value_added.sum(axis=1, keepdims=True)
    stop(
        [
            Fault(
                f"value_added: {names[0][n]}, {names[1][j]}",
                f"inputs exceed sales by {-losses[n, j]:,.6g}",
                f"Allowed: losses below {LOSSES:g} of a country's value added",
                "merge this sector with another",
            )
            for n, j in zip(*np.nonzero(big), strict=True)
        ],
        UnbalancedTable,
    )


def _spending_faults(shares: Shares) -> list[Fault]:
    """A country whose deficit leaves it less than nothing to spend."""
    short = (shares.expenditure < 0).any(axis=1)
    return [
        Fault(f"deficit[{int(n)}]", f"{shares.deficit[n]:g} leaves negative spending", "Allowed: income above 0")
        for n in np.flatnonzero(short)
    ]


def _size_of(value_added_share: ArrayLike) -> tuple[int, int]:
    shape = np.shape(value_added_share)
    if len(shape) != 2:
        raise InputError(Fault("value_added_share", f"has shape {shape}", "Allowed: (country, sector)"))
    return int(shape[0]), int(shape[1])
