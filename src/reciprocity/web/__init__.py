"""The web app: the live table."""
