"""The place of a company in a list, and who stands beside it.

In a list that no filter narrows, ordered by a measure, the ranking of the measure tells it; else
the whole list is laid in order.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from .columns import Chosen, Flags, Places
from .lookup import without_figure
from .order import order_of
from .profiles import get_company
from .ranked import OPEN
from .rankings import Ranking, Rankings
from .snapshot import Snapshot
from .texts import place_of_slug, slugs_at


class Neighbours(Struct, frozen=True):
    """The place of a company in a list of `shown`, counted from 1, and the slugs beside it."""

    position: int
    shown: int
    prev: str | None
    next: str | None


class _Beside(Struct, frozen=True):
    """How many companies stand before, and the places of those beside."""

    before: int
    prev: int | None
    next: int | None


def find_neighbours(rankings: Rankings, asked: CompanyFilter, slug: str) -> Neighbours | None:
    """The place of a company in the list of a filter; None where the list does not show it."""
    snapshot = rankings.snapshot
    if (place := place_of_slug(snapshot, slug)) is None:
        return None
    shown = snapshot.edition.companies
    found = _by_rank(rankings, asked, slug, place)
    if found is None:
        shown, found = _in_order(snapshot, asked, place)
    if found is None:
        return None
    beside = [one for one in (found.prev, found.next) if one is not None]
    slugs: dict[int | None, str] = dict(slugs_at(snapshot, beside).items())
    return Neighbours(found.before + 1, shown, slugs.get(found.prev), slugs.get(found.next))


def _in_order(snapshot: Snapshot, asked: CompanyFilter, place: int) -> tuple[int, _Beside | None]:
    """How many companies a list shows, and who stands beside one; None where it is not shown."""
    order = order_of(snapshot, asked)
    if (own := order.number_of(place)) is None:
        return 0, None
    behind = order.beyond(order.mark(own))
    before = ~behind
    before[own] = False
    prev = replace(order, backward=True).first(1, before)
    following = order.first(1, behind)
    beside = (_one(order.places[found]) for found in (prev, following))
    return len(order.places), _Beside(int(np.count_nonzero(before)), *beside)


def _one(places: Chosen | Places) -> int | None:
    return int(places[0]) if len(places) else None


def _by_rank(rankings: Rankings, asked: CompanyFilter, slug: str, place: int) -> _Beside | None:
    """Who stands beside a company in the list of all; None where its ranking does not tell."""
    key, snapshot = asked.sort_key, rankings.snapshot
    if asked.narrows or key == "name":
        return None
    ranking = rankings.get(key)
    if ranking is None or ranking.outline.ranked < ranking.outline.stating:
        return None
    if (own := _comparable(snapshot, slug, key)) is None:
        return _without(snapshot, ranking, place, descending=asked.descending)
    low, opened = own.low or 0, own.low_open
    rank = ranking.rank(low, place + OPEN * opened)
    found = _falling(ranking, low, rank) if asked.descending else _rising(ranking, rank)
    return found if found.next is not None else replace(found, next=_first_without(snapshot, key))


def _comparable(snapshot: Snapshot, slug: str, key: str) -> Interval | None:
    """What a company states of a measure, unless it is an amount in another currency."""
    figure = get_company(snapshot, slug).headline(key)
    return figure.interval if figure.currency in (None, snapshot.edition.currency) else None


def _rising(ranking: Ranking, rank: int) -> _Beside:
    return _Beside(rank, _place(ranking, rank - 1), _place(ranking, rank + 1))


def _falling(ranking: Ranking, low: int, rank: int) -> _Beside:
    """The same where the highest come first: of equal ones the open, and then still by place."""
    parts = _parts(ranking, low)
    (own,) = (place for place, part in enumerate(parts) if rank in part)
    before = ranking.outline.ranked - ranking.through(low) + rank - parts[own].start
    before += sum(len(part) for part in parts[:own])
    higher = _level(ranking, ranking.through(low))
    lower = _level(ranking, ranking.below(low) - 1)
    ends = [*(part[-1] for part in higher), *(part[-1] for part in parts[:own])]
    starts = [*(part[0] for part in parts[own + 1 :]), *(part[0] for part in lower)]
    prev = rank - 1 if rank > parts[own].start else (ends[-1] if ends else -1)
    following = rank + 1 if rank + 1 < parts[own].stop else (starts[0] if starts else -1)
    return _Beside(before, _place(ranking, prev), _place(ranking, following))


def _level(ranking: Ranking, rank: int) -> list[range]:
    """The parts of the level to which a rank belongs; none where there is no such rank."""
    found = ranking.at(rank)
    return _parts(ranking, found[0]) if found else []


def _parts(ranking: Ranking, low: int) -> list[range]:
    """The ranks of those with a lower end, as falling order has them: the open ones, the others."""
    closed = ranking.closed(low)
    parts = (range(closed, ranking.through(low)), range(ranking.below(low), closed))
    return [part for part in parts if part]


def _place(ranking: Ranking, rank: int) -> int | None:
    found = ranking.at(rank)
    return found[1] if found else None


def _without(snapshot: Snapshot, ranking: Ranking, place: int, *, descending: bool) -> _Beside:
    """Beside a company without a figure: these stand at the end, in the order of their places."""
    without = without_figure(snapshot, ranking.key)
    earlier, later = without[:place], without[place + 1 :]
    last = _level(ranking, 0)[-1][-1] if descending else ranking.outline.ranked - 1
    before = _first(earlier[::-1])
    after = _first(later)
    return _Beside(
        ranking.outline.ranked + int(np.count_nonzero(earlier)),
        place - 1 - before if before is not None else _place(ranking, last),
        place + 1 + after if after is not None else None,
    )


def _first_without(snapshot: Snapshot, key: str) -> int | None:
    return _first(without_figure(snapshot, key))


def _first(those: Flags) -> int | None:
    """The first that is so, without a look at those behind it."""
    at = int(those.argmax()) if len(those) else 0
    return at if len(those) and those[at] else None
