"""The results: arrays labelled back into names, with where every number comes from."""

from reciprocity.results.notes import notes
from reciprocity.results.outcome import CountryOutcome, Outcome, SectorOutcome, compare, countries
from reciprocity.results.provenance import Provenance, provenance
from reciprocity.results.regions import AreaOutcome, by_area, regions_block
from reciprocity.results.terms import Terms, terms
from reciprocity.results.valuation import Valuation

__all__ = [
    "AreaOutcome",
    "CountryOutcome",
    "Outcome",
    "Provenance",
    "SectorOutcome",
    "Terms",
    "Valuation",
    "by_area",
    "compare",
    "countries",
    "notes",
    "provenance",
    "regions_block",
    "terms",
]
