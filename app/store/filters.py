"""Filters in SQL: the three-valued logic of `profiles.answer`, company by company.

Each criterion gives every company an answer, the number of its `Answer`; together they give the
least of these. To *select* companies plain comparisons are used, which databases evaluate several
times faster than the CASE that names the answer.
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
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

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
Answered: TypeAlias = ColumnElement[int]

BEYOND = "\U0010ffff"
"""Sorts after every character that a term can hold."""
YES, MAYBE, UNKNOWN, NO = (
    literal_column(str(one.value), Integer)
    for one in (Answer.YES, Answer.MAYBE, Answer.UNKNOWN, Answer.NO)
)


class least(GenericFunction[int]):  # noqa: N801 - the name of the SQL function
    """The least of several numbers."""

    type = Integer()
    inherit_cache = True


@compiles(least, "sqlite")
def _least_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"min({compiler.process(element.clauses, **options)})"


class Criterion(Struct, frozen=True):
    """What one criterion says of each company, in four ways.

    The conditions are false or NULL where they do not hold, and must not be negated: `yes` and
    `possible` (yes or maybe) are conditions that select, `not_no` also admits unknown.
    """

    answer: Answered
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
            yield _yes_or_no(self._is_found(wanted.q))
        if wanted.lacks:
            yield _yes_or_no(self.lacks(wanted.lacks))
        for facet, chosen in wanted.facets:
            yield self._facet(facet.key, chosen)
        for keys, bounds in wanted.ranges:
            yield self._range(keys, bounds)
        if wanted.period:
            there = self.view.c.n.is_not(None)
            yield Criterion(case((there, YES), else_=UNKNOWN), there, there, true())

    @property
    def answer(self) -> Answered:
        """What a company answers to all criteria together: the least answer."""
        answers = [one.answer for one in self.criteria]
        if not answers:
            return YES
        return answers[0] if len(answers) == 1 else least(*answers)

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

    def none_yet(self) -> Condition:
        """Whether a range is about a figure that is said not to exist yet, and about no other."""
        return or_(
            false(),
            *(
                and_(
                    *(self.low(key).is_(None) for key in keys),
                    or_(*(self.state(key).in_((NONE_YET, NONE_YET_BUT)) for key in keys)),
                )
                for keys, _ in self.filter.ranges
            ),
        )

    def other_currency(self) -> Condition:
        """Whether a range is about an amount in another currency."""
        return or_(
            false(),
            *(
                self.state(key) == IN_OTHER_CURRENCY
                for keys, _ in self.filter.ranges
                for key in keys
            ),
        )

    def _range(self, keys: Sequence[str], wanted: Range) -> Criterion:
        """The best answer of several measures: yes, maybe, no, then unknown."""
        inside = or_(*(self._inside(key, wanted) for key in keys))
        touching = or_(*(self._touches(key, wanted) for key in keys))
        unknown = and_(*(self.low(key).is_(None) for key in keys))
        answer = case((unknown, UNKNOWN), (inside, YES), (touching, MAYBE), else_=NO)
        return Criterion(answer, inside, touching, or_(unknown, touching))

    def _inside(self, key: str, wanted: Range) -> Condition:
        low, high = _halves(wanted)
        ends = [self.low(key) >= low] if low is not None else []
        return and_(*ends, *([self.high(key) <= high] if high is not None else []))

    def _touches(self, key: str, wanted: Range) -> Condition:
        low, high = _halves(wanted)
        ends = [self.high(key) >= low] if low is not None else []
        return and_(*ends, *([self.low(key) <= high] if high is not None else []))

    def _facet(self, key: str, chosen: Sequence[str]) -> Criterion:
        """A company without any value has no row: it answers unknown, or yes if just those are
        wanted.
        """
        stating = select(company_facet.c.n).where(company_facet.c.facet == key)
        values = [value for value in chosen if value != NOT_STATED]
        having = self.n.in_(stating.where(company_facet.c.value.in_(values))) if values else false()
        without = not_(self.n.in_(stating))
        wanted = or_(having, without) if NOT_STATED in chosen else having
        answer = case((wanted, YES), (without, UNKNOWN), else_=NO)
        return Criterion(answer, wanted, wanted, or_(having, without))

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


def _yes_or_no(condition: Condition) -> Criterion:
    return Criterion(case((condition, YES), else_=NO), condition, condition, condition)
