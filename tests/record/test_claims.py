"""On the seed: which quotes come from the Prime Minister's readout, and whether they do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reciprocity.record.quotes.claims import check_reading
from reciprocity.record.quotes.quotes import check_quote, searched
from reciprocity.record.read import document_from, read_document


@pytest.fixture(scope="module")
def readout(shared: Path, tmp_path_factory):
    row = json.loads((shared / "record" / "pm_readouts_excerpts.json").read_text(encoding="utf-8"))["readouts"][0]
    path = tmp_path_factory.mktemp("readout") / "readout.txt"
    path.write_text(f"{row['text']}\n\n{row['quote_from_another_copy']['text']}\n", encoding="utf-8")
    return searched(document_from(path, published=row["date"]))


@pytest.mark.shared
def test_the_readouts_quotes_of_the_gold(shared, readout):
    article = (shared / "record" / "seed" / "2025-10-08-article.txt").read_text(encoding="utf-8")
    gold = json.loads((shared / "record" / "seed_gold_offsets_only.json").read_text(encoding="utf-8"))
    own = [one for one in gold["verbatim_fragments"] if "pmo" in (*one["speakers"], *one["via"])]
    checks = {one["id"]: check_quote(article[one["start"] : one["end"]], readout) for one in own}
    assert [one.status for one in checks.values()].count("exact") == 6
    assert {name for name, one in checks.items() if one.respelled} == {"q05"}
    assert [(one.quoted, one.found) for one in checks["q05"].changes] == [("aluminum", "aluminium")]
    others = [one for one in gold["verbatim_fragments"] if one not in own]
    assert {check_quote(article[one["start"] : one["end"]], readout).status for one in others} == {"not found"}


@pytest.mark.shared
def test_the_article_as_it_is_read(shared, readout):
    reading = read_document(
        document_from(shared / "record" / "seed" / "2025-10-08-article.txt", published="2025-10-08")
    )
    counts = check_reading(reading, readout).counts()
    assert (counts["word_for_word"], counts["respelled"], counts["edited"], counts["missing"]) == (6, 1, 0, 0)
    assert check_reading(reading, readout, by=["pmo"]).counts() == counts
