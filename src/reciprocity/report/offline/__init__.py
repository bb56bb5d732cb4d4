"""One file to mail: the deal, both sides' answer and the model itself, run by a browser with no network."""

from reciprocity.report.offline.page import html

__all__ = ["html"]
