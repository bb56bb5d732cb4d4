"""Where a result comes from: versions, hashes of what went in, and the lines that reproduce it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import numpy as np

from reciprocity import __version__
from reciprocity.deal import Deal
from reciprocity.deal.cases import case_deals
from reciprocity.economy import ElasticitySet, shipped_sha256, sources
from reciprocity.regime import Regime


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything needed to get the same numbers again."""

    reciprocity: str
    python: str
    numpy: str
    machine: str
    economy: str
    economy_sha256: str
    elasticities: str
    regime_sha256: str
    deal_sha256: str
    command: str
    python_snippet: str


def provenance(deal: Deal, path: Path | None, law: Regime, theta: ElasticitySet, horizons: Sequence[str]) -> Provenance:
    """Provenance of a valuation made here and now."""
    name = deal.id if path in case_deals().values() else str(path) if path else f"{deal.id or 'deal'}.toml"
    known = f" --known {law.known}" if law.known else ""
    known_day = f", known=date.fromisoformat('{law.known}')" if law.known else ""
    asked = " ".join(f"--horizon {one}" for one in horizons)
    return Provenance(
        reciprocity=__version__,
        python=platform.python_version(),
        numpy=np.__version__,
        machine=f"{sys.platform} {platform.machine()}",
        economy=sources()["table"]["icio2022_21x40"]["title"],
        economy_sha256=shipped_sha256(),
        elasticities=theta.name,
        regime_sha256=law.sha256,
        deal_sha256=deal.sha256,
        command=f"reciprocity value {name} --on {law.on}{known} {asked} --elasticities {quote(theta.name)} --json",
        python_snippet=(
            "from datetime import date\nfrom reciprocity.flow import value\n"
            f"value('{name}', on=date.fromisoformat('{law.on}'){known_day}, horizons={tuple(horizons)}, "
            f"elasticity_set='{theta.name}').to_dict()"
        ),
    )
