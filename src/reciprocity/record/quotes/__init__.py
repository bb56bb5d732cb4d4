"""The quote check: whether words are in a document, and what was changed."""
