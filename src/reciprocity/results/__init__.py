"""The results: arrays labelled back into names, with where every number comes from."""

from reciprocity.results.notes import notes
from reciprocity.results.outcome import CountryOutcome, Outcome, SectorOutcome, compare
from reciprocity.results.provenance import Provenance, provenance
from reciprocity.results.terms import Terms, terms
from reciprocity.results.valuation import Valuation

__all__ = [
    "CountryOutcome",
    "Outcome",
    "Provenance",
    "SectorOutcome",
    "Terms",
    "Valuation",
    "compare",
    "notes",
    "provenance",
    "terms",
]
