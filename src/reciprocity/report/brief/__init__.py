"""The brief: one self-contained page on one deal or several, that reads on paper and asks the network for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reciprocity import files
from reciprocity.errors import Fault, InputError
from reciprocity.report.brief import closing, comparison, detail, front, page
from reciprocity.report.reading import Value
from reciprocity.report.wording import wording


def html(values: Sequence[Value], *, language: str = "en") -> str:
    """The brief of one answer or several, as one HTML page.

    Args:
        values: what `value` answers for each deal: changes are fractions, money is million US dollars.
        language: en or fr.

    Raises:
        InputError: no answer was given, or the report is not written in that language.
    """
    if not values:
        raise InputError(Fault("brief", "has no deal to tell", remedy="Give one answer or more"))
    words = wording(language)
    alone = len(values) == 1
    body = [] if alone else [comparison.section(values, words)]
    for place, value in enumerate(values, start=1):
        chapter = page.Chapter(place=place, level=1 if alone else 2)
        body += [front.section(value, words, chapter), detail.section(value, words, chapter)]
    title = values[0]["deal"]["title"] if alone else words["compare.title"].format(count=len(values))
    return page.document(title, [*body, closing.section(values, words)], values, words)


def write(values: Sequence[Value], path: Path, *, language: str = "en", replace: bool = False) -> None:
    """Write the brief whole; a file a person wrote or changed there is left alone unless `replace`."""
    files.write_results({path: html(values, language=language)}, replace=replace)
