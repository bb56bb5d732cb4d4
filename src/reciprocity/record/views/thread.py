"""A thread: promises that follow one another, and what became of each, with the words and sources that show it.

A person writes it, as a TOML file in a ledger's `threads` folder or in a case's `record` folder. The words are short
quotes of their sources; `what` says in own words what was promised.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.files import read_toml, validate
from reciprocity.record.commitment import STATUSES, STRENGTHS


def _status(word: str) -> str:
    return _one_of(word, STATUSES, "a status")


def _strength(word: str) -> str:
    return _one_of(word, STRENGTHS, "a strength")


def _one_of(word: str, known: tuple[str, ...], what: str) -> str:
    if word not in known:
        raise ValueError(f"'{word}' is not {what}. One of {', '.join(known)}. {did_you_mean(word, known)}".strip())
    return word


class _Sourced(BaseModel):
    """What every row has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: tuple[str, ...] = Field(default=(), description="who says so, as the source names them")
    words: str = Field(default="", description="the source's words; empty where only its sense is known")
    source: str = Field(min_length=1, description="where that can be read")
    url: str = Field(default="", pattern=r"^(https?://\S+)?$")


class DueWindow(BaseModel):
    """The window a promise falls due in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    earliest: dt.date | None = None
    nominal: dt.date | None = None
    latest: dt.date | None = None
    phrase: str = Field(default="", description="the words the window was read from")
    convention: str = Field(default="", description="the rule that turned the words into days")

    @model_validator(mode="after")
    def _in_order(self) -> DueWindow:
        days = [day for day in (self.earliest, self.nominal, self.latest) if day]
        if days != sorted(days):
            raise ValueError("the days are not in order. earliest <= nominal <= latest")
        return self


class Promise(_Sourced):
    """One promise of a thread."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_\-]*$")
    date: dt.date
    what: str = Field(min_length=1, description="what was promised, in own words")
    strength: Annotated[str, AfterValidator(_strength)]
    condition: str = ""
    issues: tuple[str, ...] = ()
    due: DueWindow | None = None
    replaces: str = Field(default="", description="id of the promise whose deadline this one moves")


class Turn(_Sourced):
    """Something that happened to promises of the thread."""

    date: dt.date | None = None
    dated: str = Field(default="", description="what is known of the day where no date is")
    what: str = Field(default="", description="what happened, in own words")
    status: Annotated[str, AfterValidator(_status)]
    affects: tuple[str, ...] = Field(min_length=1, description="ids of promises")


class Thread(BaseModel):
    """Promises on one matter and what became of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    title: str = Field(min_length=1)
    note: str = ""
    promises: tuple[Promise, ...] = Field(alias="promise", min_length=1)
    turns: tuple[Turn, ...] = Field(default=(), alias="event")

    def turns_of(self, promise: str) -> tuple[Turn, ...]:
        """What happened to one promise, in order; what has no day comes last."""
        mine = (turn for turn in self.turns if promise in turn.affects)
        return tuple(sorted(mine, key=lambda turn: turn.date or dt.date.max))

    def replacing(self, promise: str) -> Promise | None:
        """The promise that moved this one's deadline."""
        return next((one for one in self.promises if one.replaces == promise), None)


def read_thread(path: Path) -> Thread:
    """A thread from its file. Raises InputError with every fault."""
    thread = validate(Thread, {"id": path.stem, **read_toml(path)}, where=str(path))
    known = [one.id for one in thread.promises]
    faults = [Fault(f"{path}: promise", f"'{one}' is there twice") for one in set(known) if known.count(one) > 1]
    named = [(f"event[{at}].affects", one) for at, turn in enumerate(thread.turns, 1) for one in turn.affects]
    named += [(f"promise[{at}].replaces", one.replaces) for at, one in enumerate(thread.promises, 1) if one.replaces]
    faults += [
        Fault(f"{path}: {where}", f"'{one}' is not a promise of this file", remedy=did_you_mean(one, known))
        for where, one in named
        if one not in known
    ]
    if faults:
        raise InputError(faults)
    return thread


def read_threads(folder: Path) -> tuple[Thread, ...]:
    """Every thread of a folder, by name; none where there is no folder."""
    return tuple(read_thread(path) for path in sorted(folder.glob("*.toml")))
