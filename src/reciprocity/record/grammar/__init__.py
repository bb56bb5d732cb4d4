"""Sentences: words, quotes, verbs, and what stands around a verb."""
