"""One part of a page that several benchmarks write: the others stay as they are."""

from __future__ import annotations

import re
from pathlib import Path


def write_part(page: Path, name: str, text: str) -> None:
    """Put text between a part's two marks, or at the end of the page where it has none yet."""
    first, last = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    part = f"{first}\n{text.strip()}\n{last}\n"
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    found = re.compile(f"{re.escape(first)}.*?{re.escape(last)}\n?", re.DOTALL)
    new = found.sub(lambda _: part, old) if found.search(old) else f"{old.rstrip()}\n\n{part}".lstrip()
    page.write_text(new, encoding="utf-8")
