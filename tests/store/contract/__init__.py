"""The contract of the store: every question, held against a plain model over values."""
