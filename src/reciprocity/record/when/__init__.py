"""When: expressions of time and the windows they stand for."""
