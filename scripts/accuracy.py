"""Measure the reader on the gold we may use and write the table into docs/explanation/record.md.

Run it with `just accuracy`. A statement is found when the characters of its content overlap a gold statement's by at
least half of their union; each is matched once. A promise or a tie is found when one that is proposed meets its words,
a time when its last day (and first, where the gold has one) is right too.
"""

from __future__ import annotations

import json
import re
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from marked import Gold, passages_in

from reciprocity.record.document import Document
from reciprocity.record.read import document_from, document_of, read_document
from reciprocity.record.reading import Reading
from reciprocity.record.speech.parse import is_installed

GOLD = Path(__file__).resolve().parents[1] / "tests" / "record" / "gold"
ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "record.md"
PUBLISHED = "2025-10-09"
ARTICLE = 5000
BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"


@dataclass
class Score:
    """Counts over several texts."""

    found: int = 0
    proposed: int = 0
    gold: int = 0
    sourced: int = 0
    sources: int = 0
    quoted: int = 0
    quoted_gold: int = 0
    reported: int = 0
    reported_gold: int = 0

    def row(self, name: str) -> str:
        precision, recall = self.found / max(1, self.proposed), self.found / max(1, self.gold)
        f = 2 * precision * recall / max(1e-9, precision + recall)
        cells = [
            name,
            str(self.gold),
            f"{precision:.2f}",
            f"{recall:.2f}",
            f"{f:.2f}",
            f"{self.quoted / max(1, self.quoted_gold):.2f}",
            f"{self.reported / max(1, self.reported_gold):.2f}",
            f"{self.sourced / max(1, self.sources):.2f}",
        ]
        return f"| {' | '.join(cells)} |"


def passages() -> list[tuple[Document, list[Gold]]]:
    rows = tomllib.loads((GOLD / "passages.toml").read_text(encoding="utf-8"))["passage"]
    made = []
    for row in rows:
        document = document_of(row["text"], published=PUBLISHED)
        made.append((document, [_gold(document.text, one) for one in row["statements"]]))
    return made


def marked(*names: str) -> list[tuple[Document, list[Gold]]]:
    rows = [one for name in names for one in passages_in(GOLD / name)]
    return [(document_of(one.text, published=PUBLISHED), list(one.statements)) for one in rows]


def _gold(text: str, row: dict) -> Gold:
    places, at = [], 0
    for words in row["content"]:
        at = text.index(words, at)
        places.append((at, at + len(words)))
        at += len(words)
    source = text.find(row["source"]) if "source" in row else -1
    near = _nearest(text, row["source"], places[0][0]) if source >= 0 else None
    return Gold(tuple(places), near, row["kind"])


def _nearest(text: str, words: str, place: int) -> tuple[int, int]:
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    start = min(starts, key=lambda one: abs(one - place))
    return start, start + len(words)


def seed() -> list[tuple[Document, list[Gold]]]:
    folder = ROOT.parent / "shared" / "data" / "record"
    if not folder.is_dir():
        return []
    rows = json.loads((folder / "seed_gold_offsets_only.json").read_text(encoding="utf-8"))["statements"]
    document = document_from(folder / "seed" / "2025-10-08-article.txt", published="2025-10-08")
    kinds = {"direct": "quoted", "mixed": "mixed", "indirect": "reported"}
    gold = [
        Gold(
            tuple((span["start"], span["end"]) for span in row["content"]),
            (row["source"]["start"], row["source"]["end"]) if row["source"] else None,
            kinds[row["kind"]],
        )
        for row in rows
        if "parent" not in row and "optional for scoring" not in row.get("note", "")
    ]
    return [(document, gold)]


def score(reading: Reading, gold: list[Gold], total: Score) -> None:
    ours = [one for one in reading.statements if not one.parent]
    covers = [_cover((span.start, span.end) for span in one.content) for one in ours]
    total.proposed += len(ours)
    total.gold += len(gold)
    used: set[int] = set()
    for one in gold:
        total.quoted_gold += one.kind == "quoted"
        total.reported_gold += one.kind == "reported"
        wanted = _cover(one.content)
        fits = [(len(wanted & cover) / len(wanted | cover), at) for at, cover in enumerate(covers) if at not in used]
        best, at = max(fits, default=(0.0, -1))
        if best < 0.5:
            continue
        used.add(at)
        total.found += 1
        total.quoted += one.kind == "quoted"
        total.reported += one.kind == "reported"
        if one.source:
            total.sources += 1
            source = ours[at].source
            total.sourced += bool(source and source.start < one.source[1] and one.source[0] < source.end)


def _cover(places) -> set[int]:
    return {at for start, end in places for at in range(start, end)}


def measure(texts: list[tuple[Document, list[Gold]]], reader: str) -> Score:
    total = Score()
    for document, gold in texts:
        score(read_document(document, reader=reader), gold, total)
    return total


@dataclass
class Ties:
    """Counts of promises, ties or times over several texts."""

    found: int = 0
    proposed: int = 0
    gold: int = 0
    true: int = 0

    def cells(self) -> str:
        return f"{self.gold} | {self.true / max(1, self.proposed):.2f} | {self.recall:.2f}"

    @property
    def recall(self) -> float:
        return self.found / max(1, self.gold)


def ties(*names: str) -> tuple[Ties, Ties, Ties]:
    """How many promises, ties and times of some files are found, and how many of those proposed are there."""
    promises, links, times = Ties(), Ties(), Ties()
    for one in (one for name in names for one in passages_in(GOLD / name)):
        reading = read_document(document_of(one.text, published=PUBLISHED))
        _count(promises, [_place(made.span) for made in reading.commitments], [place for place, _ in one.promises])
        kinds = [(_place(made.span), made.kind) for made in reading.links if made.span]
        _count(links, kinds, list(one.links))
        times.gold += len(one.times)
        times.found += sum(_right(place, days, reading) for place, days in one.times)
    return promises, links, times


def _place(span) -> tuple[int, int]:
    return span.start, span.end


def _count(total: Ties, proposed: list, gold: list) -> None:
    total.proposed += len(proposed)
    total.gold += len(gold)
    total.found += sum(any(_fits(made, one) for made in proposed) for one in gold)
    total.true += sum(any(_fits(made, one) for one in gold) for made in proposed)


def _fits(made, one) -> bool:
    """Whether two places meet; of the same kind, where they have one."""
    if isinstance(made[0], tuple):
        return made[1] == one[1] and _fits(made[0], one[0])
    return made[0] < one[1] and one[0] < made[1]


def _right(place: tuple[int, int], days: str, reading: Reading) -> bool:
    """Whether a time is found there with its last day, and its first where one is given."""
    first, _, last = days.rpartition("/")
    window = next((time.window for time in reading.times if _fits(_place(time.span), place)), None)
    return window is not None and last in ("", window.latest) and first in ("", window.earliest)


def ties_table() -> str:
    rows = [
        "| text | promises | precision | recall | ties | precision | recall | times | found, days right |",
        "|" + "---|" * 9,
    ]
    for what, kind in (("never looked at in mending", "unseen"), ("mended on", "mended")):
        promises, links, times = ties(f"promises_{kind}.txt", f"whole_{kind}.txt")
        rows.append(f"| {what} | {promises.cells()} | {links.cells()} | {times.gold} | {times.recall:.2f} |")
    return "\n".join(rows)


def articles(documents: list[Document]) -> list[Document]:
    """The documents joined into texts as long as articles."""
    made, text = [], ""
    for document in documents:
        text += document.text + "\n\n"
        if len(text) >= ARTICLE:
            made.append(document_of(text, published=PUBLISHED))
            text = ""
    return made


def official() -> list[Document]:
    """The official texts of the shared data; none where it is not there."""
    folder = ROOT.parent / "shared" / "data" / "record" / "us_official"
    return [document_from(path) for path in sorted(folder.rglob("*.md"))]


def paces(documents: list[Document], reader: str) -> str:
    """How many articles a second, on the passages and on the official texts."""
    joined = articles(documents)
    held = sum(len(read_document(one, reader=reader).statements) for one in joined) / len(joined)
    told = (
        f"{speed(joined, reader):.0f} articles of {ARTICLE:,} characters a second, with {held:.0f} statements in each"
    )
    return told + (
        f"; {speed(official(), reader):.0f} on the official texts" if reader == "rules" and official() else ""
    )


def speed(documents: list[Document], reader: str) -> float:
    """Articles a second of processor time, the best of some runs."""
    best = 0.0
    for _ in range(20 if reader == "rules" else 1):
        began = time.process_time()
        for document in documents:
            read_document(document, reader=reader)
        characters = sum(len(document.text) for document in documents)
        best = max(best, characters / ARTICLE / (time.process_time() - began))
    return best


def table() -> str:
    sets = [
        ("news passages never looked at in mending", marked("unseen.txt", "whole_unseen.txt")),
        ("news passages mended on", marked("mended.txt", "whole_mended.txt")),
        ("earlier passages, mended on", passages()),
    ]
    if seed():
        sets.append(("the seed article, seen", seed()))
    head = (
        "| text | statements | precision | recall | F | recall, fully quoted | recall, reported speech | source right |"
    )
    rows = [head, "|" + "---|" * 8]
    for reader in ("rules", "parse"):
        if reader == "parse" and not is_installed():
            continue
        name = {"rules": "standard library", "parse": "with `parse`"}[reader]
        rows.extend(measure(texts, reader).row(f"{what} ({name})") for what, texts in sets)
        documents = [document for _, texts in sets for document, _ in texts]
        rows.append("")
        rows.append(f"Speed, {name}: {paces(documents, reader)}; on one core of a busy two-core machine.")
        rows.append("")
        if reader == "rules" and is_installed():
            rows.extend([head, "|" + "---|" * 8])
    return "\n".join([*rows, ties_table()]).strip()


def main() -> None:
    made = table()
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", encoding="utf-8")
    sys.stdout.write(made + "\n")


if __name__ == "__main__":
    main()
