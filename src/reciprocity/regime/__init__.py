"""The regime: what the law is, on both sides, on any date, as known on any date."""
