"""Tests of mappings from tables to companies."""
