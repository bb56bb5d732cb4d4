"""Who is who in a document: names, pronouns, speaker labels."""
