"""What would balance the deal, in sentences: which clause at which number, what both then have, or that none can."""

from __future__ import annotations

from reciprocity.report.reading import Row, Value, sides
from reciprocity.report.wording import Wording

MOST_WAYS = 3
"""Ways that are told, the largest gain of both together first."""
_FINDINGS = {
    ("whole", 0): "balance.whole",
    ("whole", 1): "balance.whole_one",
    ("whole", 2): "balance.whole_together",
    ("share", 0): "balance.share",
    ("share", 1): "balance.share_one",
    ("share", 2): "balance.share_together",
}


def balanced(value: Value, words: Wording) -> list[str]:
    """The sentences, the finding first; none where the answer does not hold what would balance the deal."""
    found = value.get("balance")
    if not found:
        return []
    if found["goal"] == "none":
        return [words["balance.none"]]
    ways = [words["balance.way"].format(terms=terms(one, words), **gains(value, one, words)) for one in
            found["ways"][:MOST_WAYS]]  # fmt: skip
    return [_finding(value, words), *(ways or [_nothing(value, words)]), *_payment(value, words)]


def ways_of(value: Value) -> list[Row]:
    """Every way to balance, the payment last; for tables."""
    found = value.get("balance") or {}
    return [*found.get("ways", ()), *([found["payment"]] if found.get("payment") else [])]


def terms(way: Row, words: Wording) -> str:
    """The clauses a way moves: each at its number instead of the deal's."""
    return words["balance.joined"].join(_term(one, words) for one in way["clauses"])


def gains(value: Value, way: Row, words: Wording) -> dict[str, str]:
    """Both sides' names with what they would have, in money and in per cent."""
    told = {}
    for key, side in zip(("left", "right"), sides(value), strict=True):
        row = way["sides"][side]
        told[key] = words.place(side)
        told[f"{key}_money"] = words.money(_whole(row["real_income_musd"]))
        told[f"{key}_percent"] = words.percent(row["real_income_change"])
    return told


def amount(number: float | None, unit: str, words: Wording) -> str:
    """A clause's number as a treaty would write it: four digits of a quantity, a rate to a tenth of a per cent."""
    if number is None:
        return words["balance.absent"]
    if unit == "billion USD":
        return words.money(1000.0 * number, signed=False)
    return words.quantity(number if unit == "fraction" else float(f"{number:.4g}"), unit)


def _whole(musd: float) -> float:
    """Nothing where it is less than a dollar: a side that is made whole has neither gain nor loss."""
    return 0.0 if abs(musd) < 1e-2 else musd


def _term(one: Row, words: Wording) -> str:
    if one["left_out"]:
        return words["balance.left_out"].format(clause=words.clause(one["id"]))
    before, after = (amount(one[key], one["unit"], words) for key in ("before", "after"))
    return words["balance.moved"].format(clause=words.clause(one["id"]), before=before, after=after)


def _finding(value: Value, words: Wording) -> str:
    """Who is to get more, and whether one clause, several or none would do."""
    found = value["balance"]
    side = found["side"]
    other = next(one for one in sides(value) if one != side)
    moved = len(found["ways"][0]["clauses"]) if found["ways"] else 0
    mine, theirs = (value["sides"][one]["real_income_musd"] for one in (side, other))
    return words[_FINDINGS[found["goal"], min(moved, 2)]].format(
        side=words.place(side), other=words.place(other), money=words.money(mine), other_money=words.money(theirs)
    )


def _nothing(value: Value, words: Wording) -> str:
    """The plain sentence where nothing on the table can balance."""
    found = value["balance"]
    side = found["side"]
    named = {"side": words.place(side), "other": words.place(next(one for one in sides(value) if one != side)),
             "money": words.money(found["short_musd"], signed=False)}  # fmt: skip
    if found["dear"]:
        return words["balance.nothing_dear"].format(**named)
    told = words["balance.nothing_whole" if found["goal"] == "whole" else "balance.nothing_share"].format(**named)
    if not found["nearest"]:
        return told
    return f"{told} {words['balance.nearest'].format(terms=terms(found['nearest'], words))}"


def _payment(value: Value, words: Wording) -> list[str]:
    paid = value["balance"]["payment"]
    if not paid:
        return [words["balance.no_payment"]]
    named = {"payer": words.place(paid["from"]), "payee": words.place(paid["to"])}
    money = words.money(paid["musd"], signed=False)
    return [words["balance.payment"].format(money=money, **named, **gains(value, paid, words))]
