"""The patterns of what binds, from `promises.toml`, and where one of them holds in a clause."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

CONDITION = re.compile(
    r"\b(?:(?:but )?(?:only )?if|unless|provided(?: that)?|as long as|so long as|on (?:the )?condition that|"
    r"contingent (?:up)?on|"
    r"conditional on|subject to|until(?! (?:[a-z]+ )?\d)|once|depending on)\s+[^,.;—–]+"
)
"""Words that make a promise depend on something, on lower-case text with straight apostrophes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to bind: how strongly, the pattern from its verb on, who must stand before it, and hints of it."""

    strength: str
    pattern: re.Pattern[str]
    needs: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds in a clause: places of the subject, the verb, what is promised, and the clause's end."""

    rule: Rule
    bound: tuple[int, int]
    them: tuple[int, int] | None
    what: int
    negated: bool
    clause: tuple[int, int]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that ship, in the order they are tried."""
    return tuple(
        Rule(row["strength"], re.compile(rf"(?:(?<!\w)|(?='))(?:{row['pattern']})"), row["needs"], tuple(row["hints"]))
        for row in _file()["rule"]
    )


@cache
def cue_strengths() -> dict[str, str]:
    """How strongly the verbs bind whose complement is itself a promise, by lemma: `pledged to act`."""
    return {verb: strength for strength, verbs in _file()["cue"].items() for verb in verbs.split()}


def _file() -> dict[str, Any]:
    text = files("reciprocity").joinpath("record", "promises", "promises.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
