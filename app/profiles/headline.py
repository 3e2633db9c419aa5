"""Which figures a company ends up with: those stated, those worked out, and in which order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain

from .figure import Figure, State
from .interval import Interval, divide
from .measures import Catalogue, Kind, Measure
from .notation import domain_words


class Contradiction(ValueError):
    """Two stated figures that cannot both be right; `measure` is the first of them."""

    def __init__(self, measure: str, message: str) -> None:
        self.measure = measure
        super().__init__(message)


class Reason(StrEnum):
    """What puts a measure's headline before the figure that comes next."""

    ONLY = "only"
    LATEST = "latest"
    DATED = "dated"
    STATED = "stated"
    PREFERRED = "preferred"
    FIRST = "first"


def complete(
    stated: Iterable[Figure], catalogue: Catalogue, prefer: Sequence[str] = ()
) -> tuple[Figure, ...]:
    """The stated figures and all that follow from them, each measure's headline first.

    A later period comes before an earlier one, a dated figure before an undated one; of one period
    a stated one before a derived one, then the one whose source comes first in `prefer`; else the
    order given stays. Where all that is stated is undated, it comes before what is derived. Nothing
    is left out. A quotient is worked out for every period of which both its parts are known; where
    they share none, of their undated figures, else of their headlines; of amounts only in one
    currency. Raises Contradiction where
    two figures of one period make one that cannot be.
    """
    ordered = _by_measure(_preferred(stated, prefer), catalogue)
    for measure, quotient in catalogue.worked_out:
        tops, bottoms = ordered.get(quotient.top), ordered.get(quotient.bottom)
        if not tops or not bottoms:
            continue
        found = ordered[measure.key]
        for pair in _pairs(tops, bottoms):
            if figure := _worked_out(measure, *pair, catalogue):
                found.append(figure)
        if len(found) > 1:
            found.sort(key=_stated_first if _undated(found) else _latest_first)
    return tuple(chain.from_iterable(map(ordered.__getitem__, catalogue.keys)))


def why_first(figures: Sequence[Figure], prefer: Sequence[str] = ()) -> Reason:
    """Why the first of a measure's figures speaks for it, by the rules of `complete`.

    It is the first rule that tells the first figure from the second: the period, stated before
    worked out, the order of sources; FIRST where none does and the order of the files decides.
    """
    if len(figures) < 2:
        return Reason.ONLY
    first, second = figures[:2]
    earlier = _latest_first(first) < _latest_first(second)
    if earlier:
        return Reason.LATEST if second.period else Reason.DATED
    if first.derivation is None and second.derivation is not None:
        return Reason.STATED
    rank = _rank(prefer)
    return Reason.PREFERRED if rank(first) < rank(second) else Reason.FIRST


def inputs_of(
    figure: Figure, figures: Iterable[Figure], catalogue: Catalogue
) -> tuple[Figure, Figure] | None:
    """The two figures of a company, out of all it has, that one of them was worked out from."""
    measure = catalogue[figure.measure]
    quotient = catalogue.quotient_of(measure)
    if figure.derivation is None or quotient is None:
        return None
    every = tuple(figures)
    tops, bottoms = (
        [one for one in every if one.measure == key] for key in (quotient.top, quotient.bottom)
    )
    pairs = _pairs(tops, bottoms)
    return next(
        (pair for pair in pairs if _derivation(*pair, catalogue) == figure.derivation), None
    )


def _preferred(stated: Iterable[Figure], prefer: Sequence[str]) -> Iterable[Figure]:
    """The figures of preferred sources first; the others stay in the order given."""
    return sorted(stated, key=_rank(prefer)) if prefer else stated


def _rank(prefer: Sequence[str]) -> Callable[[Figure], int]:
    """The place of a figure's source in the order; what is not in it comes behind."""
    places = {source: place for place, source in enumerate(prefer)}
    return lambda figure: places.get(figure.source or "", len(places))


def _pairs(tops: Sequence[Figure], bottoms: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The first figures of each period that both have, the latest period first.

    Of amounts in several currencies the first two in one: euros over dollars are no share.
    """
    if len(tops) == 1 and len(bottoms) == 1:
        if _divisible(tops[0], bottoms[0]):
            yield tops[0], bottoms[0]
        return
    by_top, by_bottom = _by_end(tops), _by_end(bottoms)
    shared = sorted(by_top.keys() & by_bottom.keys(), reverse=True)
    of_each: list[tuple[Sequence[Figure], Sequence[Figure]]]
    of_each = [(by_top[end], by_bottom[end]) for end in shared] or [_of_no_time(tops, bottoms)]
    for those, these in of_each:
        fitting = ((top, bottom) for top in those for bottom in these if _divisible(top, bottom))
        if pair := next(fitting, None):
            yield pair


def _of_no_time(
    tops: Sequence[Figure], bottoms: Sequence[Figure]
) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """The undated figures of both; where one has none, the headlines."""
    undated = [[one for one in figures if not one.period] for figures in (tops, bottoms)]
    return (undated[0], undated[1]) if all(undated) else (tops[:1], bottoms[:1])


def _by_end(figures: Sequence[Figure]) -> dict[date, list[Figure]]:
    """The dated figures by the last day of their period."""
    found: dict[date, list[Figure]] = {}
    for figure in figures:
        if figure.period:
            found.setdefault(figure.period.end, []).append(figure)
    return found


def _divisible(top: Figure, bottom: Figure) -> bool:
    """Whether two figures are amounts of one currency, or not both amounts."""
    one, other = top.currency, bottom.currency
    return one is None or other is None or one == other


def _by_measure(stated: Iterable[Figure], catalogue: Catalogue) -> dict[str, list[Figure]]:
    ordered: dict[str, list[Figure]] = {key: [] for key in catalogue.keys}
    for figure in stated:
        ordered[figure.measure].append(figure)
    for figures in ordered.values():
        if len(figures) > 1:
            figures.sort(key=_latest_first)
    return ordered


def _latest_first(figure: Figure) -> int:
    end = figure.period.end if figure.period else date.min
    return -end.toordinal()


def _undated(figures: Sequence[Figure]) -> bool:
    """Whether something is stated, and none of it dated."""
    stated = [one for one in figures if one.state is not State.DERIVED]
    return bool(stated) and not any(one.period for one in stated)


def _stated_first(figure: Figure) -> tuple[bool, int]:
    return figure.derivation is not None, _latest_first(figure)


def _worked_out(
    measure: Measure, top: Figure, bottom: Figure, catalogue: Catalogue
) -> Figure | None:
    """The quotient of two figures: from none it is none, from unknown there is none."""
    together = _same_period(top, bottom)
    if top.state is State.NONE or bottom.state is State.NONE:
        return _made(measure, top, bottom, catalogue, None)
    assert top.interval is not None
    assert bottom.interval is not None
    scale = quotient_scale(measure, top, bottom, catalogue)
    if together and _exceeds(top.interval, bottom.interval, scale, measure):
        pair = " is more than fits ".join(_input(one, catalogue) for one in (top, bottom))
        limits = f"{measure.label} can be {domain_words(measure)}"
        raise Contradiction(top.measure, f"{pair}: {limits}")
    interval = divide(top.interval, bottom.interval, scale, measure.domain)
    return _made(measure, top, bottom, catalogue, interval) if interval else None


def _made(
    measure: Measure, top: Figure, bottom: Figure, catalogue: Catalogue, interval: Interval | None
) -> Figure:
    """The figure that is worked out from two, with its number or none yet."""
    published = top.published
    if bottom.published and (not published or bottom.published > published):
        published = bottom.published
    return Figure(
        measure.key,
        State.DERIVED if interval else State.NONE,
        interval,
        top.currency if measure.kind is Kind.MONEY else None,
        top.period if _same_period(top, bottom) else None,
        published,
        source=top.source if top.source == bottom.source else None,
        derivation=_derivation(top, bottom, catalogue),
    )


def quotient_scale(measure: Measure, top: Figure, bottom: Figure, catalogue: Catalogue) -> Fraction:
    """What a quotient of storage units is multiplied by, to be in those of the measure."""
    return _scale(measure.kind, catalogue[top.measure].kind, catalogue[bottom.measure].kind)


@cache
def _scale(kind: Kind, top: Kind, bottom: Kind) -> Fraction:
    return Fraction(kind.scale * bottom.scale, top.scale)


def _same_period(one: Figure, other: Figure) -> bool:
    """Whether two figures are of periods that end together, or both undated."""
    if one.period is None or other.period is None:
        return one.period is other.period
    return one.period.end == other.period.end


def _exceeds(top: Interval, bottom: Interval, scale: Fraction, measure: Measure) -> bool:
    """Whether even the least quotient lies above the domain: then one of the two is wrong."""
    limit = measure.domain.high
    if limit is None or top.low is None or bottom.high is None:
        return False
    least, most = top.low * scale, Fraction(limit) * bottom.high
    return least > most or (least == most > 0 and (top.low_open or bottom.high_open))


def _derivation(top: Figure, bottom: Figure, catalogue: Catalogue) -> str:
    """The formula and its inputs with their periods, in words."""
    formula = f"{catalogue[top.measure].label} ÷ {catalogue[bottom.measure].label}"
    return f"{formula}: {_input(top, catalogue)} over {_input(bottom, catalogue)}"


def _input(figure: Figure, catalogue: Catalogue) -> str:
    dated = figure.period.label if figure.period else "undated"
    stated = figure.as_stated if figure.interval else "none yet"
    return f"{dated} {_plain(catalogue[figure.measure].label)} ({stated})"


@lru_cache(maxsize=256)
def _plain(label: str) -> str:
    return label if label.startswith("R&D") else label.lower()
