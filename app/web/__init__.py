"""The web layer below pages and API: caching, limits, headers, dependencies of routes."""
