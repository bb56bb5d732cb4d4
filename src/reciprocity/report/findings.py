"""What the numbers say, in sentences: every one is computed from the answer and holds for any deal."""

from __future__ import annotations

from collections.abc import Sequence

from reciprocity.report import reading
from reciprocity.report.reading import Row, Value, sides
from reciprocity.report.wording import Wording

SLIGHT = 1e-5
"""A change of real income below 0.001% is not told as a gain or a loss."""
SLIGHT_MUSD = 1.0
"""Nor is a change of a sector's output below a million US dollars."""
_HEADLINES = {
    (2, 0): "finding.both_gain",
    (0, 2): "finding.both_lose",
    (1, 1): "finding.one_gains",
    (1, 0): "finding.one_gains_other_flat",
    (0, 1): "finding.one_loses_other_flat",
    (0, 0): "finding.no_change",
}
_AREAS = {
    (True, True): "finding.areas",
    (True, False): "finding.areas_gain",
    (False, True): "finding.areas_loss",
    (False, False): "finding.areas_none",
}
_EXTREMES = {(True, True): "both", (True, False): "gain", (False, True): "loss", (False, False): "none"}


def headline(value: Value, words: Wording) -> str:
    """Who gains and who loses, with both numbers."""
    ways = {words.place(side): way(value["sides"][side]["real_income_change"]) for side in sides(value)}
    up, down, flat = ([name for name in ways if ways[name] == one] for one in (1, -1, 0))
    named = {"winner": "".join(up[:1]), "loser": "".join(down[:1]), "flat": "".join(flat[:1])}
    return sentence(words[_HEADLINES[len(up), len(down)]].format(**named, **pair(value, value, words)))


def comparison(values: Sequence[Value], words: Wording) -> str:
    """How many of several deals leave both sides better off, and which does most for the side it helps least."""
    gains = [[value["sides"][side]["real_income_change"] for side in sides(value)] for value in values]
    best = values[max(range(len(values)), key=lambda at: min(gains[at]))]
    both = sum(way(min(one)) > 0 for one in gains)
    key = "finding.some_help_both" if both else "finding.none_helps_both"
    return words[key].format(count=both, total=len(values), deal=best["deal"]["title"])


def law(value: Value, words: Wording) -> str:
    """How many rates the deal would change, and which most."""
    rows = reading.changed_law(value)
    if not rows:
        return words["brief.unchanged"].rstrip(".")
    named = {
        "sector": words.sector_within(rows[0]["sector"], rows[0]["sector_name"]),
        "importer": words.place(rows[0]["importer"]),
        "before": words.duty(reading.duties(rows[0])[0]),
        "after": words.duty(reading.duties(rows[0])[1]),
    }
    return words["finding.law_one" if len(rows) == 1 else "finding.law"].format(count=len(rows), **named)


def sectors(value: Value, words: Wording) -> str:
    """The sector that gains most on each side."""
    gains = [extreme(value, side, sign=1) for side in sides(value)]
    names = [words.sector_within(row["sector"], row["name"]) if row else words["finding.none"] for row in gains]
    if not any(gains):
        return words["finding.sectors_none"]
    left, right = (words.place(side) for side in sides(value))
    filled = words["finding.sectors"].format(left=left, right=right, left_sector=names[0], right_sector=names[1])
    return sentence(filled)


def extremes(value: Value, side: str, words: Wording) -> str:
    """The sectors that gain most and lose most on one side."""
    up, down = (extreme(value, side, sign=sign) for sign in (1, -1))
    named = {
        "side": words.place(side),
        "gain": words.sector_within(up["sector"], up["name"]) if up else "",
        "loss": words.sector_within(down["sector"], down["name"]) if down else "",
    }
    return sentence(words[f"finding.extremes_{_EXTREMES[bool(up), bool(down)]}"].format(**named))


def worth(steps: Sequence[tuple[str, float]], side: str, words: Wording) -> str:
    """The clause that is worth most to a side, and the one that costs it most."""
    if not steps:
        return words["brief.no_clause"].rstrip(".")
    best, worst = max(steps, key=lambda step: step[1]), min(steps, key=lambda step: step[1])
    key = "finding.worth" if best[1] >= SLIGHT_MUSD else "finding.worth_nothing"
    said = words[key].format(side=words.place(side), clause=best[0], money=words.money(best[1]))
    if worst[1] <= -SLIGHT_MUSD:
        said += words["finding.cost"].format(clause=worst[0], money=words.money(worst[1]))
    return sentence(said)


def third_parties(value: Value, words: Wording) -> str:
    """How many other partners lose, and which most."""
    losers = losing_partners(value)
    if not losers:
        return words["finding.third_none"]
    return words["finding.third_losers" if len(losers) > 1 else "finding.third_loser"].format(
        losers=len(losers),
        total=len(value["third_parties"]),
        partner=words.place(losers[0]["country"], losers[0]["name"]),
        percent=words.percent(losers[0]["real_income_change"]),
    )


def areas(value: Value, words: Wording) -> str:
    """The province or state whose output would gain most in per cent, and the one that would lose most."""
    rows = [row for listed in value["regions"]["countries"].values() for row in listed]
    if not rows:
        return words["finding.areas_none"]
    best, worst = (pick(rows, key=lambda row: row["output_percent"]) for pick in (max, min))
    up, down = best["output_percent"] > SLIGHT, worst["output_percent"] < -SLIGHT
    key = {(True, True): "areas", (True, False): "areas_gain", (False, True): "areas_loss"}.get(
        (up, down), "areas_none"
    )
    return words[f"finding.{key}"].format(
        best=best[words.language],
        worst=worst[words.language],
        best_percent=words.percent(best["output_percent"]),
        worst_percent=words.percent(worst["output_percent"]),
    )


def losing_partners(value: Value) -> list[Row]:
    """The other partners that lose, most first."""
    losers = (row for row in value["third_parties"] if way(row["real_income_change"]) < 0)
    return sorted(losers, key=lambda row: row["real_income_change"])


def extreme(value: Value, side: str, *, sign: int) -> Row | None:
    """The sector that gains (sign 1) or loses (sign -1) most output on a side, or None when none does to speak of."""
    most = max(reading.sectors_of(value, side), key=lambda row: sign * row["output_change_musd"], default=None)
    return most if most and sign * most["output_change_musd"] >= SLIGHT_MUSD else None


def pair(value: Value, block: Value, words: Wording) -> dict[str, str]:
    """Both sides' names with the change of real income that a block of the answer has for them."""
    left, right = sides(value)
    return {
        "left": words.place(left),
        "right": words.place(right),
        "left_change": words.percent(block["sides"][left]["real_income_change"]),
        "right_change": words.percent(block["sides"][right]["real_income_change"]),
    }


def way(change: float) -> int:
    """1 for a gain of real income, -1 for a loss, 0 for too little to tell."""
    return 0 if abs(change) < SLIGHT else 1 if change > 0 else -1


def sentence(words: str) -> str:
    """Words with their first letter as a capital."""
    return words[:1].upper() + words[1:]
