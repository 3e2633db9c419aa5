"""The currencies in which a page may show its amounts, each with the address that does. Pure."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from ..profiles.version import Version

STATED = "as stated"


class Amounts(Struct, frozen=True, gc=False):
    """One way to see the amounts of a page; the present one leads nowhere."""

    label: str
    href: str
    here: bool


def amounts_in(version: Version, href: Callable[[str], str]) -> tuple[Amounts, ...]:
    """As stated, then every currency that readers may choose; none where there are no rates."""
    return tuple(_choices(version, href))


def _choices(version: Version, href: Callable[[str], str]) -> Iterator[Amounts]:
    if version.rates.offered:
        for chosen in ("", *version.rates.offered):
            label = f"in {chosen}" if chosen else STATED
            yield Amounts(label, href(chosen), chosen == version.chosen)
