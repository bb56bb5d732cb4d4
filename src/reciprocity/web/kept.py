"""What is kept of a table: deal, day, elasticities, the versions behind the answer and its headline as it was.

A saved scenario holds it in the store; a self-contained link holds all of it in its own address.
"""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from reciprocity.deal import Deal
from reciprocity.errors import Fault, InputError
from reciprocity.files import validate

VERSIONS = ("reciprocity", "economy_sha256", "regime_sha256", "deal_sha256")
"""What an answer depends on besides what is asked: the model, the data, the law; and the deal's own hash."""
SAME = 1e-9
"""Two headlines closer than this share of income are one."""
LONGEST_LINK = 60_000
"""Characters of a self-contained link."""
LARGEST_LINK = 400_000
"""Bytes it may hold when unpacked."""


class Headline(BaseModel):
    """One side's gain: share of real income, and million US dollars a year."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    real_income_change: float
    real_income_musd: float


class Kept(BaseModel):
    """A table as it was kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    deal: Deal
    on: date
    known: date | None
    theta: str = Field(max_length=1000)
    headline: dict[Literal["1y", "3y", "long"], dict[str, Headline]] = Field(min_length=1)
    versions: dict[Literal["reciprocity", "economy_sha256", "regime_sha256", "deal_sha256"], str]


def kept_of(deal: Deal, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What to keep of a deal and its answer."""
    return {
        "deal": deal.model_dump(mode="json", by_alias=True, exclude={"id"}),
        "on": answer["on"],
        "known": answer["known"],
        "theta": answer["provenance"]["elasticities"],
        "headline": headline(answer),
        "versions": {key: answer["provenance"][key] for key in VERSIONS},
    }


def headline(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that are frozen with a scenario: each side, at each horizon."""
    return {
        horizon: {code: {key: side[key] for key in Headline.model_fields} for code, side in block["sides"].items()}
        for horizon, block in answer["horizons"].items()
    }


def read_kept(content: Mapping[str, Any], *, where: str) -> Kept:
    """What was kept, checked. Raises InputError with every fault."""
    deal = content.get("deal")
    named = {**content, "deal": {**deal, "id": f"s/{name_of(content)}"}} if isinstance(deal, Mapping) else content
    return validate(Kept, named, where=where)


def text_of(content: Mapping[str, Any]) -> str:
    """What is kept as text: equal content has equal text."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def name_of(content: Mapping[str, Any]) -> str:
    """A short name made from the content."""
    digest = sha256(text_of(content).encode("utf-8", "surrogatepass")).digest()
    return b32encode(digest)[:10].decode().lower()


def packed(content: Mapping[str, Any]) -> str:
    """What is kept as one word that fits in an address."""
    squeezed = zlib.compress(text_of(content).encode("utf-8", "surrogatepass"), 9)
    return urlsafe_b64encode(squeezed).decode().rstrip("=")


def unpacked(word: str) -> dict[str, Any]:
    """The content of such a word. Raises InputError for one that is cut, too long, or something else."""
    if len(word) > LONGEST_LINK:
        raise InputError(Fault("link", f"has {len(word):,} characters", f"At most {LONGEST_LINK:,} are read"))
    broken = Fault("link", "is cut or was changed", remedy="Copy the whole of it")
    try:
        squeezed = urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
        reader = zlib.decompressobj()
        content = reader.decompress(squeezed, LARGEST_LINK)
        if reader.unconsumed_tail or not reader.eof:
            raise InputError(broken)
        read = json.loads(content.decode("utf-8"))
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        raise InputError(broken) from error
    if not isinstance(read, dict):
        raise InputError(broken)
    return read


def changed_since(kept: Kept, answer: Mapping[str, Any]) -> list[str]:
    """Which of the things an answer depends on are others now than when this was kept."""
    now = answer["provenance"]
    return [key for key in VERSIONS[:3] if key in kept.versions and kept.versions[key] != now[key]]


def same(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether two headlines are one."""
    key = "real_income_change"
    return all(
        code in now.get(horizon, {}) and abs(side[key] - now[horizon][code][key]) < SAME
        for horizon, sides in then.items()
        for code, side in sides.items()
    )
