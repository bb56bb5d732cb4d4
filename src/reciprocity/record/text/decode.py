"""Bytes of a file to text: the encoding it says or shows, and a clear refusal of what is not text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reciprocity.errors import Fault, InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF", "Open it, save its text, and read that"),
    (b"PK\x03\x04", "a ZIP container (a Word or OpenDocument file, perhaps)", "Save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as plain text"),
    (b"\x89PNG", "a PNG picture", "Give a text"),
    (b"\xff\xd8\xff", "a JPEG picture", "Give a text"),
    (b"\x1f\x8b", "compressed with gzip", "Uncompress it first"),
    (b"{\\rtf", "a Rich Text file", "Save it as plain text"),
    (b"SQLite format 3", "a SQLite database", "Give a text"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_STRAY = re.compile("[\udc80-\udcff]")
"""What Python decodes a byte to that is not UTF-8."""
_WIDE = re.compile("[^\x00-\x7f\udc80-\udcff]")
_CUT_SHORT = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}$")
_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and what to tell of how it was read."""

    text: str
    encoding: str
    notices: tuple[str, ...]


def decode(data: bytes, *, where: str) -> Decoded:
    r"""The text of a file, line ends as `\n`, no byte order mark. Raises InputError when it is not text."""
    for magic, what, remedy in _MAGIC:
        if data.lstrip(b"\xef\xbb\xbf \r\n\t")[: len(magic)] == magic:
            raise InputError(Fault(where, f"this is {what}, not a text", "Plain text, Markdown or HTML", remedy))
    text, encoding, strays = _text(data)
    if _is_binary(text):
        raise InputError(Fault(where, "this is binary data, not a text", "Plain text, Markdown or HTML"))
    if not text.strip("\ufeff \n\r\t\u200b\xa0"):
        raise InputError(Fault(where, "the file is empty", "A text with at least one sentence"))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return Decoded(text, encoding, tuple(_notices(text, encoding, strays)))


def _text(data: bytes) -> tuple[str, str, int]:
    """The text, its encoding, and how many bytes were read as cp1252 because they are not UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), encoding, 0
    guess = _wide(data)
    if guess:
        return data.decode(guess, errors="replace"), guess, 0
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        return _mixed(data)


def _mixed(data: bytes) -> tuple[str, str, int]:
    """UTF-8 with bytes in it that are not: those are read as cp1252, the whole file where nothing in it is UTF-8."""
    text = data.decode("utf-8", errors="surrogateescape")
    sound = _WIDE.search(text) is not None
    if sound:
        text = _CUT_SHORT.sub("\ufffd", text)
    strays = len(_STRAY.findall(text))
    return text.translate(_CP1252), "utf-8" if sound or not strays else "cp1252", strays


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    head = data[:4000]
    half = len(head) // 2
    if half < 4 or len(data) % 2:
        return ""
    if head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _is_binary(text: str) -> bool:
    """Whether more than a stray character or two is none that a text has."""
    sample = text[:200_000]
    found = len(_CONTROLS.findall(sample))
    return found > len(sample) / 4 or (found > _STRAYS and found > len(sample) / 50)


_STRAYS = 8
"""Characters that no text has but a damaged one may."""


def _notices(text: str, encoding: str, strays: int) -> list[str]:
    notices = []
    if encoding not in ("utf-8", "ascii"):
        notices.append(f"Read as {encoding}: the file is not UTF-8.")
    elif strays:
        were = "byte is not UTF-8 and was" if strays == 1 else "bytes are not UTF-8 and were"
        notices.append(f"{strays} {were} read as cp1252.")
    replaced = text.count("\ufffd")
    if replaced:
        are = "character could not be decoded and is" if replaced == 1 else "characters could not be decoded and are"
        notices.append(f"{replaced} {are} shown as \ufffd.")
    bidi = sum(text.count(chr(code)) for code in _BIDI)
    if bidi:
        notices.append(
            f"{bidi} invisible direction marks are in the text: what is shown may differ from what is stored. "
            "Quotes are compared on what is stored."
        )
    hidden = sum(text.count(letter) for letter in "\u00ad\u200b\u200c\u2060")
    if hidden:
        notices.append(f"{hidden} characters that show nothing (soft hyphens, zero-width spaces) are in the text.")
    return notices
