"""The report: figures, tables and the brief."""
