"""Tables in: a CSV, TSV, JSON, JSON Lines or XLSX file, packed or not, as a stream of records."""
