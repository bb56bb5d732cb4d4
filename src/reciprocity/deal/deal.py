"""A deal: a list of clauses, read from a TOML file and checked whole before anything runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from pydantic.json_schema import SkipJsonSchema

from reciprocity.deal.clauses import BORDER, BorderClause, Clause
from reciprocity.deal.shape import RegionCode
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.files import read_toml, validate


def _unique(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            raise ValueError(f"id: '{clause.id}' is there twice. Ids are unique in a deal")
        seen.add(clause.id)
    return clauses


class ClauseInFrench(BaseModel):
    """The words of a clause in French; what is left out stays as it is in the clause."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement: str = ""
    note: str = ""


class InFrench(BaseModel):
    """The words of a deal in French. They say the same, so the deal's hash does not count them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1)
    summary: str = ""
    clause: dict[str, ClauseInFrench] = Field(default={}, description="by id of the clause")


class Deal(BaseModel):
    """What is proposed. Equal content is equal; the hash is of the content, not of the file's layout."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    title: str = Field(min_length=1)
    summary: str = Field(default="", description="the deal in words, for a reader who sees nothing else")
    sides: tuple[RegionCode, RegionCode] = Field(description="the two sides of the table")
    clauses: Annotated[tuple[Clause, ...], AfterValidator(_unique)] = Field(default=(), alias="clause")
    fr: InFrench | None = Field(default=None, description="the words of the deal in French")
    id: SkipJsonSchema[str] = Field(default="", description="name of the file it was read from")

    @field_validator("sides")
    @classmethod
    def _two_sides(cls, sides: tuple[str, str]) -> tuple[str, str]:
        if sides[0] == sides[1]:
            raise ValueError(f"{sides[0]} is both. A deal has two sides")
        return sides

    @property
    def sha256(self) -> str:
        """Hash of what the deal says."""
        content = self.model_dump(mode="json", exclude={"id", "fr"})
        return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def in_language(self, language: str) -> Deal:
        """The deal with its words in a language, where its file has them."""
        if language != "fr" or self.fr is None:
            return self
        own = self.fr.clause
        clauses = tuple(
            clause.model_copy(update=own[clause.id].model_dump(exclude_defaults=True)) if clause.id in own else clause
            for clause in self.clauses
        )
        summary = self.fr.summary or self.summary
        return self.model_copy(update={"title": self.fr.title, "summary": summary, "clauses": clauses})

    def in_force(self, on: date) -> tuple[Clause, ...]:
        """The clauses that count on a day."""
        return tuple(clause for clause in self.clauses if clause.in_force(on))

    def only(self, ids: set[str]) -> Deal:
        """The deal with just these clauses."""
        return self.model_copy(update={"clauses": tuple(clause for clause in self.clauses if clause.id in ids)})

    @property
    def border_clauses(self) -> tuple[BorderClause, ...]:
        """The clauses that change law at a border."""
        return tuple(clause for clause in self.clauses if isinstance(clause, BORDER))


def read_deal(path: Path | str) -> Deal:
    """A deal from its TOML file. Raises InputError with every fault of the file."""
    path = Path(path)
    content = read_toml(path)
    if "id" in content:
        raise InputError(Fault(f"{path}: id", "is not a key of a deal", remedy="The file's name is the deal's id"))
    deal = validate(Deal, {**content, "id": path.stem}, where=str(path))
    faults = list(_french_faults(deal, path))
    if faults:
        raise InputError(faults)
    return deal


def _french_faults(deal: Deal, path: Path) -> Iterator[Fault]:
    """French words for a clause the file does not have."""
    known = [clause.id for clause in deal.clauses]
    for name in deal.fr.clause if deal.fr else ():
        if name not in known:
            yield Fault(f"{path}: fr.clause.{name}", "is not a clause of this deal", remedy=did_you_mean(name, known))
