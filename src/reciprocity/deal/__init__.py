"""The deal: a list of clauses, each with who, what, value, dates and the statement it rests on."""
