"""SYNTHETIC answers in the form `value` gives them: made-up numbers for the tests of the report, no result."""

from __future__ import annotations

from typing import Any

from reciprocity import labels

SIDES = {"CAN": "Canada", "USA": "United States"}


def answer(
    *, title: str = "Metals for energy", canada: float = 0.0031, united_states: float = 0.0004
) -> dict[str, Any]:
    """One answer. Made-up numbers, the same every time."""
    block = _block(canada, united_states)
    return {
        "on": "2025-10-08",
        "known": "2025-10-08",
        "horizon": "long",
        "horizons": {"long": block, "1y": _block(canada / 4, united_states / 5)},
        **block,
        "deal": _deal(title),
        "by_clause": _worth(canada, united_states),
        "situation": _situation(),
        "said": _said(),
        "law": [
            _law("STEEL", 0.50, 0.25, ["US.232.metals.2025-06"]),
            _law("ALUM", 0.50, 0.10, ["US.232.metals.2025-06"]),
            _law("AUTO", 0.11, 0.11, ["US.232.autos.2025-04", "US.USMCA"], estimated=True),
        ],
        "certificate": {
            "residual": 3.1e-12,
            "error_estimate": 4.4e-11,
            "closure": "fixed share of world income",
            "numeraire": "world value added",
            "evaluations": 14,
        },
        "provenance": {
            "reciprocity": "0.1.0",
            "python": "3.11.9",
            "numpy": "2.4.6",
            "economy": "canus_21x40",
            "economy_sha256": "ab" * 32,
            "regime_sha256": "cd" * 32,
            "deal_sha256": "ef" * 32,
            "command": "reciprocity value cases/canada_us_2025/deals/metals_for_energy.toml --on 2025-10-08",
            "python_snippet": "import reciprocity\nanswer = reciprocity.value('metals_for_energy', on='2025-10-08')",
        },
        "notes": ["Synthetic numbers: for tests of the report only.", "Services by partner are estimated."],
    }


def three() -> list[dict[str, Any]]:
    """Three deals: both gain, both gain more, both lose."""
    return [
        answer(),
        answer(title="All sectoral tariffs lifted (CUSMA as written)", canada=0.0087, united_states=0.0012),
        answer(title="CUSMA lapses: MFN and section 232", canada=-0.0142, united_states=-0.0021),
    ]


def _worth(canada: float, united_states: float) -> dict[str, Any]:
    def shared(part: float) -> dict[str, Any]:
        changes = {"CAN": canada * part, "USA": united_states * part}
        return {
            code: {"real_income_change": change, "real_income_musd": change * 1e6} for code, change in changes.items()
        }

    parts = {"steel": 0.9, "alum": -0.4, "pipeline": 0.5}
    clauses = [
        {"id": name, "giver": "USA", "sides": shared(part), "third_parties_musd": 0.0} for name, part in parts.items()
    ]
    return {"horizon": "long", "method": "shapley", "clauses": clauses, "total": shared(1.0)}


def _block(canada: float, united_states: float) -> dict[str, Any]:
    changes = {"CAN": canada, "USA": united_states}
    return {
        "sides": {side: _side(side, change) for side, change in changes.items()},
        "third_parties": [
            {"country": one.code, "name": one.en, "real_income_change": change, "real_income_musd": 9e5 * change}
            for place, one in enumerate(labels.regions())
            if one.code not in SIDES
            for change in [(-1) ** place * canada * 0.01 * (place % 5)]
        ],
        "sectors": [
            _sector(side, place, one, sign * change)
            for side, change, sign in (("CAN", canada, 1), ("USA", united_states, -1))
            for place, one in enumerate(labels.sectors())
        ],
    }


def _side(side: str, change: float) -> dict[str, Any]:
    income = {"CAN": 1.95e6, "USA": 24.8e6}[side]
    return {
        "name": SIDES[side],
        "real_income_change": change,
        "real_income_musd": change * income,
        "real_wage_change": change * 1.1,
        "tariff_revenue_musd": -2300.0 if side == "USA" else 40.0,
    }


def _sector(side: str, place: int, one: labels.Sector, change: float) -> dict[str, Any]:
    output = 8000.0 + 2900.0 * ((place * 7) % 11)
    moved = change * 12 * ((place * 5) % 9 - 3)
    if one.code in {"STEEL", "ALUM"}:
        moved = 55 * change
    return {
        "country": side,
        "sector": one.code,
        "name": one.en,
        "output_musd": output,
        "output_change": moved,
        "output_change_musd": moved * output,
        "exports_change_musd": moved * output * 0.6,
        "imports_change_musd": -moved * output * 0.2,
    }


def _deal(title: str) -> dict[str, Any]:
    return {
        "id": title.split(":", maxsplit=1)[0].lower().replace(" ", "_"),
        "title": title,
        "sides": ["CAN", "USA"],
        "sha256": "0123456789abcdef" * 4,
        "summary": "The United States halves its duties on metals; Canada adds a pipeline's worth of crude.",
        "clauses": [
            _border("cap", "STEEL", 0.25, "the United States holds its duty on steel from Canada to at most 25%"),
            _border("tariff", "ALUM", 0.10, "the United States sets its duty on aluminum from Canada at 10%"),
            {
                "id": "pipeline",
                "kind": "capacity",
                "giver": "CAN",
                "importer": "USA",
                "exporter": "CAN",
                "sector": "OILGAS",
                "capacity": {"value": 830.0, "unit": "thousand barrels a day", "source": "synthetic"},
                "words": "Canada permits 830 thousand barrels a day of new capacity for crude from Canada",
                "statement": "An idea, made up.",
                "source": "synthetic",
                "in_force": False,
            },
        ],
    }


def _border(kind: str, sector: str, rate: float, words: str) -> dict[str, Any]:
    return {
        "id": sector.lower(),
        "kind": kind,
        "giver": "USA",
        "importer": "USA",
        "exporter": "CAN",
        "sector": sector,
        "rate": rate,
        "measures": ["us.232.metals"],
        "words": words,
        "from": "2025-11-01",
        "statement": "A proposal, made up.",
        "source": "synthetic",
        "in_force": True,
    }


def _law(sector: str, before: float, after: float, measures: list[str], *, estimated: bool = False) -> dict[str, Any]:
    return {
        "importer": "USA",
        "exporter": "CAN",
        "sector": sector,
        "sector_name": labels.sector(sector).en,
        "rate_before": before,
        "rate_after": after,
        "measures": measures,
        "confidence": "P",
        "estimated": estimated,
    }


def _situation() -> list[dict[str, str]]:
    return [
        {
            "date": "2025-06-04",
            "text": "The United States raises its duty on steel and aluminum to 50%.",
            "source": "Proclamation 10947, 90 FR 24199",
            "confidence": "P",
        },
        {
            "date": "2025-10-07",
            "text": "The two leaders meet in Washington and ask for quick agreements on steel, aluminum and energy.",
            "source": "https://example.org/synthetic",
            "confidence": "S",
        },
    ]


QUOTE = "we will finish this work in the coming weeks"


def _said() -> list[dict[str, Any]]:
    def row(day: str, who: list[str], words: str, what: str, url: str) -> dict[str, Any]:
        return {"date": day, "who": who, "words": words, "what": what, "source": "A readout", "url": url}

    return [
        row("2025-10-07", ["A minister"], QUOTE, "finish", ""),
        row("2025-10-06", [], "", "meet again", "javascript:alert(1)"),
    ]
