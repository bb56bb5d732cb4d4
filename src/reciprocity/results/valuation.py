"""A valuation: the answer to what a deal does on a day, as one plain value that every page, file and slide shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any

from reciprocity import labels
from reciprocity.deal import Deal, in_words, scope
from reciprocity.regime import Regime, SectorRate
from reciprocity.results.outcome import CountryOutcome, Outcome, SectorOutcome
from reciprocity.results.provenance import Provenance
from reciprocity.results.terms import terms


@dataclass(frozen=True, slots=True, eq=False)
class Valuation:
    """A deal against the law of a day.

    Attributes:
        deal: what is proposed.
        on: the day.
        known: the day whose knowledge counts; None is all that is known.
        outcomes: by horizon, '1y' or 'long'.
        regime: the law on the day.
        law: its sector rates.
        proposed: the same with the deal.
        situation: what had happened, each with its source.
        said: what was said at the talks, in the source's words.
        provenance: where the numbers come from.
        notes: what is estimated or unverified.
    """

    deal: Deal
    on: date
    known: date | None
    outcomes: Mapping[str, Outcome]
    regime: Regime
    law: Sequence[SectorRate]
    proposed: Sequence[SectorRate]
    situation: Sequence[Mapping[str, Any]]
    said: Sequence[Mapping[str, Any]]
    provenance: Provenance
    notes: Sequence[str]

    @property
    def horizon(self) -> str:
        """The horizon the top level of the answer is for: the longest solved."""
        return "long" if "long" in self.outcomes else list(self.outcomes)[-1]

    @property
    def outcome(self) -> Outcome:
        """The outcome at that horizon."""
        return self.outcomes[self.horizon]

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON has it: fractions, million USD of the base year, codes with their names."""
        blocks = {horizon: _block(outcome, self.deal.sides) for horizon, outcome in self.outcomes.items()}
        return {
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "horizon": self.horizon,
            "deal": self._deal(),
            "situation": [dict(event) for event in self.situation],
            "said": [dict(one) for one in self.said],
            "law": self._law(),
            **blocks[self.horizon],
            "horizons": blocks,
            "provenance": asdict(self.provenance),
            "notes": list(self.notes),
        }

    def _deal(self) -> dict[str, Any]:
        clauses = [
            {
                **clause.model_dump(mode="json", by_alias=True, exclude_defaults=True),
                "id": clause.id,
                "kind": clause.kind,
                "giver": clause.giver,
                "what": scope(clause),
                "words": in_words(clause),
                **asdict(terms(clause, self.regime)),
                "in_force": clause.in_force(self.on),
            }
            for clause in self.deal.clauses
        ]
        return {
            "id": self.deal.id,
            "title": self.deal.title,
            "summary": self.deal.summary,
            "sides": list(self.deal.sides),
            "sha256": self.deal.sha256,
            "clauses": clauses,
            **({"fr": self.deal.fr.model_dump(exclude_defaults=True)} if self.deal.fr else {}),
        }

    def _law(self) -> list[dict[str, Any]]:
        after = {(row.importer, row.exporter, row.sector): row for row in self.proposed}
        rows = []
        for row in self.law:
            if {row.importer, row.exporter} != set(self.deal.sides):
                continue
            new = after[row.importer, row.exporter, row.sector]
            rows.append(
                {
                    "importer": row.importer,
                    "exporter": row.exporter,
                    "sector": row.sector,
                    "sector_name": labels.sector(row.sector).en,
                    "rate_before": _collected(row),
                    "rate_after": _collected(new),
                    "flow_equivalent_before": _finite(row.flow_equivalent_rate),
                    "flow_equivalent_after": _finite(new.flow_equivalent_rate),
                    "banned_share_before": row.banned_share,
                    "banned_share_after": new.banned_share,
                    "measures": list(row.measures),
                    "confidence": row.confidence,
                    "estimated": row.estimated,
                }
            )
        return rows


def _fields(one: CountryOutcome | SectorOutcome) -> dict[str, Any]:
    """A row of plain values by name: `asdict` copies each deeply, and there are a thousand rows."""
    return {name: getattr(one, name) for name in one.__slots__}


def _collected(row: SectorRate) -> float | None:
    """The average duty, or None where everything is forbidden and nothing can be owed."""
    return row.revenue_rate if isfinite(row.flow_equivalent_rate) else None


def _finite(rate: float) -> float | None:
    """A rate, or None where it has no number because everything is forbidden."""
    return rate if isfinite(rate) else None


def _block(outcome: Outcome, sides: Sequence[str]) -> dict[str, Any]:
    def country(code: str) -> dict[str, Any]:
        return {"name": labels.region(code).en, **_fields(outcome.country(code))}

    others = [one.country for one in outcome.countries if one.country not in sides]
    names = {sector.code: sector.en for sector in labels.sectors()}
    certificate = asdict(outcome.after.certificate)
    return {
        "sides": {code: country(code) for code in sides},
        "third_parties": [country(code) for code in others],
        "sectors": [{"name": names.get(row.sector, row.sector), **_fields(row)} for row in outcome.sectors],
        "certificate": {**certificate, "evaluations_before": outcome.before.certificate.evaluations},
    }
