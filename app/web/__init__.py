"""What serves requests below pages and API: caching, limits, headers, dependencies."""
