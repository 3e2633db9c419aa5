"""What programs see: JSON, CSV, headers, and the answers to what cannot be read."""
