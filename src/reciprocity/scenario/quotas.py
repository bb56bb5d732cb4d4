"""Quotas whose licences somebody has: bounds on volume in the model, priced by the last unit that comes in.

The law is settled with all the goods inside; what is beyond is the law without the quota. A sector's border is one
quota: the goods it is for come in up to their quantity, the others as they did in the base year. What sets a border's
two rates apart (see `shock_under`) stands between those of the two ends, by the part of the goods that is beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reciprocity.deal import Clause, Quota
from reciprocity.deal.apply import quantity
from reciprocity.economy.economy import Economy
from reciprocity.model.instruments import Scope, TariffQuota
from reciprocity.model.shock import Shock
from reciprocity.regime import Regime
from reciprocity.scenario.shocks import cell_of


def licensed(clauses: Sequence[Clause]) -> tuple[Quota, ...]:
    """The quotas among clauses that tell who has the licences."""
    return tuple(one for one in clauses if isinstance(one, Quota) and one.exporter_rent is not None)


def quota_bounds(
    economy: Economy, law: Regime, quotas: Sequence[Quota], *, inside: Shock, beyond: Shock
) -> tuple[list[TariffQuota], Shock]:
    """The bounds that quotas put on the economy's borders, and the shock below them.

    Args:
        economy: where the borders are.
        law: for the trade each quota is about.
        quotas: which; where two meet in one sector the first counts.
        inside: what law and clauses do with everything inside.
        beyond: what they do without the quotas.
    """
    assert inside.tariff is not None and inside.iceberg_hat is not None  # noqa: S101, PT018 - the scenario writes both
    assert beyond.tariff is not None and beyond.iceberg_hat is not None  # noqa: S101, PT018
    bounds: dict[tuple[int, int, int], TariffQuota] = {}
    cost = inside.iceberg_hat.copy()
    for one in quotas:
        for sector, (goods, part) in law.covered(quantity(one)).items():
            cell = cell_of(economy, one.importer, one.exporter, sector)
            duty, over = float(inside.tariff[cell]), float(beyond.tariff[cell])
            if cell in bounds or over <= duty + 1e-12:
                continue
            if np.isinf(beyond.iceberg_hat[cell]):
                over = np.inf
            else:
                left = max(1.0 - part, 0.0)
                cost[cell] *= (beyond.iceberg_hat[cell] / inside.iceberg_hat[cell]) ** left
            bounds[cell] = TariffQuota(
                Scope(one.importer, one.exporter, sector),
                quantity=1.0 - goods + goods * part,
                over_quota=over,
                exporter_share=one.exporter_rent or 0.0,
            )
    return list(bounds.values()), replace(inside, iceberg_hat=cost)
