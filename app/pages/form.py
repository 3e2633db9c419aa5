"""The filter form: every field as it was typed, and what is wrong with it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ..errors import FieldProblem
from ..profiles.facets import FACETS
from ..profiles.filter import DEFAULT_SORT, RANGES, CompanyFilter, Typed
from ..profiles.results import Option
from ..profiles.version import Version
from . import wording
from .choices import FacetField, facet_field
from .histograms import Histogram
from .range_fields import RangeField, range_field


class Facets(Struct, frozen=True):
    """What the data say beside the fields: facets with counts, and histograms by field.

    `counts` and `frequent` are by the facet's key, as `choices.facet_field` wants them.
    """

    counts: Mapping[str, Sequence[Option]]
    frequent: Mapping[str, Sequence[str]]
    histograms: Mapping[str, tuple[Histogram, ...]]


class Choice(Struct, frozen=True, gc=False):
    """One thing that can be picked."""

    value: str
    label: str
    chosen: bool


class Form(Struct, frozen=True, gc=False):
    """The filter form, as typed."""

    q: str
    ranges: tuple[RangeField, ...]
    bases: tuple[Choice, ...]
    facets: tuple[FacetField, ...]
    lacks: tuple[Choice, ...]
    unknown: bool
    hide_maybe: bool
    more: tuple[RangeField, ...]
    more_open: bool
    periods: tuple[Choice, ...]
    period: str
    currencies: tuple[Choice, ...]
    sort: str
    size: str
    cols: str
    chosen: tuple[str, ...]
    active: int
    problems: tuple[FieldProblem, ...]


def period_choices(version: Version, given: str) -> tuple[Choice, ...]:
    """The years to choose from, the latest first; none where all figures are of one.

    A year that is asked for and of which there is no figure is among them, as the last.
    """
    if len(version.years) < 2:
        return ()
    years = list(dict.fromkeys([*map(str, version.years), *([given] if given else [])]))
    return _choices([("", "latest of each figure"), *((year, year) for year in years)], given)


def currency_choices(version: Version) -> tuple[Choice, ...]:
    """The currencies to have amounts in; none where the data bring no rates."""
    if not version.rates.offered:
        return ()
    offered = ((one, one) for one in version.rates.offered)
    return _choices([("", "as stated"), *offered], version.chosen)


def _choices(offered: Iterable[tuple[str, str]], given: str) -> tuple[Choice, ...]:
    """What can be picked, by value and label, of which one is given."""
    return tuple(Choice(value, label, value == given) for value, label in offered)


def as_typed(asked: CompanyFilter) -> Typed:
    """A filter as its canonical query would be typed."""
    typed: dict[str, list[str]] = {}
    for name, value in asked.query():
        typed.setdefault(name, []).append(value)
    return typed


def make_form(
    typed: Typed,
    asked: CompanyFilter,
    version: Version,
    facets: Facets,
    problems: Sequence[FieldProblem],
) -> Form:
    """The form with what was typed, and beside each field what is wrong with it."""

    def last(name: str) -> str:
        return (typed.get(name) or ("",))[-1]

    beside: list[RangeField] = []
    more: list[RangeField] = []
    for field in (*RANGES, *(one.key for one in version.catalogue.own_listed)):
        drawn = facets.histograms.get(field, ())
        told = range_field(field, last, version, problems, drawn)
        (beside if told.histograms or field in RANGES else more).append(told)
    measures = ((measure.key, measure.label) for measure in version.catalogue)
    return Form(
        q=last("q"),
        ranges=tuple(beside),
        more=tuple(more),
        more_open=any(one.low or one.high for one in more),
        periods=period_choices(version, last("period")),
        period=last("period"),
        currencies=currency_choices(version),
        bases=_choices([("", "either basis"), *wording.BASES.items()], last("rd_basis")),
        facets=tuple(_facet_fields(typed, facets)),
        lacks=_choices(measures, last("lacks")),
        unknown=last("unknown") == "1",
        hide_maybe=last("maybe") == "0",
        sort=last("sort") if last("sort") != DEFAULT_SORT else "",
        size=last("size"),
        cols=last("cols"),
        chosen=asked.chosen,
        active=len(wording.chips(asked, version)),
        problems=tuple(problems),
    )


def _facet_fields(typed: Typed, facets: Facets) -> Iterator[FacetField]:
    for facet in FACETS:
        chosen = tuple(filter(None, dict.fromkeys(typed.get(facet.key, ()))))
        counted, frequent = facets.counts[facet.key], facets.frequent[facet.key]
        if field := facet_field(facet, counted, frequent, chosen):
            yield field
