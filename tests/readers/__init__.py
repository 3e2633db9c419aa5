"""Tests of `app.readers`."""
