"""What the tests of the web app ask for."""

from __future__ import annotations

from postgres import postgres_url

__all__ = ["postgres_url"]
