"""What binds somebody, and how issues hang together."""
