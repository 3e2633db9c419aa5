"""Files in: each reader turns one format into validated values, with file and line for faults."""
