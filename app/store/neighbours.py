"""The place of a company in a list, and who stands beside it.

In a list that no filter narrows, ordered by a measure, the ranking of the measure tells it; else
the whole list is laid in order.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.profiles.filter import CompanyFilter
from app.store.blocks import read_column, read_states
from app.store.codes import FIRST_KNOWN, LOW_OPEN, STATE
from app.store.columns import Column
from app.store.order import NEVER, Chosen, order_of
from app.store.ranked import Ranking, read_rankings
from app.store.snapshot import Snapshot
from app.store.texts import place_of_slug, slugs_at
from app.store.views import LATEST


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a company in a list of `shown`, counted from 1, and the slugs beside it."""

    position: int
    shown: int
    prev: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class _Beside:
    """How many companies stand before, and the places of those beside."""

    before: int
    prev: int | None
    next: int | None


def find_neighbours(snapshot: Snapshot, asked: CompanyFilter, slug: str) -> Neighbours | None:
    """The place of a company in the list of a filter; None where the list does not show it."""
    if (place := place_of_slug(snapshot, slug)) is None:
        return None
    shown = snapshot.edition.companies
    found = _by_rank(snapshot, asked, place)
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
    if place >= len(order.group) or order.group[place] == NEVER:
        return 0, None
    mark, listed = order.mark(place), order.group != NEVER
    behind = order.beyond(mark) & listed
    before = listed & ~behind
    before[place] = False
    prev = replace(order, backward=True).first(1, before)
    found = _Beside(int(np.count_nonzero(before)), _one(prev), _one(order.first(1, behind)))
    return int(np.count_nonzero(listed)), found


def _one(places: Chosen) -> int | None:
    return int(places[0]) if len(places) else None


def _by_rank(snapshot: Snapshot, asked: CompanyFilter, place: int) -> _Beside | None:
    """Who stands beside a company in the list of all; None where its ranking does not tell."""
    everybody = CompanyFilter(currency=asked.currency)
    key = asked.sort_key
    if asked.admission != everybody.admission or key == "name":
        return None
    ranking = read_rankings(snapshot, (key,)).get(key)
    if ranking is None or ranking.ranked < ranking.stating:
        return None
    (column,) = read_column(snapshot, LATEST, key, (place,))
    if int(column.states[place - column.start]) & STATE < FIRST_KNOWN:
        return _without(snapshot, ranking, place, descending=asked.descending)
    found = _with(ranking, column, place, descending=asked.descending)
    if found and found.next is None:
        return replace(found, next=_first_without(snapshot, key))
    return found


def _with(ranking: Ranking, column: Column, place: int, *, descending: bool) -> _Beside | None:
    """Beside a company with a figure; None where open bounds at its end change the order."""
    low = int(column.low[place - column.start])
    first, own, end = ranking.below(low), ranking.rank(low, place), ranking.through(low)
    beyond = (_end_of(ranking, end), _start_of(ranking, first))
    if _any_open(ranking, low, first - 1, end):
        return None
    if not descending:
        return _Beside(own, _place(ranking, own - 1), _place(ranking, own + 1))
    prev = _place(ranking, own - 1) if own > first else beyond[0]
    following = _place(ranking, own + 1) if own + 1 < end else beyond[1]
    return _Beside(ranking.ranked - end + own - first, prev, following)


def _any_open(ranking: Ranking, low: int | None, *ranks: int) -> bool:
    """Whether a lower end, or that of a company at a rank, is open for some that have it."""
    levels = [level for level, _ in ranking.at(ranks)] + ([] if low is None else [low])
    return bool(np.any(np.isin(ranking.low[ranking.has(LOW_OPEN)], levels)))


def _place(ranking: Ranking, rank: int) -> int | None:
    found = ranking.at([rank])
    return found[0][1] if found else None


def _end_of(ranking: Ranking, rank: int) -> int | None:
    """The last of those with the same lower end as the company of a rank."""
    level = ranking.at([rank])
    return _place(ranking, ranking.through(level[0][0]) - 1) if level else None


def _start_of(ranking: Ranking, rank: int) -> int | None:
    """The first of those with the same lower end as the company before a rank."""
    level = ranking.at([rank - 1])
    return _place(ranking, ranking.below(level[0][0])) if level else None


def _without(
    snapshot: Snapshot, ranking: Ranking, place: int, *, descending: bool
) -> _Beside | None:
    """Beside a company without a figure: these stand at the end, in the order of their places."""
    if _any_open(ranking, None, 0, ranking.ranked - 1):
        return None
    without = (read_states(snapshot, LATEST, ranking.key) & STATE) < FIRST_KNOWN
    earlier = np.nonzero(without[:place])[0]
    later = np.nonzero(without[place + 1 :])[0]
    if len(earlier):
        prev: int | None = int(earlier[-1])
    elif descending:
        prev = _end_of(ranking, 0)
    else:
        prev = _place(ranking, ranking.ranked - 1)
    following = int(later[0]) + place + 1 if len(later) else None
    return _Beside(ranking.ranked + len(earlier), prev, following)


def _first_without(snapshot: Snapshot, key: str) -> int | None:
    without = (read_states(snapshot, LATEST, key) & STATE) < FIRST_KNOWN
    return _one(np.nonzero(without)[0])
