"""Tables as streams of records, whatever the format of their file."""
