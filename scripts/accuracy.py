"""Measure the reader on the gold we may use and write the table into docs/explanation/record.md.

Run it with `just accuracy`. A statement is found when the characters of its content overlap a gold statement's by at
least half of their union; each is matched once.
"""

from __future__ import annotations

import json
import re
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from reciprocity.record.document import Document
from reciprocity.record.parse import is_installed
from reciprocity.record.read import document_from, document_of, read_document
from reciprocity.record.reading import Reading

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "record.md"
BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"


@dataclass(frozen=True)
class Gold:
    """One annotated statement: places of its content and of its source, and how it is reported."""

    content: tuple[tuple[int, int], ...]
    source: tuple[int, int] | None
    kind: str


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
    rows = tomllib.loads((ROOT / "tests/record/gold/passages.toml").read_text(encoding="utf-8"))["passage"]
    made = []
    for row in rows:
        document = document_of(row["text"], published="2025-10-09")
        made.append((document, [_gold(document.text, one) for one in row["statements"]]))
    return made


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


def speed(documents: list[Document], reader: str) -> float:
    best = 0.0
    for _ in range(5 if reader == "rules" else 1):
        began = time.process_time()
        for document in documents:
            read_document(document, reader=reader)
        characters = sum(len(document.text) for document in documents)
        best = max(best, characters / 5000 / (time.process_time() - began))
    return best


def table() -> str:
    sets = [("passages annotated before the reader was run on them", passages())]
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
        pace = f"{speed(documents, reader):.0f} articles of 5,000 characters a second"
        rows.append(f"Speed, {name}: {pace}, on one core of a busy two-core machine.")
        rows.append("")
        if reader == "rules" and is_installed():
            rows.extend([head, "|" + "---|" * 8])
    return "\n".join(rows).strip()


def main() -> None:
    made = table()
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", encoding="utf-8")
    sys.stdout.write(made + "\n")


if __name__ == "__main__":
    main()
