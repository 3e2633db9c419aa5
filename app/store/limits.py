"""How many database connections a process holds; who may have one is decided in `app.web`."""

CONNECTIONS = 16
"""Connections that one process keeps at most."""

OVERFLOW = 8
"""Connections beyond those, for error pages and probes, which wait for no slot."""
