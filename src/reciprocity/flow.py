"""The whole path, document to answer, in one screen."""
