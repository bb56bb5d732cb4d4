"""What is kept: plain text as the source of truth, reviews beside it, and an index to search."""
