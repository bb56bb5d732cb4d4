"""The negotiation: what each clause is worth, what would balance it, what both would sign."""
