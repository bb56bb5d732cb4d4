"""Characters and lines: from the bytes of a file to the paragraphs it says."""
