"""Which different spellings are one word, and which different names are one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reciprocity.files import shipped_toml

_ISE = re.compile(r"(?<=[^\W\d_]{4}i)z(?=(?:e|es|ed|ing|er|ers|ation|ations|able)$)")
_YSE = re.compile(r"(?<=[^\W\d_]{2}y)z(?=(?:e|es|ed|ing|er|ers)$)")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The table of one-word spellings: `forms` maps a form to its family, `names` the forms that are names."""

    forms: dict[str, str]
    names: frozenset[str]
    stems: tuple[tuple[str, str], ...]

    def family(self, word: str) -> str:
        """The one form that stands for every spelling of a word in small letters."""
        if word in self.forms:
            return self.forms[word]
        for stem, other in self.stems:
            if word.startswith(stem):
                word = other + word[len(stem) :]
                break
        return _YSE.sub("s", _ISE.sub("s", word))

    def variants(self, word: str) -> tuple[str, ...]:
        """Every form of a word that the table lists, itself among them."""
        family = self.family(word)
        return tuple(dict.fromkeys([word, *(form for form, head in self.forms.items() if head == family)]))


@cache
def spellings() -> Spellings:
    """The spellings that ship."""
    rows = shipped_toml("record", "text", "spellings.toml")
    names = [[form.casefold() for form in group] for group in rows["names"]]
    forms = {form: group[0] for group in [*rows["pairs"], *names] for form in group}
    american = [(stem.replace("our", "or"), stem) for stem in rows["our"]]
    single = [(stem + ending, stem[:-1] + ending) for stem in rows["doubled"] for ending in ("ed", "ing", "er")]
    return Spellings(forms, frozenset(form for group in names for form in group), (*american, *single))


def joined_forms() -> tuple[str, ...]:
    """The listed forms that hold a hyphen or a space and still are one word."""
    return tuple(form for form in spellings().forms if re.search(r"\w[- ]\w", form))
