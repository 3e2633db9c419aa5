"""Times of many askings: their median, their 99th percentile, and what did not finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, isinf


@dataclass(frozen=True, slots=True)
class Sample:
    """Milliseconds, one for each asking; infinite where the answer took longer than the limit."""

    times: tuple[float, ...]
    limit: float
    """Seconds that one answer was waited for."""

    def quantile(self, share: float) -> float:
        """The least time that this share of the askings kept to; infinite without any."""
        if not self.times:
            return inf
        return sorted(self.times)[max(0, ceil(share * len(self.times)) - 1)]

    @property
    def median(self) -> float:
        return self.quantile(0.5)

    @property
    def p99(self) -> float:
        return self.quantile(0.99)

    def __str__(self) -> str:
        if isinf(self.median):
            return f"not finished within {self.limit:.0f} s"
        late = f"over {self.limit:.0f} s" if isinf(self.p99) else f"{readable(self.p99)} ms"
        return f"{readable(self.median)} ms, p99 {late} ({len(self.times)} requests)"


def readable(number: float) -> str:
    """A number in three digits or so, as people read it."""
    return (
        f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"
    )


def middle(numbers: Sequence[float]) -> float:
    """The median of numbers, one of them; infinite without any."""
    return Sample(tuple(numbers), 0).median
