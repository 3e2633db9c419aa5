"""Sourcebook: company profiles whose every figure is an interval with a source."""
