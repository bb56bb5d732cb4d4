"""Where a result comes from: versions, hashes of what went in, and the lines that reproduce it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

import numpy as np

from reciprocity import __version__


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


def provenance(
    *,
    economy: str,
    economy_sha256: str,
    elasticities: str,
    regime_sha256: str,
    deal_sha256: str,
    command: str,
    python_snippet: str,
) -> Provenance:
    """Provenance of a result made here and now."""
    return Provenance(
        reciprocity=__version__,
        python=platform.python_version(),
        numpy=np.__version__,
        machine=f"{sys.platform} {platform.machine()}",
        economy=economy,
        economy_sha256=economy_sha256,
        elasticities=elasticities,
        regime_sha256=regime_sha256,
        deal_sha256=deal_sha256,
        command=command,
        python_snippet=python_snippet,
    )
