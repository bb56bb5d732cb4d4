"""How a document with its margin looks, for every page that shows one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from reciprocity.report.markup import Markup


@cache
def margin_style() -> Markup:
    """The style sheet of articles with margins and of the ledger's tables; it needs the tokens."""
    sheet = files("reciprocity.report").joinpath("styles", "margin.css")
    return Markup(sheet.read_text(encoding="utf-8"))
