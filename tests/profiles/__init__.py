"""Tests of `app.profiles`."""
