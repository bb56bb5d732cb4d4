"""What the numbers say, in sentences: every one is computed from the answer and holds for any deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reciprocity.report.wording import Wording

Value = Mapping[str, Any]

LEFT, RIGHT = "CAN", "USA"
HUES = {LEFT: "canada", RIGHT: "usa"}
SLIGHT = 5e-5
"""A change of real income below 0.005% is not told as a gain or a loss."""
SLIGHT_MUSD = 1.0
"""Nor is a change of a sector's output below a million US dollars."""


def headline(value: Value, words: Wording) -> str:
    """Who gains and who loses, with both numbers."""
    left, right = (value["sides"][side]["real_income_change"] for side in (LEFT, RIGHT))
    names = {LEFT: words["name.CAN"], RIGHT: words["name.USA"]}
    ways = {LEFT: _way(left), RIGHT: _way(right)}
    up, down, flat = ([names[side] for side in ways if ways[side] == way] for way in (1, -1, 0))
    filled = {
        **_pair(value, words),
        "winner": "".join(up[:1]),
        "loser": "".join(down[:1]),
        "flat": "".join(flat[:1]),
    }
    return sentence(words[_headline_key(len(up), len(down))].format(**filled))


def best_for_both(values: Sequence[Value], words: Wording) -> str:
    """How many of several deals leave both sides better off, and which does most for the side it helps least."""
    best = max(values, key=lambda value: min(value["sides"][side]["real_income_change"] for side in (LEFT, RIGHT)))
    both = sum(all(_way(value["sides"][side]["real_income_change"]) > 0 for side in (LEFT, RIGHT)) for value in values)
    key = "finding.some_help_both" if both else "finding.none_helps_both"
    return words[key].format(count=both, total=len(values), deal=best["deal"]["title"])


def sectors(value: Value, words: Wording) -> str:
    """The sector that gains most on each side."""
    gains = {side: _extreme(value, side, sign=1) for side in (LEFT, RIGHT)}
    left, right = gains[LEFT], gains[RIGHT]
    if left is None or right is None:
        return words["finding.sectors_none"]
    return sentence(
        words["finding.sectors"].format(
            left=words["name.CAN"],
            right=words["name.USA"],
            left_sector=words.sector_within(left["sector"], left["name"]),
            right_sector=words.sector_within(right["sector"], right["name"]),
        )
    )


def payers(value: Value, words: Wording) -> list[str]:
    """Who pays: a side as a whole, its most losing sector, its treasury, a partner elsewhere."""
    return [
        *_paying_sides(value, words),
        *_paying_sectors(value, words),
        *_treasuries(value, words),
        _elsewhere(value, words),
    ]


def third_parties(value: Value, words: Wording) -> str:
    """How many other partners lose, and which most."""
    losers = [row for row in value["third_parties"] if _way(row["real_income_change"]) < 0]
    if not losers:
        return words["finding.third_none"]
    most = min(losers, key=lambda row: row["real_income_change"])
    return words["finding.third_losers"].format(
        losers=len(losers),
        total=len(value["third_parties"]),
        partner=words.region(most["country"], most["name"]),
        percent=words.percent(most["real_income_change"]),
    )


def first_year(value: Value, words: Wording) -> list[str]:
    """What the first year alone would bring, where it was computed."""
    year = value.get("horizons", {}).get("1y")
    return [words["finding.sure_year"].format(**_pair(year, words))] if year else []


def certainty(value: Value, words: Wording) -> list[str]:
    """How sure: what kind of answer it is, over what time, on what law, how exactly solved."""
    said = [words["finding.sure_point"], words["finding.sure_long"]]
    law = value.get("law", [])
    guessed = sum(bool(row.get("estimated")) for row in law)
    if law and guessed:
        said.append(words["finding.sure_law_part"].format(count=guessed, total=len(law)))
    elif law:
        said.append(words["finding.sure_law_all"])
    residual = value["certificate"].get("residual")
    if residual is not None:
        said.append(words["finding.sure_exact"].format(residual=scientific(residual)))
    notes = len(value.get("notes", ()))
    if notes:
        said.append(words["finding.sure_note_one" if notes == 1 else "finding.sure_notes"].format(count=notes))
    return said


def sentence(words: str) -> str:
    """Words with their first letter as a capital."""
    return words[:1].upper() + words[1:]


def scientific(value: float | None) -> str:
    """A very small number as a power of ten: 3 × 10⁻¹²."""
    if value is None:
        return "—"
    if value == 0:
        return "0"
    lead, power = f"{value:.0e}".split("e")
    return f"{lead} × 10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def _pair(value: Value, words: Wording) -> dict[str, str]:
    return {
        "left": words["name.CAN"],
        "right": words["name.USA"],
        "left_change": words.percent(value["sides"][LEFT]["real_income_change"]),
        "right_change": words.percent(value["sides"][RIGHT]["real_income_change"]),
    }


def _way(change: float) -> int:
    return 0 if abs(change) < SLIGHT else 1 if change > 0 else -1


def _headline_key(up: int, down: int) -> str:
    return {
        (2, 0): "finding.both_gain",
        (0, 2): "finding.both_lose",
        (1, 1): "finding.one_gains",
        (1, 0): "finding.one_gains_other_flat",
        (0, 1): "finding.one_loses_other_flat",
        (0, 0): "finding.no_change",
    }[up, down]


def _extreme(value: Value, side: str, *, sign: int) -> Mapping[str, Any] | None:
    """The sector that gains (sign 1) or loses (sign -1) most output on a side, or None when none does to speak of."""
    rows = [row for row in value["sectors"] if row["country"] == side]
    most = max(rows, key=lambda row: sign * row["output_change_musd"], default=None)
    return most if most and sign * most["output_change_musd"] >= SLIGHT_MUSD else None


def _paying_sides(value: Value, words: Wording) -> list[str]:
    said = []
    for side in (LEFT, RIGHT):
        row = value["sides"][side]
        if _way(row["real_income_change"]) < 0:
            filled = {
                "percent": words.percent(row["real_income_change"]),
                "money": words.money(row["real_income_musd"]),
            }
            said.append(sentence(words["finding.pays_side"].format(side=words[f"name.{side}"], **filled)))
    return said or [words["finding.pays_no_side"]]


def _paying_sectors(value: Value, words: Wording) -> list[str]:
    said = []
    for side in (LEFT, RIGHT):
        most = _extreme(value, side, sign=-1)
        if most is None:
            said.append(words["finding.pays_no_sector"].format(side=words[f"name.{side}"]))
            continue
        filled = {"money": words.money(most["output_change_musd"]), "percent": words.percent(most["output_change"])}
        name = words.sector_within(most["sector"], most["name"])
        said.append(words["finding.pays_sector"].format(side=words[f"name.{side}"], sector=name, **filled))
    return said


def _treasuries(value: Value, words: Wording) -> list[str]:
    said = []
    for side in (LEFT, RIGHT):
        change = value["sides"][side].get("tariff_revenue_musd")
        if change is None or abs(change) < SLIGHT_MUSD:
            continue
        key = "finding.pays_treasury_less" if change < 0 else "finding.pays_treasury_more"
        said.append(sentence(words[key].format(side=words[f"name.{side}"], money=words.money(change))))
    return said


def _elsewhere(value: Value, words: Wording) -> str:
    losers = [row for row in value["third_parties"] if _way(row["real_income_change"]) < 0]
    if not losers:
        return words["finding.pays_no_third"]
    most = min(losers, key=lambda row: row["real_income_change"])
    return words["finding.pays_third"].format(
        partner=words.region(most["country"], most["name"]),
        percent=words.percent(most["real_income_change"]),
        money=words.money(most["real_income_musd"]),
    )


def extremes(value: Value, side: str, words: Wording) -> str:
    """The sectors that gain most and lose most on one side."""
    up, down = (_extreme(value, side, sign=sign) for sign in (1, -1))
    named = {
        "side": words[f"name.{side}"],
        "gain": words.sector_within(up["sector"], up["name"]) if up else "",
        "loss": words.sector_within(down["sector"], down["name"]) if down else "",
    }
    key = {(True, True): "both", (True, False): "gain", (False, True): "loss", (False, False): "none"}
    return sentence(words[f"finding.extremes_{key[bool(up), bool(down)]}"].format(**named))
