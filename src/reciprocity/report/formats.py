"""Every form the brief is written in, by the name one asks for it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from reciprocity import files
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.report.reading import Value, in_language
from reciprocity.report.wording import wording

Writer = Callable[..., str | bytes]

FORMATS: Mapping[str, str] = {"html": "brief", "pdf": "pdf", "docx": "word", "pptx": "slides", "xlsx": "workbook"}
"""Each form's module in `reciprocity.report`; it holds a function of the form's own name, read when it is asked for."""


def check(formats: Sequence[str], *, language: str) -> None:
    """Raise InputError that names every form the brief is not written in; or the language, where that is not one."""
    wording(language)
    faults = [
        Fault(
            "--format",
            f"'{name}' is not a form of the brief",
            f"One of {', '.join(FORMATS)}",
            did_you_mean(name, FORMATS),
        )
        for name in formats
        if name not in FORMATS
    ]
    if faults:
        raise InputError(faults)


def asked(formats: str, out: Path) -> list[str]:
    """The forms asked for: those named, joined by commas; else the one a file's name ends in; else HTML.

    Raises:
        InputError: `out` is one file, and the forms named are others.
    """
    named = list(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
    form = _form(out)
    if form and named and named != [form]:
        allowed = "Give a folder, a file that ends in the form asked for, or no --format"
        raise InputError(Fault("--out", f"{out} is one file, and --format asks for {', '.join(named)}", allowed))
    return named or [form or "html"]


def _form(out: Path) -> str:
    """The form that the name of a file ends in; nothing for a folder."""
    form = out.suffix.removeprefix(".").lower()
    return form if form in FORMATS and not out.is_dir() else ""


def write(
    values: Sequence[Value], out: Path, *, formats: Sequence[str], language: str = "en", replace: bool = False
) -> list[Path]:
    """Write the brief in each form, nothing unless all of them can be made.

    Args:
        values: answers, one a deal.
        out: a folder for `brief.<form>`, or the file, where its name ends in the one form asked for.
        formats: forms, of `FORMATS`.
        language: en or fr.
        replace: whether a file may go that was changed by hand.

    Raises:
        InputError: a form or the language is not known, no answer was given, the extra `report` is missing, or a file
            there was written or changed by a person and `replace` is not asked for.
    """
    check(formats, language=language)
    if not values:
        raise InputError(Fault("brief", "has no deal to tell", remedy="Give one answer or more"))
    values = [in_language(value, language) for value in values]
    places = {name: out if _form(out) == name else out / f"brief.{name}" for name in formats}
    done = {place: made(values, name, language=language) for name, place in places.items()}
    return files.write_results(done, replace=replace)


def made(values: Sequence[Value], name: str, *, language: str = "en") -> str | bytes:
    """The brief in one form, as text or bytes. Raises InputError where the extra `report` is missing."""
    writer: Writer = getattr(import_module(f"reciprocity.report.{FORMATS[name]}"), name)
    return writer(values, language=language)
