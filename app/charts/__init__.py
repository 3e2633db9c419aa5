"""Charts as geometry: numbers into positions in percent. No web, no SQL, no colours."""
