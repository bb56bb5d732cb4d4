"""The economy: tables, identities, calibration to shares. Knows no law and no people."""
