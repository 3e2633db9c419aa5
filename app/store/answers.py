"""What each filter answers, of every company at once: the logic of `profiles.answer` over columns.

Answers stand in the order of slugs, as the numbers of `Answer`; so the least of several is what
they answer together. What was asked last is kept, for a page asks the same many times.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

import numpy as np

from ..profiles.answer import Answer, Range
from ..profiles.facets import NOT_STATED
from ..profiles.filter import CompanyFilter
from ..profiles.search import identifier_term, words
from .blocks import read_chunks, read_columns, read_states, size_of
from .codes import (
    HIGH_ENDLESS,
    HIGH_OPEN,
    LACKING,
    LOW_ENDLESS,
    LOW_OPEN,
    STATE,
)
from .columns import REPORTED, Chosen, Chunk, Codes, Column, Flags, Places
from .filed import codes_of, read_filed, values_of
from .snapshot import Snapshot
from .texts import BEYOND, with_term

Answers: TypeAlias = Codes


class Part(Protocol):
    """Some companies that stand beside one another."""

    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


C = TypeVar("C", bound=Part)

_SWAPPED = np.array([Answer.UNKNOWN, Answer.NO, Answer.MAYBE, Answer.YES], np.uint8)
"""No and unknown in each other's place: of several bases an unknown one is worth least."""


def answers_to(snapshot: Snapshot, asked: CompanyFilter) -> Answers:
    """What every company answers to a filter: no beats unknown beats maybe beats yes."""

    def combine() -> Answers:
        answers = np.full(size_of(snapshot, asked.view), Answer.YES, np.uint8)
        for one in _each(snapshot, asked):
            np.minimum(answers, one[: len(answers)], out=answers)
        return answers

    given = (asked.q, asked.lacks, asked.period, *asked.facets, *asked.ranges)
    if len(list(filter(None, given))) == 1 and not asked.period:
        return next(_each(snapshot, asked))  # It is kept by itself.
    return snapshot.array(("answers", asked.admission.but(maybe=True, unknown=False)), combine)


def places_shown(snapshot: Snapshot, asked: CompanyFilter) -> Places:
    """The places of those whom the list shows, in rising order."""
    others = (Answer.MAYBE if asked.maybe else None, Answer.UNKNOWN if asked.unknown else None)
    shown = [Answer.YES, *(one for one in others if one is not None)]
    parts = [places_of(snapshot, asked, one) for one in shown]
    if len(few := [one for one in parts if len(one)]) < 2:
        return (*few, *parts)[0]

    def find() -> Places:
        answers = answers_to(snapshot, asked)
        flags = np.logical_or.reduce([answers == one for one in shown])
        return np.flatnonzero(flags).astype(np.uint32)

    return snapshot.array(("shown", asked.admission), find)


def places_of(snapshot: Snapshot, asked: CompanyFilter, answer: Answer) -> Places:
    """The places of those who answer so to a filter, in rising order."""
    bare = asked.admission.but(maybe=True, unknown=False)

    def find() -> Places:
        return np.flatnonzero(answers_to(snapshot, bare) == answer).astype(np.uint32)

    return snapshot.array(("places", bare, answer), find)


def by_chunk(places: Places, chunks: Iterable[C]) -> Iterator[tuple[C, Chosen]]:
    """Each chunk with those of the places that are in it, counted from its start."""
    for chunk in chunks:
        ends = np.array((chunk.start, chunk.stop), np.uint32)  # Of one kind, or all are copied.
        first, beyond = np.searchsorted(places, ends)
        yield chunk, np.subtract(places[first:beyond], chunk.start, dtype=np.intp)


def _each(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[Answers]:
    """One answer for each filter that is set."""
    if asked.q:
        yield snapshot.array(("search", asked.q), lambda: _is_found(snapshot, asked.q))
    if asked.lacks:
        yield snapshot.array(
            ("lacks", asked.view, asked.lacks), lambda: _yes_or_no(_lacks(snapshot, asked))
        )
    for facet, chosen in asked.facets:
        yield snapshot.array(
            ("facet", facet.key, chosen), partial(_facet, snapshot, facet.key, chosen)
        )
    for keys, wanted in asked.ranges:
        yield snapshot.array(
            ("range", asked.view, keys, wanted),
            partial(_range, snapshot, asked.view, keys, wanted),
        )
    if asked.period:
        reported = read_states(snapshot, asked.view, REPORTED) != 0
        yield np.where(reported, np.uint8(Answer.YES), np.uint8(Answer.UNKNOWN))


def range_answer(column: Column, wanted: Range) -> Answers:
    """What each company of a column answers to a range."""
    known, none = column.known, np.zeros(len(column.states), bool)
    below, above, inside = none, none, known
    low_ends, high_ends = (~column.has(bit) for bit in (LOW_ENDLESS, HIGH_ENDLESS))
    if wanted.low is not None:
        touching = (column.high == wanted.low) & column.has(HIGH_OPEN)
        below = high_ends & ((column.high < wanted.low) | touching)
        inside = inside & low_ends & (column.low >= wanted.low)
    if wanted.high is not None:
        touching = (column.low == wanted.high) & column.has(LOW_OPEN)
        above = low_ends & ((column.low > wanted.high) | touching)
        inside = inside & high_ends & (column.high <= wanted.high)
    answers = np.where(inside, np.uint8(Answer.YES), np.uint8(Answer.MAYBE))
    answers[below | above] = Answer.NO
    answers[~known] = Answer.UNKNOWN
    return answers


def _range(snapshot: Snapshot, view: str, keys: Sequence[str], wanted: Range) -> Answers:
    """The best answer among the bases that have a figure."""
    found = [np.zeros(0, np.uint8)]
    for chunks in read_columns(snapshot, view, keys):
        answers = [_range_of_chunk(chunk, wanted) for chunk in chunks]
        if len(answers) > 1:
            ranked = [_SWAPPED[one] for one in answers]
            answers = [_SWAPPED[np.maximum.reduce(ranked)]]
        found.append(answers[0])
    return np.concatenate(found)


def _range_of_chunk(chunk: Chunk, wanted: Range) -> Answers:
    """The same as `range_answer`: one number lies in the range or not, and most state just one."""
    known = chunk.known
    inside = known.copy()
    if wanted.low is not None:
        inside &= chunk.lows >= wanted.low
    if wanted.high is not None:
        inside &= chunk.lows <= wanted.high
    # No is 0; so yes where it is inside, unknown where it is not known.
    answers = inside.view(np.uint8) * np.uint8(Answer.YES)
    answers |= (~known).view(np.uint8) * np.uint8(Answer.UNKNOWN)
    if len(chunk.several):
        answers[chunk.several] = range_answer(chunk.ranging, wanted)
    return answers


def _yes_or_no(those: Flags) -> Answers:
    return those.view(np.uint8) * np.uint8(Answer.YES)  # No is 0.


def _lacks(snapshot: Snapshot, asked: CompanyFilter) -> Flags:
    """Whether no figure of the measure has a number, the headline or any further one."""
    measure = snapshot.edition.catalogue.get(asked.lacks)
    view = asked.view if measure and measure.listed else ""
    lacking: Flags = (read_states(snapshot, view, asked.lacks) & LACKING) != 0
    return lacking


def _facet(snapshot: Snapshot, key: str, chosen: tuple[str, ...]) -> Answers:
    """What `profiles.facets` answers of each company."""
    without = Answer.YES if NOT_STATED in chosen else Answer.UNKNOWN
    of_code = np.full(len(values_of(snapshot, key)), Answer.NO, np.uint8)
    of_code[codes_of(snapshot, key, chosen)] = Answer.YES
    found = [one.answers(of_code, without) for one in read_filed(snapshot, key)]
    if not found:  # Nobody has any.
        return np.full(size_of(snapshot, ""), without, np.uint8)
    return np.concatenate(found)


def _is_found(snapshot: Snapshot, query: str) -> Answers:
    """Every word begins a term, or the whole query is an identifier."""
    found = np.zeros(size_of(snapshot, ""), bool)
    asked = words(query)
    if not asked:
        return _yes_or_no(found)  # Nothing but signs: no company is named so.
    every = np.ones(len(found), bool)
    for word in asked:
        every &= with_term(snapshot, word, word + BEYOND, len(found))
    term = identifier_term(query)
    return _yes_or_no(every | with_term(snapshot, term, term + "\0", len(found)))


def states_at(snapshot: Snapshot, view: str, key: str, places: Places) -> Codes:
    """The states of a measure of the companies at some places, as numbers of `codes.STATES`."""
    chunks = read_chunks(snapshot, view, key)
    found = [chunk.states[those] & np.uint8(STATE) for chunk, those in by_chunk(places, chunks)]
    return np.concatenate([np.zeros(0, np.uint8), *found])
