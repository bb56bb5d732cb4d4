"""The two catalogues say the same things, and the code asks for no phrase they lack."""

from __future__ import annotations

import re
import string

import pytest

from reciprocity.errors import InputError
from reciprocity.report.wording import wording

ENGLISH, FRENCH = wording("en").phrases, wording("fr").phrases


def placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


def test_the_catalogues_have_equal_keys():
    assert set(ENGLISH) == set(FRENCH)


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_phrase_fills_in_the_same_things_in_both(key):
    assert placeholders(ENGLISH[key]) == placeholders(FRENCH[key])


def test_french_is_spaced_as_french_is():
    for key, phrase in FRENCH.items():
        assert not re.search(r"[^\u202f\u00a0][;:!?»](?!\d)", phrase), key


def test_every_phrase_is_used(root):
    code = "".join(path.read_text() for path in (root / "src" / "reciprocity").rglob("*.py"))
    families = {"clause", "offline", "column", "confidence", "language", "name", "finding", "short", "unit"}
    unused = [key for key in ENGLISH if key not in code and key.split(".")[0] not in families]
    assert not unused


def test_another_language_is_one_clear_message():
    with pytest.raises(InputError, match="'de' is not a language of the report"):
        wording("de")
