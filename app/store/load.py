"""Loading: a whole data set becomes a new generation beside the old one, or nothing changes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import batched, chain  # type: ignore[attr-defined]
