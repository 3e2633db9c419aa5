"""The place of a company in a list, and who stands beside it.

In a list that no filter narrows, ordered by a measure, the ranking of the measure tells it; else
the whole list is laid in order.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.profiles.filter import CompanyFilter
from app.store.blocks import read_column, read_states
from app.store.codes import FIRST_KNOWN, LOW_OPEN, STATE
from app.store.columns import Chosen, Places
from app.store.order import order_of
from app.store.ranked import OPEN, Ranking, read_rankings
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


def _by_rank(snapshot: Snapshot, asked: CompanyFilter, place: int) -> _Beside | None:
    """Who stands beside a company in the list of all; None where its ranking does not tell."""
    key = asked.sort_key
    if asked.narrows or key == "name":
        return None
    ranking = read_rankings(snapshot, (key,)).get(key)
    if ranking is None or ranking.ranked < ranking.stating:
        return None
    (column,) = read_column(snapshot, LATEST, key, (place,))
    at = place - column.start
    if int(column.states[at]) & STATE < FIRST_KNOWN:
        return _without(snapshot, ranking, place, descending=asked.descending)
    low, opened = int(column.low[at]), bool(column.states[at] & LOW_OPEN)
    rank = ranking.rank(low, place + OPEN * opened)
    found = _falling(ranking, low, rank) if asked.descending else _rising(ranking, rank)
    return found if found.next is not None else replace(found, next=_first_without(snapshot, key))


def _rising(ranking: Ranking, rank: int) -> _Beside:
    return _Beside(rank, _place(ranking, rank - 1), _place(ranking, rank + 1))


def _falling(ranking: Ranking, low: int, rank: int) -> _Beside:
    """The same where the highest come first: of equal ones the open, and then still by place."""
    parts = _parts(ranking, low)
    (own,) = (place for place, part in enumerate(parts) if rank in part)
    before = ranking.ranked - ranking.through(low) + rank - parts[own].start
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
    found = ranking.at([rank])
    return _parts(ranking, found[0][0]) if found else []


def _parts(ranking: Ranking, low: int) -> list[range]:
    """The ranks of those with a lower end, as falling order has them: the open ones, the others."""
    closed = ranking.closed(low)
    parts = (range(closed, ranking.through(low)), range(ranking.below(low), closed))
    return [part for part in parts if part]


def _place(ranking: Ranking, rank: int) -> int | None:
    found = ranking.at([rank])
    return found[0][1] if found else None


def _without(snapshot: Snapshot, ranking: Ranking, place: int, *, descending: bool) -> _Beside:
    """Beside a company without a figure: these stand at the end, in the order of their places."""
    without = (read_states(snapshot, LATEST, ranking.key) & STATE) < FIRST_KNOWN
    earlier = np.nonzero(without[:place])[0]
    later = np.nonzero(without[place + 1 :])[0]
    last = _level(ranking, 0)[-1][-1] if descending else ranking.ranked - 1
    prev = int(earlier[-1]) if len(earlier) else _place(ranking, last)
    following = int(later[0]) + place + 1 if len(later) else None
    return _Beside(ranking.ranked + len(earlier), prev, following)


def _first_without(snapshot: Snapshot, key: str) -> int | None:
    without = (read_states(snapshot, LATEST, key) & STATE) < FIRST_KNOWN
    return _one(np.nonzero(without)[0])
