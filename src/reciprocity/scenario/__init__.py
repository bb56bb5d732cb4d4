"""The scenario: names and dates compiled into arrays, the only place that does."""
