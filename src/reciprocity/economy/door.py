"""The door of an economy: shapes, signs, sums and accounts of what a person gives, every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reciprocity.errors import Fault, InputError, did_you_mean

Array = NDArray[np.float64]
SUMS = 1e-6  # how far shares may be from their sum before they are refused; closer, they are scaled to it
ACCOUNTS = 1e-3  # how far an account may be from closing, relative to the market
SLACK = 1e-3  # of gross output: statistical discrepancies leave a few inputs slightly negative (CP2015 has one)
LOSS_SHARE = 0.25  # of gross output: small sectors that run at a loss (ICIO 2022 has two)
ELASTICITY = (0.25, 200.0)  # published trade elasticities lie inside; 1/theta mostly lies below


def read_arrays(given: Mapping[str, tuple[ArrayLike, tuple[int, ...]]], faults: list[Fault]) -> dict[str, Array]:
    """Arrays as float64 of the shapes expected; what is wrong is added to the faults and left out."""
    arrays: dict[str, Array] = {}
    for name, (value, shape) in given.items():
        try:
            array = np.array(value, dtype=np.float64)
        except (TypeError, ValueError):
            faults.append(Fault(name, "is not an array of numbers", f"Allowed: shape {shape}"))
            continue
        if array.shape != shape:
            faults.append(Fault(name, f"has shape {array.shape}", f"Allowed: {shape}"))
        elif not np.all(np.isfinite(array)):
            faults.append(Fault(name, "holds values that are not numbers", "Allowed: finite", "write zeros as zeros"))
        else:
            arrays[name] = array
    return arrays


def stop(faults: Sequence[Fault], kind: type[InputError] = InputError) -> None:
    """Raise what has been found, if anything has."""
    if faults:
        raise kind(faults)


def name_faults(axis: str, names: Sequence[str]) -> list[Fault]:
    """Names that stand twice."""
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    return [Fault(axis, f"'{name}' stands twice", "Allowed: each name once") for name in twice]


def sign_faults(
    arrays: Mapping[str, Array], *, positive: Iterable[str] = (), slack: Mapping[str, ArrayLike] | None = None
) -> list[Fault]:
    """Values below zero by more than their slack, and zeros where only more than nothing makes sense."""
    strict, slack = set(positive), slack or {}
    faults = []
    for name, array in arrays.items():
        wrong = array <= 0 if name in strict else array < -np.asarray(slack.get(name, 0.0))
        if wrong.any():
            spot = ", ".join(str(int(k[0])) for k in np.nonzero(wrong))
            allowed = "Allowed: above 0" if name in strict else "Allowed: 0 or more"
            faults.append(Fault(f"{name}[{spot}]", f"{array[wrong][0]:g}", allowed))
    return faults


def tariff_faults(tariff: Array) -> list[Fault]:
    """Rates that are no net ad valorem rates. A rate at home, which a few data sets have, is a sales tax that stays."""
    if (tariff <= -1).any():
        return [Fault("tariff", f"{tariff.min():g}", "Allowed: above -1; 0.25 is 25%")]
    if tariff.size and tariff.min() >= 1:
        return [Fault("tariff", "every rate is 1 or more", "Allowed: net rates", "subtract 1 from 1 + t")]
    if tariff.size and tariff.max() >= 20:
        return [Fault("tariff", f"{tariff.max():g} is not a fraction", "a tariff of 25% is written 0.25")]
    return []


def elasticity_faults(theta: Array) -> list[Fault]:
    """Elasticities outside what is published, as 1/theta would be."""
    low, high = ELASTICITY
    wrong = ~((theta >= low) & (theta <= high))
    if not wrong.any():
        return []
    spot = int(np.nonzero(wrong)[0][0])
    hint = "give theta, more is more responsive, not 1/theta" if theta[spot] < low else ""
    return [Fault(f"trade_elasticity[{spot}]", f"{theta[spot]:g}", f"Allowed: {low:g} to {high:g}", hint)]


def share_faults(arrays: Mapping[str, Array]) -> list[Fault]:
    """Shares that do not sum, and the transposition that would explain it."""
    share, inputs, beta = arrays["trade_share"], arrays["input_share"], arrays["value_added_share"]
    faults = []
    off = np.abs(share.sum(axis=1) - 1.0).max()
    if off > SUMS:
        turned = np.abs(share.sum(axis=0) - 1.0).max() <= SUMS
        remedy = "it sums over importer: it is transposed" if turned else ""
        seen = f"sums over exporter are off 1 by {off:.1e}"
        faults.append(Fault("trade_share", seen, "axes are importer, exporter, sector", remedy))
    off = np.abs(arrays["consumption_share"].sum(axis=1) - 1.0).max()
    if off > SUMS:
        faults.append(Fault("consumption_share", f"sums over sector are off 1 by {off:.1e}"))
    off = np.abs(inputs.sum(axis=1) - (1.0 - beta)).max()
    if off > SUMS:
        remedy = ""
        if np.abs(inputs.sum(axis=1) - 1.0).max() <= SUMS:
            remedy = "these are shares of inputs: multiply by 1 - value_added_share"
        elif np.abs(inputs.sum(axis=2) - (1.0 - beta)).max() <= SUMS:
            remedy = "it is transposed: axes are country, input_sector, using_sector"
        seen = f"sums over input_sector are off 1 - value_added_share by {off:.1e}"
        faults.append(Fault("input_share", seen, "shares of gross output", remedy))
    if (beta > 1.0 + SUMS).any():
        faults.append(Fault("value_added_share", f"{beta.max():g}", "Allowed: 0 to 1"))
    return faults


def deficit_faults(deficit: Array, value_added: Array) -> list[Fault]:
    """Deficits that do not sum to zero."""
    off = float(deficit.sum())
    if abs(off) <= SUMS * float(value_added.sum()):
        return []
    return [Fault("deficit", f"sums to {off:g}", "Allowed: 0 over countries; imports minus exports, net of tariffs")]


def scaled_to(array: Array, total: Array, axis: int) -> Array:
    """An array scaled along an axis so that it sums to a total to the last digit."""
    summed = array.sum(axis=axis)
    factor = np.where(summed > 0, total / np.where(summed > 0, summed, 1.0), 1.0)
    return array * np.expand_dims(factor, axis)


def account_faults(
    *, cost: Array, output: Array, use: Array, supply: Array, names: tuple[Sequence[str], Sequence[str]], hint: str
) -> list[Fault]:
    """Accounts that do not close: what a sector pays is what it sells; what a country uses is what it buys."""
    faults = []
    for account, left, right in (
        ("value added and inputs against sales", cost, output),
        ("intermediate and final use against purchases", use, supply),
    ):
        floor = 1e-6 * right.sum(axis=1, keepdims=True)
        gap = np.abs(left - right) / np.maximum(right, floor)
        if gap.max() > ACCOUNTS:
            n, j = (int(k) for k in np.unravel_index(int(gap.argmax()), gap.shape))
            where = f"{names[0][n]}, {names[1][j]}"
            seen = f"{left[n, j]:,.6g} against {right[n, j]:,.6g}; {int((gap > ACCOUNTS).sum())} markets are off"
            faults.append(Fault(f"{account}: {where}", seen, f"Allowed: within {ACCOUNTS:g}", hint))
    return faults


def transposition_hint(trade: Array, cost: Array) -> str:
    """What to say where a table does not balance but its transpose would."""
    turned = trade.sum(axis=1)
    if np.abs(turned - cost).max() <= ACCOUNTS * np.abs(turned).max():
        return "trade is transposed: axes are importer, exporter, sector"
    return "axes are importer, exporter, sector; values net of tariffs"


def pivot(
    table: Any, columns: Sequence[str], value: str, axes: Sequence[Sequence[str]], *, where: str, faults: list[Fault]
) -> Array:
    """A long table as an array: one row an entry, what is not there is zero."""
    array = np.zeros(tuple(len(axis) for axis in axes))
    missing = [name for name in (*columns, value) if name not in table]
    if missing:
        allowed = f"Allowed: {', '.join((*columns, value))}"
        faults.extend(Fault(f"{where}.{name}", "is not a column", allowed) for name in missing)
        return array
    spots = []
    for column, axis in zip(columns, axes, strict=True):
        position = {name: k for k, name in enumerate(axis)}
        labels = [str(label) for label in table[column]]
        faults.extend(
            Fault(f"{where}.{column}", f"'{name}' is not known", remedy=did_you_mean(name, axis))
            for name in sorted(set(labels) - set(position))
        )
        spots.append(np.array([position.get(label, 0) for label in labels], dtype=np.intp))
    flat = np.ravel_multi_index(tuple(spots), array.shape)
    if np.unique(flat).size < spots[0].size and not any(fault.where.startswith(where) for fault in faults):
        faults.append(Fault(where, "holds an entry twice", f"Allowed: one row for each {', '.join(columns)}"))
    try:
        array.reshape(-1)[flat] = np.asarray(table[value], dtype=np.float64)
    except (TypeError, ValueError) as error:
        faults.append(Fault(f"{where}.{value}", str(error), "Allowed: numbers"))
    return array
