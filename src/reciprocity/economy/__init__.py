"""The economy: tables, identities, calibration to shares. Knows no law and no people."""

from reciprocity.economy.areas import Area, Areas, area, area_notes, areas_of, countries_with_areas
from reciprocity.economy.calibrate import calibrate
from reciprocity.economy.economy import Economy
from reciprocity.economy.elasticities import ElasticitySet, elasticities, elasticity_names, sources
from reciprocity.economy.horizons import HORIZONS, Horizon, economy_at, horizon
from reciprocity.economy.identities import Identity, identities
from reciprocity.economy.shipped import default, shipped_sha256, shipped_table, small
from reciprocity.economy.table import Table, read_table

__all__ = [
    "HORIZONS",
    "Area",
    "Areas",
    "Economy",
    "ElasticitySet",
    "Horizon",
    "Identity",
    "Table",
    "area",
    "area_notes",
    "areas_of",
    "calibrate",
    "countries_with_areas",
    "default",
    "economy_at",
    "elasticities",
    "elasticity_names",
    "horizon",
    "identities",
    "read_table",
    "shipped_sha256",
    "shipped_table",
    "small",
    "sources",
]
