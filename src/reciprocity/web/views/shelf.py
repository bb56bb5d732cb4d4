"""What every page of the ledger has: the shelf it reads from, the look of a margin, the addresses of lines."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from reciprocity.report.record.style import margin_style
from reciprocity.web.ledger import Shelf
from reciprocity.web.pages import page


def shelf_of(request: Request) -> Shelf:
    """The ledger this server shows."""
    return request.app.state.shelf


def place(document: str, line: int) -> str:
    """The address of a document's line on this server."""
    return f"/record/documents/{document}#{document}-L{line}"


def ledger_page(request: Request, template: str, **content: Any) -> HTMLResponse:
    """A page of the ledger."""
    return page(request, template, margin=margin_style(), kept=shelf_of(request).ledger is not None, **content)
