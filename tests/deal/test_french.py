"""A deal's words in French: the same deal by its hash, written and read back, and a wrong name is a fault."""

from __future__ import annotations

import pytest

from reciprocity.deal import read_deal
from reciprocity.deal.cases import case_deals, find_deal
from reciprocity.deal.write import deal_text
from reciprocity.errors import InputError
from reciprocity.negotiation.table import case_tables, find_table

DEALS = sorted(case_deals())


@pytest.mark.parametrize("name", DEALS)
def test_every_shipped_deal_is_told_in_french_whole(name):
    deal = find_deal(name, shipped_only=True)[0]
    french = deal.in_language("fr")
    assert french.title != deal.title
    assert french.summary != deal.summary
    assert deal.fr is not None
    assert set(deal.fr.clause) == {clause.id for clause in deal.clauses}
    assert all(one.statement != other.statement for one, other in zip(deal.clauses, french.clauses, strict=True))
    assert all(bool(one.note) == bool(other.note) for one, other in zip(deal.clauses, french.clauses, strict=True))
    assert [one.source for one in deal.clauses] == [one.source for one in french.clauses]
    assert deal.in_language("en") == deal


@pytest.mark.parametrize("name", sorted(case_tables()))
def test_every_shipped_table_has_its_title_in_french(name):
    table = find_table(name)[0]
    assert table.in_language("fr").title != table.title
    assert table.in_language("fr").summary != table.summary


@pytest.mark.parametrize("name", DEALS)
def test_the_french_words_are_written_and_read_back_and_the_hash_does_not_count_them(name, tmp_path):
    deal, path = find_deal(name, shipped_only=True)
    copy = tmp_path / path.name
    copy.write_text(deal_text(deal), encoding="utf-8")
    assert read_deal(copy) == deal
    bare = deal.model_copy(update={"fr": None})
    assert bare.sha256 == deal.sha256
    first = deal.only({deal.clauses[0].id})
    copy.write_text(deal_text(first), encoding="utf-8")
    assert read_deal(copy).clauses == first.clauses


def test_french_for_a_clause_that_is_not_there_is_a_fault(tmp_path):
    path = tmp_path / "a.toml"
    deal = find_deal("metals_for_energy")[0]
    path.write_text(deal_text(deal) + '\n[fr.clause.steal]\nstatement = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match="'steel'"):
        read_deal(path)
