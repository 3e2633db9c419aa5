"""The filter's answers in SQL: the same three-valued logic as `profiles.answer`, row by row.

An answer is the number of its `Answer`. Tests hold both against each other.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, and_, case, false, literal, or_, select, true

from app.profiles.answer import Answer, Range
from app.profiles.facets import NOT_STATED
from app.profiles.figure import State
from app.profiles.filter import CompanyFilter
from app.profiles.search import identifier_term, words
from app.store.snapshot import Snapshot
from app.store.tables import FOREIGN, company_facet, figure, listing, search_term

Condition = ColumnElement[bool]
Answered = ColumnElement[int]

BEYOND = "\U0010ffff"
"""Sorts after every character that a term can hold."""


def _is(answer: Answer) -> ColumnElement[int]:
    return literal(answer.value, Integer)


def known(snapshot: Snapshot, key: str) -> Condition:
    """Whether the listing holds a comparable number of the measure."""
    return snapshot.part(key, "state").in_([State.STATED, State.DERIVED])


def measure_answer(snapshot: Snapshot, key: str, wanted: Range) -> Answered:
    """What one measure answers to a range."""
    low, high = snapshot.part(key, "low"), snapshot.part(key, "high")
    low_open, high_open = snapshot.part(key, "low_open"), snapshot.part(key, "high_open")
    outside: list[Condition] = [false()]
    inside: list[Condition] = [true()]
    if wanted.low is not None:
        outside += [high < wanted.low, and_(high == wanted.low, high_open)]
        inside += [low >= wanted.low]
    if wanted.high is not None:
        outside += [low > wanted.high, and_(low == wanted.high, low_open)]
        inside += [high <= wanted.high]
    # A comparison with a NULL bound is neither true nor false: such an end is infinite.
    return case(
        (~known(snapshot, key), _is(Answer.UNKNOWN)),
        (or_(*outside), _is(Answer.NO)),
        (and_(*inside), _is(Answer.YES)),
        else_=_is(Answer.MAYBE),
    )


def best_of(answers: Sequence[Answered]) -> Answered:
    """The best answer among the bases that have a figure."""
    if len(answers) == 1:
        return answers[0]
    ranked = (Answer.YES, Answer.MAYBE, Answer.NO)
    return case(
        *((or_(*(one == rank.value for one in answers)), _is(rank)) for rank in ranked),
        else_=_is(Answer.UNKNOWN),
    )


def all_of(answers: Sequence[Answered]) -> Answered:
    """Several filters at once: no beats unknown beats maybe beats yes."""
    ranked = (Answer.NO, Answer.UNKNOWN, Answer.MAYBE)
    return case(
        *((or_(false(), *(one == rank.value for one in answers)), _is(rank)) for rank in ranked),
        else_=_is(Answer.YES),
    )


def answers_of(snapshot: Snapshot, asked: CompanyFilter) -> list[Answered]:
    """One answer for each filter that is set."""
    answers = [_yes_or_no(condition) for condition in _plain_conditions(snapshot, asked)]
    answers += [_facet(snapshot, facet.key, chosen) for facet, chosen in asked.facets]
    answers += [
        best_of([measure_answer(snapshot, key, wanted) for key in keys])
        for keys, wanted in asked.ranges
    ]
    if asked.period:
        answers.append(case((listing.c.reported, _is(Answer.YES)), else_=_is(Answer.UNKNOWN)))
    return answers


def none_yet(snapshot: Snapshot, asked: CompanyFilter) -> Condition:
    """Whether a range filter meets a figure that is said not to exist yet, and no other."""
    return or_(
        false(),
        *(
            and_(
                ~or_(*(known(snapshot, key) for key in keys)),
                or_(*(snapshot.part(key, "state") == State.NONE for key in keys)),
            )
            for keys, _ in asked.ranges
        ),
    )


def foreign(snapshot: Snapshot, asked: CompanyFilter) -> Condition:
    """Whether a range filter meets an amount in another currency."""
    return or_(
        false(),
        *(snapshot.part(key, "state") == FOREIGN for keys, _ in asked.ranges for key in keys),
    )


def _yes_or_no(condition: Condition) -> Answered:
    return case((condition, _is(Answer.YES)), else_=_is(Answer.NO))


def _plain_conditions(snapshot: Snapshot, asked: CompanyFilter) -> list[Condition]:
    found = [_is_found(snapshot, asked.q)] if asked.q else []
    if asked.lacks:
        found.append(lacks(snapshot, asked.lacks))
    return found


def _is_found(snapshot: Snapshot, query: str) -> Condition:
    """Every word begins a term, or the whole query is an identifier."""
    asked = words(query)
    if not asked:
        return false()  # Nothing but signs: no company is named so.
    term = search_term.c.term
    begun = (_has_term(snapshot, and_(term >= word, term < word + BEYOND)) for word in asked)
    return or_(and_(*begun), _has_term(snapshot, term == identifier_term(query)))


def _has_term(snapshot: Snapshot, condition: Condition) -> Condition:
    having = select(search_term.c.slug).where(snapshot.of(search_term), condition)
    return listing.c.slug.in_(having)


def lacks(snapshot: Snapshot, key: str) -> Condition:
    """Whether no figure of the measure has a number, the headline or any further one."""
    measure = snapshot.edition.catalogue.get(key)
    if measure and measure.listed:
        return snapshot.part(key, "lacking").is_(True)
    has_number = figure.c.state.in_([State.STATED, State.DERIVED])
    of_measure = and_(snapshot.of(figure), figure.c.measure == key, has_number)
    return listing.c.slug.not_in(select(figure.c.slug).where(of_measure))


def _facet(snapshot: Snapshot, key: str, chosen: tuple[str, ...]) -> Answered:
    """What `profiles.facets` answers: a company without any value has no row."""
    of_facet = and_(snapshot.of(company_facet), company_facet.c.facet == key)
    stating = select(company_facet.c.slug).where(of_facet)
    having = stating.where(company_facet.c.value.in_(chosen))
    return case(
        (listing.c.slug.in_(having), _is(Answer.YES)),
        (listing.c.slug.in_(stating), _is(Answer.NO)),
        else_=_is(Answer.YES if NOT_STATED in chosen else Answer.UNKNOWN),
    )
