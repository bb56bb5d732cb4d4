"""Rewrite the expected result beside every case. The difference is the review: read it before you commit it.

uv run python scripts/golden.py
"""

from __future__ import annotations

import json
from datetime import date

from reciprocity.deal.cases import case_deals
from reciprocity.files import write_atomically
from reciprocity.flow import value

DAYS = (date(2025, 10, 8), date(2026, 9, 29))
KEPT = ("real_income_change", "real_income_musd", "real_wage_change", "tariff_revenue_musd")


def main() -> None:
    for name, path in case_deals().items():
        rows = []
        for day in DAYS:
            answer = value(name, on=day).to_dict()
            sides = {code: {key: side[key] for key in KEPT} for code, side in answer["sides"].items()}
            rows.append({"on": answer["on"], "known": answer["known"], "elasticities": "default", "sides": sides})
            print(name, day, {code: f"{side['real_income_change']:+.6f}" for code, side in sides.items()})
        write_atomically(path.with_suffix(".expected.json"), json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
