"""One file a noun: each answers with a page, and with the same as JSON or CSV where its address ends so."""
