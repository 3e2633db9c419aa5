"""The currencies in which a page may show its amounts, each with the address that does. Pure."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from ..store.snapshot import Edition

STATED = "as stated"


class Amounts(Struct, frozen=True, gc=False):
    """One way to see the amounts of a page; the present one leads nowhere."""

    label: str
    href: str
    here: bool


def amounts_in(edition: Edition, href: Callable[[str], str]) -> tuple[Amounts, ...]:
    """As stated, then every currency that readers may choose; none where there are no rates."""
    return tuple(_choices(edition, href))


def _choices(edition: Edition, href: Callable[[str], str]) -> Iterator[Amounts]:
    if edition.rates.offered:
        for chosen in ("", *edition.rates.offered):
            label = f"in {chosen}" if chosen else STATED
            yield Amounts(label, href(chosen), chosen == edition.chosen)
