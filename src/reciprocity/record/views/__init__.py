"""What is asked of a record: due, positions, contradictions, differences, and other programs' forms."""
