"""The results: arrays labelled back into names, with where every number comes from."""
