"""What we know: figures, measures, companies and filters. No web, no SQL."""
