"""The block between `---` lines at the head of a Markdown file: title, date, address."""

from __future__ import annotations

import re

_KEY = re.compile(r"^([A-Za-z_][\w-]*):[ \t]*(.*)$")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|_|(.))")


def split_front_matter(text: str) -> tuple[dict[str, str], int]:
    """The keys of a front matter and where the body begins; no keys and 0 when there is none."""
    if not text.startswith("---\n"):
        return {}, 0
    close = text.find("\n---", 3)
    if close < 0 or text[close + 4 : close + 5] not in ("", "\n", " "):
        return {}, 0
    end = text.find("\n", close + 1)
    return _keys(text[4:close]), len(text) if end < 0 else end + 1


def _keys(block: str) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""
    for line in block.split("\n"):
        match = _KEY.match(line)
        if match:
            key = match[1].casefold()
            found[key] = match[2].strip()
        elif key and line.startswith((" ", "\t")):
            found[key] = f"{found[key]}\n{line.strip()}"
    return {name: _scalar(value) for name, value in found.items()}


def _scalar(value: str) -> str:
    """A YAML scalar on one line: quotes taken off, folded lines joined, escapes of double quotes read."""
    if value[:1] == '"' and value[-1:] == '"' and len(value) > 1:
        joined = re.sub(r"\\\n\\?", "", value[1:-1]).replace("\n", " ")
        return _ESCAPE.sub(_escape, joined)
    joined = value.replace("\n", " ")
    if joined[:1] == "'" and joined[-1:] == "'" and len(joined) > 1:
        return joined[1:-1].replace("''", "'")
    return joined


def _escape(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        return chr(int(match[1] or match[2], 16))
    return " " if match[0] == "\\_" else {"n": "\n", "t": "\t"}.get(match[3] or "", match[3] or "")
