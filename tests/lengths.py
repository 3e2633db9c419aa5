"""Lengths of tests that wait or draw examples: short in `make test`, long in `make test-long`."""

import os
from typing import Final

LONG: Final = os.environ.get("TEST_LONG") == "1"
"""Whether each of them runs in its long form."""


def examples(short: int) -> int:
    """The number of examples that a property is tried on; forty times as many in the long form."""
    return 40 * short if LONG else short
