"""One act of law as a person writes it: the TOML file, row by row.

An act file holds its source once (`[act]`) and any number of rows: `[[measure]]`, `[[rule]]`, `[[list]]`,
`[[partners]]`, `[[quota]]`, `[[share]]` and `[[not_modelled]]`. See `docs/how-to/add-an-act.md`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Kind = Literal["add", "total", "cap", "replace", "credit", "specific", "min_price", "prohibit", "free"]
Basis = Literal[
    "full",
    "metal:steel",
    "metal:aluminum",
    "metal:copper",
    "metal:any",
    "non_us",
    "non_us_from_20",
    "non_cusma",
    "repair",
]
"""`non_us_from_20` is the part that is not American where at least 20% is, the whole value otherwise."""
Confidence = Literal["P", "R", "S", "M"]
Condition = bool | str
LARGEST_RATE = 4.0
"""No duty in the book is above 400% of value: a larger number is a rate written as per cent."""


class Row(BaseModel):
    """What every row of the book has: frozen, and a word it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(Row):
    """Words of an act, found verbatim (but for white space) in the file named."""

    file: str = Field(description="file name of the text under the law folder, or a path below the data folder")
    quote: str = Field(min_length=12, description="the exact words the row rests on")


class Dated(Row):
    """A row with the two intervals of the book, both half-open: when it is law, and when it was known to be."""

    valid_from: date = Field(description="first day in force")
    valid_to: date | None = Field(default=None, description="first day no longer in force")
    end_known_from: date | None = Field(
        default=None, description="day the end became known; before it the row is read as open-ended"
    )
    known_from: date | None = Field(default=None, description="first day the row was known; the act's day unless given")
    known_to: date | None = Field(default=None, description="day a later act replaced the row as written")


class Act(Row):
    """The source that all rows of one file share."""

    id: str = Field(pattern=r"^[a-z0-9.\-]+$")
    title: str
    kind: Literal[
        "proclamation", "executive order", "memorandum", "statute", "order", "notice", "agreement", "schedule"
    ]
    citation: str
    importer: str = Field(description="whose law it is: a region code")
    published_on: date = Field(description="the day the act was made known")
    text: str | None = Field(default=None, description="file name of the act's text, when it is held")
    source: str = Field(default="", description="where the rows were read when the text is not held")
    confidence: Confidence = Field(description="P primary text, R repository, S stored page, M memory")


class Measure(Dated):
    """A legal provision that sets, adds to, caps, waives or bans."""

    id: str = Field(pattern=r"^[a-z0-9.\-_]+$")
    name: str = Field(description="short name on a stack: 'S232 steel'")
    slot: str = Field(description="programme; at most one measure of a slot counts on a good")
    rank: int = Field(
        default=0, description="within a slot the highest rank that applies wins; a tie goes to the lowest"
    )
    kind: Kind
    rate: float | None = Field(default=None, ge=0, description="fraction of value: 0.25 is 25%")
    rates: dict[str, float] = Field(
        default_factory=dict, description="rate by exporter, for an annex that lists one for each: a row for every rate"
    )
    amount: float | None = Field(default=None, ge=0, description="USD a unit, for specific and min_price")
    unit: str | None = None
    floor_total: float | None = Field(default=None, ge=0, description="base plus this is never lower")
    cap_total: float | None = Field(default=None, ge=0, description="base plus this is never higher")
    basis: Basis = Field(default="full", description="the part of the value the rate is taken on")
    share_min: float = Field(default=0.0, ge=0, le=1, description="the part is never taken below this")
    share_max: float = Field(default=1.0, ge=0, le=1, description="the part is never taken above this")
    products: list[str] = Field(min_length=1, description="'all', list ids, or HS prefixes in digits")
    except_products: list[str] = Field(default_factory=list)
    exporters: list[str] = Field(
        min_length=1, description="'all', ISO or region codes, or partner list ids; left out beside `rates`"
    )
    except_exporters: list[str] = Field(default_factory=list)
    when: dict[str, Condition] = Field(
        default_factory=dict, description="facts that must hold: true, false, a word, or '>= 0.85'"
    )
    quota: str | None = Field(default=None, description="id of a quota row the measure belongs to")
    counts: bool = Field(
        default=True, description="false: shown beside the duty, not in it (a deposit by firm, a credit)"
    )
    outside: bool = Field(
        default=False,
        description="true: leaves the partner out of the programme, so told near a good, not on its stack",
    )
    importer: str | None = None
    confidence: Confidence | None = None
    chronology: list[str] = Field(default_factory=list, description="rows of the chronology this represents")
    file: str | None = Field(default=None, description="text the quote is from; the act's own unless given")
    quote: str | None = Field(default=None, description="the exact words of the clause")
    also: list[Clause] = Field(default_factory=list, description="further clauses: dates, scope, exceptions")
    correction: str | None = Field(default=None, description="what the compiled table had wrong")
    note: str | None = None

    @field_validator("rate", "floor_total", "cap_total")
    @classmethod
    def _fraction(cls, rate: float | None) -> float | None:
        if rate is not None and rate > LARGEST_RATE:
            raise ValueError(f"{rate:g} is not a fraction. A tariff of {rate:g}% is written {rate / 100:g}")
        return rate

    @field_validator("rates")
    @classmethod
    def _fractions(cls, rates: dict[str, float]) -> dict[str, float]:
        for rate in rates.values():
            cls._fraction(rate)
        return rates

    @model_validator(mode="before")
    @classmethod
    def _table(cls, row: Any) -> Any:
        if not isinstance(row, dict) or not row.get("rates"):
            return row
        if "rate" in row or "exporters" in row:
            raise ValueError("give either exporters with one rate, or rates with one for each exporter")
        return {**row, "exporters": list(row["rates"])}

    def by_rate(self) -> list[Measure]:
        """The row, or one for every rate its table gives, with the partners that owe it."""
        each: dict[float, list[str]] = {}
        for exporter, rate in self.rates.items():
            each.setdefault(rate, []).append(exporter)
        return [
            self.model_copy(
                update={"id": f"{self.id}.{100 * rate:g}", "rate": rate, "rates": {}, "exporters": exporters}
            )
            for rate, exporters in each.items()
        ] or [self]


class Rule(Dated):
    """Which of two programmes gives way on a good both reach."""

    id: str
    winner: list[str] = Field(min_length=1, description="slots (a trailing * matches the rest)")
    loser: list[str] = Field(min_length=1, description="slots that give way")
    part: Literal["whole", "covered"] = Field(
        default="whole", description="whole: the loser goes; covered: only on the part of the value the winner covers"
    )
    test: Literal["listed", "owed"] = Field(
        default="listed", description="listed: the winner reaches the good, even at zero; owed: it takes more than zero"
    )
    products: list[str] = Field(default_factory=lambda: ["all"])
    exporters: list[str] = Field(default_factory=lambda: ["all"])
    importer: str | None = None
    chronology: list[str] = Field(default_factory=list)
    confidence: Confidence | None = None
    file: str | None = None
    quote: str | None = None
    also: list[Clause] = Field(default_factory=list)
    correction: str | None = None
    note: str | None = None


class ProductList(Row):
    """A list of products: other lists and prefixes, with what the table had wrong put right."""

    id: str
    title: str
    base: list[str] = Field(default_factory=list, description="compiled lists it starts from, 'id' or 'id#attr-prefix'")
    include: list[str] = Field(default_factory=list, description="HS prefixes in digits")
    exclude: list[str] = Field(default_factory=list, description="HS prefixes taken out")
    codes_equal: bool = Field(default=False, description="drop rows of the base that are shorter than eight digits")
    valid_from: date | None = None
    valid_to: date | None = None
    undated: bool = Field(default=False, description="ignore the base rows' own dates")
    told: dict[date, date] = Field(
        default_factory=dict,
        description="days on which rows of the list begin or end, each with the day that became known",
    )
    trade_musd: float | None = Field(
        default=None,
        gt=0,
        description="trade the act says the list covers, million USD a year",
    )
    unverified: str | None = Field(default=None, description="why the list is not to be relied on whole")
    file: str | None = None
    quote: str | None = None
    correction: str | None = None
    note: str | None = None


class PartnerList(Row):
    """A named set of partners, by ISO or region code."""

    id: str
    title: str
    members: list[str] = Field(min_length=1)
    note: str | None = None


class Quota(Dated):
    """A quantity let in under one measure, beyond which another holds."""

    id: str
    title: str
    quantity: float = Field(ge=0)
    unit: str = Field(description="tonnes, vehicles, USD, or 'share of 2024 trade'")
    period: Literal["year", "quarter", "month", "once"] = "year"
    allocation: str = ""
    in_measure: str
    over_measure: str
    note: str | None = None


class Share(Row):
    """Behaviour, never law: what part of trade a fact holds for, when a shipment does not say."""

    fact: str
    importer: str
    exporters: list[str]
    products: list[str]
    value: float = Field(ge=0, le=1)
    valid_from: date | None = None
    valid_to: date | None = None
    method: str
    source: str


class NotModelled(Row):
    """A row of the chronology the book leaves out, and why."""

    chronology: str
    reason: str = Field(min_length=20)


class ActFile(Row):
    """One TOML file."""

    act: Act
    measure: list[Measure] = Field(default_factory=list)
    rule: list[Rule] = Field(default_factory=list)
    list_: Annotated[list[ProductList], Field(alias="list")] = Field(default_factory=list)
    partners: list[PartnerList] = Field(default_factory=list)
    quota: list[Quota] = Field(default_factory=list)
    share: list[Share] = Field(default_factory=list)
    not_modelled: list[NotModelled] = Field(default_factory=list)

    def rows(self) -> list[Any]:
        """Every row, in the order of the sections."""
        return [*self.measure, *self.rule, *self.list_, *self.partners, *self.quota, *self.share, *self.not_modelled]
