"""What kind of document a text is, by its title, its tags and its shape."""

from __future__ import annotations

import re

_BY_TITLE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("fact-sheet", r"\bfact ?sheet\b|\bbackgrounder\b"),
        (
            "joint-statement",
            (
                r"\bjoint (?:statement|declaration|communiqu[eé])\b|\bleaders[’']? statement\b|"
                r"^(?:\w+[’']? )?(?:communiqu[eé]|declaration (?:by|of))\b|^memorandum of understanding\b"
            ),
        ),
        (
            "readout",
            (
                r"\breadout\b|\bcompte rendu\b|\bconcludes (?:\w+ )?visit\b|\b(?:speaks|meets|spoke|met) with "
                r"(?:(?:Vice )?President|Prime Minister|Premier|Secretary|Minister|Chancellor|His Majesty|leaders?)\b"
            ),
        ),
        (
            "transcript",
            r"\btranscript\b|^remarks (?:by|of)\b|\bpress (?:conference|briefing|gaggle)\b|\binterview with\b",
        ),
        ("proclamation", r"\bproclamation\b|\bexecutive order\b|\bpresidential-actions\b|\bamendment to duties\b"),
        (
            "statement",
            (
                r"^(?:\w+ ){0,3}statement (?:by|from|of|on|attributed)\b|\bministerial statement\b|"
                r"^(?:news|press|media) (?:release|statement)\b|^d[ée]claration d"
            ),
        ),
        ("debate", r"\bhansard\b|\bdebates?\b.*\b(?:commons|house|senate)\b"),
    )
)
_READOUT_OPENS = re.compile(
    r"(?:\W*(?:[A-ZÉ][\w.,’' -]{2,40}|\S+ \d{1,2}, \d{4})[^\n]{0,40}(?:/CNW/|—|--| - )\s*)?"
    r"(?:(?:Today|Yesterday|Earlier today|This (?:morning|afternoon|evening)), (?:the )?"
    r"(?:Prime Minister|President|Vice President|Minister|Secretary|Premier)"
    r"|(?:Vice )?President (?:[A-Z][\w.’-]+,? ){1,4}(?:spoke|met|today))"
)
_SPEECH = re.compile(r"(?:remarks|speech|address|testimony|allocution|discours) (?:by|of|du|de)\b", re.IGNORECASE)
"""Titles of what one person says from end to end."""
_PROCLAIMS = re.compile(
    r"\bBY THE PRESIDENT OF THE UNITED STATES\b|\bit is hereby ordered\b|\bdo hereby proclaim\b", re.IGNORECASE
)


def kind_of(title: str, tags: str, opening: str, *, turns: int) -> str:
    """The kind of a document from its title, its tags, its first words and how many speaker turns it has."""
    titled = [kind for kind, pattern in _BY_TITLE if pattern.search(f"{title} {tags}")]
    if titled and titled[0] not in ("transcript", "debate", "readout"):
        return titled[0]
    if turns >= 3:
        return "debate" if re.search(r"\bspeaker:|\bhansard\b", f"{title} {opening}", re.IGNORECASE) else "transcript"
    if _SPEECH.match(title) or "readout" in titled:
        return "transcript" if _SPEECH.match(title) else "readout"
    if _PROCLAIMS.search(opening):
        return "proclamation"
    first = opening.strip().split("\n", 1)[0]
    for kind, pattern in _BY_TITLE[:3]:
        if not title and len(first) < 160 and not first.endswith((".", "”", '"')) and pattern.search(first):
            return kind
    return "readout" if _READOUT_OPENS.match(opening.strip()) else "article"
