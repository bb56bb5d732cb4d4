"""The oracle: one shipment at a time, in plain Python, from the rows of the book, with none of the engine."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import numpy as np

from reciprocity import labels
from reciprocity.regime.book import Book, Measure

MEMBERS = {iso: one.code for one in labels.regions() for iso in one.members}


def compiled() -> dict[str, list[tuple[str, str, date, date]]]:
    """Every compiled list as rows of prefix, mark, first day and end."""
    with np.load(str(files("reciprocity.regime").joinpath("data/product_lists.npz"))) as table:
        ids, marks = table["ids"], table["marks"]
        out: dict[str, list] = {str(one): [] for one in ids}
        for number, mark, prefix, start, end in zip(
            table["list"], table["mark"], table["prefix"], table["valid_from"], table["valid_to"], strict=True
        ):
            first = date.fromordinal(max(int(start), 1))
            last = date.max if end >= date.max.toordinal() else date.fromordinal(int(end))
            out[str(ids[number])].append((prefix.decode(), str(marks[mark]), first, last))
    return {name: open_ended(rows) for name, rows in out.items()}


def open_ended(rows: list[tuple[str, str, date, date]]) -> list[tuple[str, str, date, date]]:
    """A list's rows, those that last as long as it does without an end: the measures on it have theirs."""
    last = max(end for *_, end in rows)
    return [(prefix, mark, start, date.max if end == last else end) for prefix, mark, start, end in rows]


def under(code: str, item: str) -> bool:
    """Whether a line lies under an item, or holds it: Canada's lines have six digits, the items of its orders eight."""
    return code.startswith(item[: len(code)])


class Walk:
    """A person with the book, the schedule and a shipment."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.lists = {one.id: one for one in book.lists}
        self.partners = dict(book.partners)
        self.compiled = compiled()

    def on_list(self, code: str, word: str, on: date, known: date | None = None) -> bool:
        token = word
        if word == "all":
            return code < "98"
        if token.isdigit():
            return under(code, token)
        own = self.lists.get(token)
        if own is None:
            name, _, mark = token.partition("#")
            return any(
                code.startswith(prefix) and start <= on < end
                for prefix, marked, start, end in self.compiled[name]
                if marked.startswith(mark)
            )
        unheard = {day for day, heard in own.told if known and known < heard}
        begun = not own.valid_from or (on >= own.valid_from and own.valid_from not in unheard)
        over = bool(own.valid_to) and on >= own.valid_to and own.valid_to not in unheard
        if over or not begun:
            return False
        if any(code.startswith(prefix) for prefix in own.exclude):
            return False
        return any(under(code, prefix) for prefix in own.include) or any(
            self._on_base(code, base, own, on, known) for base in own.base
        )

    def _on_base(self, code: str, base: str, own, on: date, known: date | None) -> bool:
        name, _, mark = base.partition("#")
        if name not in self.compiled:
            return self.on_list(code, base, on, known)
        unheard = {day for day, heard in own.told if known and known < heard}
        return any(
            code.startswith(prefix)
            and (own.undated or (start <= on and start not in unheard and (on < end or end in unheard)))
            and not (own.codes_equal and len(prefix) < 8)
            for prefix, marked, start, end in self.compiled[name]
            if marked.startswith(mark)
        )

    def from_partner(self, tokens, exporter: str) -> bool:
        for token in tokens:
            if token in ("all", exporter):
                return True
            if token in self.partners and self.from_partner(self.partners[token], exporter):
                return True
            if token not in MEMBERS and MEMBERS.get(exporter) == token:
                return True
        return False

    def rows(self, importer: str, exporter: str, code: str, on: date, known: date | None) -> list[Measure]:
        return [
            one
            for one in self.book.measures
            if one.importer == importer
            and self._counts(one, on, known)
            and self.from_partner(one.exporters, exporter)
            and not self.from_partner(one.except_exporters, exporter)
            and any(self.on_list(code, token, on, known) for token in one.products)
            and not any(self.on_list(code, token, on, known) for token in one.except_products)
        ]

    @staticmethod
    def _counts(row, on: date, known: date | None) -> bool:
        if not row.valid_from <= on < row.valid_to:
            return False
        return row.known_to == date.max if known is None else row.known_from <= known < row.known_to

    def duty(self, *, importer, exporter, code, on, known, facts, base, deal=None) -> tuple[float, set[str]]:
        """The rate, and the ids that take something; `deal` is one row over the law, where its goods are these."""
        rows = [one for one in self.rows(importer, exporter, code, on, known) if met(one, facts)]
        deal = deal if deal and any(self.on_list(code, token, on) for token in deal.products) else None
        rows = [one for one in rows if not (deal and deal.kind == "suspend" and picked(deal, one))]
        chosen = {}
        for slot in {one.slot for one in rows}:
            group = [one for one in rows if one.slot == slot]
            top = max(one.rank for one in group)
            chosen[slot] = min((one for one in group if one.rank == top), key=lambda one: take(one, facts, base))
        rules = [
            one
            for one in self.book.rules
            if one.importer == importer
            and self._counts(one, on, known)
            and self.from_partner(one.exporters, exporter)
            and any(self.on_list(code, token, on) for token in one.products)
        ]
        memory: dict[str, float] = {}

        def left(slot: str) -> float:
            if slot not in memory:
                gone = 0.0
                for rule in rules:
                    if not fits(rule.loser, slot):
                        continue
                    for other, winner in chosen.items():
                        if other == slot or not fits(rule.winner, other):
                            continue
                        remains = left(other)
                        owes = owed(winner, facts, base, remains, deal) > 0 if rule.test == "owed" else remains > 0
                        if owes:
                            gone += 1.0 if rule.part == "whole" else part(winner, facts) * remains
                memory[slot] = min(1.0, max(0.0, 1.0 - gone))
            return memory[slot]

        amounts = {one.id: owed(one, facts, base, left(slot), deal) for slot, one in chosen.items() if one.counts}
        mine = sum(amounts[one.id] for one in chosen.values() if one.counts and deal and picked(deal, one))
        total = base + sum(amounts.values()) + put(deal, base, mine, facts)
        for slot, one in chosen.items():
            if one.kind == "cap" and left(slot) > 0:
                total = min(total, one.rate or 0.0)
        banned = any(one.kind == "prohibit" for one in (*chosen.values(), *([deal] if deal else [])))
        return (float("inf") if banned else max(total, 0.0)), {name for name, value in amounts.items() if value > 0}


def picked(deal, one: Measure) -> bool:
    return any(
        word in ("all", one.id, one.slot) or f"{one.slot}.".startswith(f"{word}.") or one.id.startswith(f"{word}.")
        for word in deal.measures
    )


def owed(one: Measure, facts: dict, base: float, left: float, deal) -> float:
    """What a row takes, or what a deal makes it take where it sets, scales or frees the row by itself."""
    law = take(one, facts, base) * left
    if deal is None or one.kind in ("free", "prohibit") or not picked(deal, one) or "all" in deal.measures:
        return law
    if deal.kind == "set":
        return deal.rate * left * (1.0 if one.kind in ("total", "replace") else part(one, facts))
    return {"scale": (deal.rate or 0.0) * law, "free": 0.0}.get(deal.kind, law)


def put(deal, base: float, mine: float, facts: dict) -> float:
    """What a deal puts on the sum of what it picks, or takes off it; a shipment may say it is inside a quantity."""
    if deal is None:
        return 0.0
    whole = base if "all" in deal.measures else 0.0
    inside = facts.get("in_remission_quota", facts.get("in_quota"))
    share = deal.quota_share if inside is None else float(inside)
    return {
        "add": lambda: deal.rate,
        "set": lambda: deal.rate - base - mine if "all" in deal.measures else 0.0,
        "total": lambda: max(deal.rate - base, 0.0) - mine,
        "cap": lambda: min(deal.rate - whole - mine, 0.0),
        "remission": lambda: -share * (mine + whole),
    }.get(deal.kind, lambda: 0.0)()


def fits(patterns, slot: str) -> bool:
    return any(slot == one or (one.endswith("*") and slot.startswith(one[:-1])) for one in patterns)


def met(one: Measure, facts: dict) -> bool:
    for name, wanted in one.when:
        value = facts.get(name)
        if name == "us_content" and not facts.get("us_content_approved", True):
            value = None
        if isinstance(wanted, bool):
            if bool(value) != wanted:
                return False
            continue
        if value is None:
            return False
        sign, _, number = wanted.partition(" ")
        compare = {
            ">=": lambda a, b: a >= b,
            ">": lambda a, b: a > b,
            "<=": lambda a, b: a <= b,
            "<": lambda a, b: a < b,
        }
        if sign in compare:
            if not compare[sign](float(value), float(number)):
                return False
        elif str(value).casefold() != wanted.casefold():
            return False
    return True


def part(one: Measure, facts: dict) -> float:
    metal = facts.get("metal_share")
    share = 1.0
    if one.basis == "metal:any":
        share = 1.0 if metal is None else min(1.0, sum(metal.values()))
    elif one.basis.startswith("metal:"):
        share = 1.0 if metal is None else metal.get(one.basis.removeprefix("metal:"), 0.0)
    elif one.basis == "non_us":
        approved = facts.get("us_content_approved", True)
        share = 1.0 - (facts.get("us_content", 0.0) if approved else 0.0)
    elif one.basis == "non_us_from_20":
        american = facts.get("us_content", 0.0) if facts.get("us_content_approved", True) else 0.0
        share = 1.0 - american if american >= 0.2 else 1.0
    elif one.basis == "non_cusma":
        share = facts.get("non_ca_mx_content", 1.0)
    elif one.basis != "full":
        share = facts.get(one.basis, 1.0)
    return min(max(share, one.share_min), one.share_max)


def take(one: Measure, facts: dict, base: float) -> float:
    rate = one.rate or 0.0
    if one.kind == "total":
        return max(rate - base, 0.0) * part(one, facts)
    if one.kind == "replace":
        return rate - base
    if one.kind == "credit":
        return -rate * part(one, facts)
    if one.kind != "add":
        return 0.0
    amount = rate * part(one, facts)
    if one.floor_total is not None:
        amount = max(amount, one.floor_total - base)
    if one.cap_total is not None:
        amount = min(amount, max(one.cap_total - base, 0.0))
    return amount
