"""Who said what: attributions, and the statements made of them."""
