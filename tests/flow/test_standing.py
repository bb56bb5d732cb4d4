"""The law of a day held once: what a deal moves is worked out alone, and is what it would be with everything anew."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from reciprocity.deal import apply
from reciprocity.deal.cases import find_deal
from reciprocity.economy import elasticities
from reciprocity.regime import regime_on
from reciprocity.scenario import shock_under, stand


@pytest.mark.parametrize("name", ["metals_for_energy", "cusma_lapses", "swiss_framework"])
@pytest.mark.parametrize("day", [date(2025, 10, 8), date(2026, 9, 29)])
def test_a_deal_over_the_law_is_the_same_shock_whatever_is_kept_of_the_law(name: str, day: date) -> None:
    law = stand(day, None, elasticities(None).name, "long")
    deal, _ = find_deal(name)
    rates = law.rates_under(apply(deal, law.regime))
    moved = [now for now, was in zip(rates.rows, law.rates.rows, strict=True) if now != was]
    assert 0 < len(moved) < len(rates.rows)
    kept, anew = law.shock(rates, deal.clauses), shock_under(law.economy, rates.rows, deal.clauses)
    assert kept.tariff is not None
    assert kept.iceberg_hat is not None
    np.testing.assert_array_equal(kept.tariff, anew.tariff)
    np.testing.assert_array_equal(kept.iceberg_hat, anew.iceberg_hat)
    for one, other in ((kept.export_tax, anew.export_tax), (kept.deficit, anew.deficit)):
        np.testing.assert_array_equal(one, other) if one is not None else None


def test_rates_of_pairs_a_deal_does_not_name_are_the_laws_own() -> None:
    law = regime_on(date(2026, 9, 29))
    deal, _ = find_deal("swiss_framework")
    named = {(one.importer, one.exporter) for one in apply(deal, law).overrides}
    for now, was in zip(apply(deal, law).sector_rates().rows, law.sector_rates().rows, strict=True):
        assert (now.importer, now.exporter) in named or now == was
