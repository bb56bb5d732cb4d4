"""The record: who said and promised what, word for word, and what became of it."""
