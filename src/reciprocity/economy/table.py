"""An inter-country input-output table as it is published: values, not shares."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reciprocity.errors import Fault, InputError

Array = NDArray[np.float64]

ARRAYS: dict[str, str] = {
    "trade": "NNJ",
    "tariff": "NNJ",
    "intermediate": "NJJ",
    "final": "NJC",
    "value_added": "NJV",
    "product_taxes": "NJ",
    "output": "NJ",
}
"""Every array of a table file and its axes: N regions, J sectors, C final categories, V value-added components."""
_NAMES = ("regions", "sectors", "final_categories", "value_added_components")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Values of one year at basic prices, million of the unit.

    Attributes:
        regions: N names.
        sectors: J names.
        final_categories: C names (households, government, investment, stocks).
        value_added_components: V names.
        trade: sales at basic prices (importer, exporter, sector); the diagonal is home sales.
        tariff: ad valorem rate in the base year, a fraction (importer, exporter, sector).
        intermediate: inputs bought from all origins together (country, input_sector, using_sector).
        final: final use from all origins together (country, sector, category).
        value_added: by component (country, sector, component).
        product_taxes: net taxes and margins on inputs (country, sector).
        output: gross output (country, sector).
        sha256: of the file it was read from, or of the arrays.
    """

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    final_categories: tuple[str, ...]
    value_added_components: tuple[str, ...]
    trade: Array
    tariff: Array
    intermediate: Array
    final: Array
    value_added: Array
    product_taxes: Array
    output: Array
    sha256: str = ""


def read_table(path: Path) -> Table:
    """Read a table file (.npz, no pickles). Raises InputError with every fault of its form."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            Fault(str(path), f"cannot be read: {error.strerror}", remedy="Give the path of a .npz table")
        ) from error
    return parse_table(content, where=str(path))


def parse_table(content: bytes, *, where: str) -> Table:
    """A table from the bytes of its file. Raises InputError with every fault of its form."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, KeyError) as error:
        seen = "is not a whole .npz file" if not content.startswith(b"PK") else f"is damaged or cut short ({error})"
        raise InputError(Fault(where, seen, remedy="Write it again with numpy.savez_compressed")) from error
    faults = _faults_of_form(arrays, where)
    if faults:
        raise InputError(faults)
    names = {key: tuple(str(name) for name in arrays[key]) for key in _NAMES}
    values = {key: np.asarray(arrays[key], dtype=np.float64) for key in ARRAYS}
    return Table(**names, **values, sha256=sha256(content).hexdigest())  # type: ignore[arg-type]


def _faults_of_form(arrays: dict[str, np.ndarray], where: str) -> list[Fault]:
    missing = [key for key in (*_NAMES, *ARRAYS) if key not in arrays]
    if missing:
        allowed = f"A table has {', '.join((*_NAMES, *ARRAYS))}"
        return [Fault(f"{where}: {key}", "is missing", allowed) for key in missing]
    size = dict(zip("NJCV", (len(arrays[key]) for key in _NAMES), strict=True))
    faults = []
    for key, axes in ARRAYS.items():
        shape = tuple(size[axis] for axis in axes)
        if arrays[key].shape != shape:
            faults.append(
                Fault(f"{where}: {key}", f"has shape {arrays[key].shape}", f"{shape} is expected from its names")
            )
        elif not np.issubdtype(arrays[key].dtype, np.number) or not np.all(np.isfinite(arrays[key])):
            faults.append(
                Fault(f"{where}: {key}", "has values that are not numbers", "Missing pairs are written as zeros")
            )
    faults += [
        Fault(f"{where}: {key}", "has a name twice", "Names are unique")
        for key in _NAMES
        if len({str(name) for name in arrays[key]}) < len(arrays[key])
    ]
    return faults
