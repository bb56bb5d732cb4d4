"""The results: arrays labelled back into names, with where every number comes from."""

from reciprocity.results.notes import notes
from reciprocity.results.outcome import CountryOutcome, Outcome, SectorOutcome, compare
from reciprocity.results.provenance import Provenance, provenance
from reciprocity.results.valuation import Valuation

__all__ = ["CountryOutcome", "Outcome", "Provenance", "SectorOutcome", "Valuation", "compare", "notes", "provenance"]
