"""How many connections a process holds at most; who may have one is decided before."""

CONNECTIONS = 16
"""Connections that one process holds at most."""

OVERFLOW = 8
"""Connections beyond those, for error pages and probes, which wait for no slot."""
