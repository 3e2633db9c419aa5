"""Filters in SQL: the three-valued logic of `profiles.answer`, company by company.

Together, criteria give a company the least of the answers that each gives: no, unknown, maybe, yes.
To *select* companies plain comparisons are used, which databases evaluate several times faster
than the CASE that names the answer.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    false,
    literal_column,
    or_,
    select,
    true,
)

from ..profiles.answer import Answer, Range
from ..profiles.facets import NOT_STATED
from ..profiles.filter import CompanyFilter
from ..profiles.search import identifier_term, words
from .tables import (
    DERIVED,
    IN_OTHER_CURRENCY,
    NONE_YET,
    NONE_YET_BUT,
    STATED,
    company_facet,
    figure,
    search_term,
    wanted_half,
)
from .versions import Snapshot

Condition: TypeAlias = ColumnElement[bool]

NONE = (NONE_YET, NONE_YET_BUT)
"""The states of a figure that is said not to exist yet."""
BEYOND = "\U0010ffff"
"""Sorts after every character that a term can hold."""
YES, MAYBE, UNKNOWN, NO = (
    literal_column(str(one.value), Integer)
    for one in (Answer.YES, Answer.MAYBE, Answer.UNKNOWN, Answer.NO)
)


class Criterion(Struct, frozen=True):
    """Which companies answer a criterion with yes, with yes or maybe, and with anything but no.

    The conditions are false or NULL where they do not hold, and must not be negated.
    """

    yes: Condition
    possible: Condition
    not_no: Condition


class Filtered:
    """The companies of a snapshot in the view of a filter, with their answers to it."""

    def __init__(self, snapshot: Snapshot, filter: CompanyFilter) -> None:
        self.snapshot, self.filter = snapshot, filter
        view = snapshot.view(filter)
        # Every company has a row of its latest figures, but not of every year.
        self.base: FromClause = snapshot.tables.listing
        self.view: FromClause = snapshot.tables.of_year if view.year else self.base
        self.n: ColumnElement[int] = self.base.c.n
        self.whole: Condition = and_(self.base.c.year == 0, self.base.c.currency == view.currency)
        self.source: FromClause = self.base
        if view.year:
            same = and_(
                self.view.c.n == self.base.c.n,
                self.view.c.year == view.year,
                self.view.c.currency == view.currency,
            )
            self.source = self.base.outerjoin(self.view, same)

    def low(self, key: str) -> ColumnElement[int]:
        """The lower bound of a filterable measure in half steps."""
        return self.view.c[f"{key}_low"]

    def high(self, key: str) -> ColumnElement[int]:
        """The upper bound of a filterable measure in half steps."""
        return self.view.c[f"{key}_high"]

    def state(self, key: str) -> ColumnElement[str]:
        """The state of a filterable measure; NULL where a company reports nothing."""
        return self.view.c[f"{key}_state"]

    def lacks(self, key: str) -> Condition:
        """Whether a company has no number at all of a measure; never NULL."""
        measure = self.snapshot.version.catalogue.get(key)
        if measure and measure.listed:
            return or_(self.state(key).is_(None), self.state(key) == NONE_YET)
        known = and_(figure.c.measure == key, figure.c.state.in_([STATED, DERIVED]))
        return self.n.not_in(select(figure.c.n).where(known))

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion for each that the filter sets."""
        return tuple(self._criteria())

    def _criteria(self) -> Iterator[Criterion]:
        wanted = self.filter
        if wanted.q:
            yield _exactly(self._is_found(wanted.q))
        if wanted.lacks:
            yield _exactly(self.lacks(wanted.lacks))
        for facet, chosen in wanted.facets:
            yield self._facet(facet.key, chosen)
        for keys, bounds in wanted.ranges:
            yield self._range(keys, bounds)
        if wanted.period:
            there = self.view.c.n.is_not(None)
            yield Criterion(there, there, true())

    @property
    def answer(self) -> ColumnElement[int]:
        """What a company answers to all criteria together, as the number of its `Answer`."""
        every = self.criteria
        if not every:
            return YES
        return case(
            (and_(*(one.yes for one in every)), YES),
            (and_(*(one.possible for one in every)), MAYBE),
            (and_(*(one.not_no for one in every)), UNKNOWN),
            else_=NO,
        )

    def gives(self, answers: Collection[Answer]) -> Condition:
        """Whether a company gives one of these answers."""
        wanted = frozenset(answers)
        if wanted == {Answer.YES}:
            return and_(true(), *(one.yes for one in self.criteria))
        if wanted == {Answer.YES, Answer.MAYBE}:
            return and_(true(), *(one.possible for one in self.criteria))
        if wanted == {Answer.YES, Answer.MAYBE, Answer.UNKNOWN}:
            return and_(true(), *(one.not_no for one in self.criteria))
        return self.answer.in_([one.value for one in sorted(wanted)])

    @property
    def shown(self) -> tuple[Answer, ...]:
        """The answers of the companies that the list shows."""
        maybe = (Answer.MAYBE,) if self.filter.maybe else ()
        return (Answer.YES, *maybe, *((Answer.UNKNOWN,) if self.filter.unknown else ()))

    def select(self, *columns: ColumnElement[Any], answers: Collection[Answer]) -> Select[Any]:
        """Columns of the companies that give one of these answers."""
        return select(*columns).select_from(self.source).where(self.whole, self.gives(answers))

    def every(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Columns of all companies."""
        return select(*columns).select_from(self.source).where(self.whole)

    def lacks_a_range(self) -> Condition:
        """Whether no figure of a company can be compared with one of the ranges."""
        each = (and_(*(self.low(key).is_(None) for key in keys)) for keys, _ in self.filter.ranges)
        return or_(false(), *each)

    def none_yet(self) -> ColumnElement[int]:
        """1 where a range is about a figure that is said not to exist yet, and about no other."""
        found = [
            case(
                (and_(*(self.low(key).is_(None) for key in keys)), self._any_state(keys, NONE)),
                else_=0,
            )
            for keys, _ in self.filter.ranges
        ]
        return case((or_(false(), *(one == 1 for one in found)), 1), else_=0)

    def other_currency(self) -> ColumnElement[int]:
        """1 where a range is about an amount in another currency."""
        found = [
            case((self.low(key).is_(None), self._any_state([key], (IN_OTHER_CURRENCY,))), else_=0)
            for keys, _ in self.filter.ranges
            for key in keys
        ]
        return case((or_(false(), *(one == 1 for one in found)), 1), else_=0)

    def _any_state(self, keys: Sequence[str], states: Sequence[str]) -> ColumnElement[int]:
        """1 where a measure is in one of some states: looked at only where there is no bound, since
        comparing texts takes longest.
        """
        return case((or_(*(self.state(key).in_(states) for key in keys)), 1), else_=0)

    def _range(self, keys: Sequence[str], wanted: Range) -> Criterion:
        """The best answer of several measures: yes, maybe, no, then unknown."""
        inside = or_(*(self._inside(key, wanted) for key in keys))
        touching = or_(*(self._touches(key, wanted) for key in keys))
        unknown = and_(*(self.low(key).is_(None) for key in keys))
        return Criterion(inside, touching, or_(unknown, touching))

    def _inside(self, key: str, wanted: Range) -> Condition:
        low, high = _halves(wanted)
        ends = [self.low(key) >= low] if low is not None else []
        return and_(*ends, *([self.high(key) <= high] if high is not None else []))

    def _touches(self, key: str, wanted: Range) -> Condition:
        low, high = _halves(wanted)
        ends = [self.high(key) >= low] if low is not None else []
        return and_(*ends, *([self.low(key) <= high] if high is not None else []))

    def _facet(self, key: str, chosen: Sequence[str]) -> Criterion:
        """A company without any value has the row NOT_STATED: it answers unknown, or yes if that
        is wanted.
        """
        having = select(company_facet.c.n).where(company_facet.c.facet == key)
        wanted = self.n.in_(having.where(company_facet.c.value.in_(chosen)))
        among = (*chosen, NOT_STATED)
        not_no = self.n.in_(having.where(company_facet.c.value.in_(among)))
        return Criterion(wanted, wanted, not_no)

    def _is_found(self, query: str) -> Condition:
        """Every word begins a term, or the whole query is an identifier."""
        wanted = words(query)
        if not wanted:
            return false()  # Nothing but punctuation: no company is named so.
        term = search_term.c.term
        begun = (self._has_term(and_(term >= word, term < word + BEYOND)) for word in wanted)
        return or_(and_(*begun), self._has_term(term == identifier_term(query)))

    def _has_term(self, condition: Condition) -> Condition:
        return self.n.in_(select(search_term.c.n).where(condition))


def _halves(wanted: Range) -> tuple[int | None, int | None]:
    return (
        None if wanted.low is None else wanted_half(wanted.low),
        None if wanted.high is None else wanted_half(wanted.high),
    )


def _exactly(condition: Condition) -> Criterion:
    return Criterion(condition, condition, condition)
