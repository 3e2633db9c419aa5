"""The figures of one company as its profile shows them: each measure's headline, then the rest."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ..profiles.company import Company
from ..profiles.figure import Figure, State
from ..profiles.interval import Interval
from ..profiles.measures import BUILT_IN, LISTED, Catalogue, Measure
from ..profiles.results import Known, Spot
from ..profiles.version import Version
from .accounts import Agreed, agreement_of, with_reason
from .cells import Cell, currency_words, make_cell, note_anchor
from .formatting import write_period

MOST_BESIDE = 3
"""Further figures that stand beside a headline; of more, those of other years stand below only."""


class Shown(Struct, frozen=True, gc=False):
    """A measure of the company: its headline, when it is from, and every further figure. Its
    `period` also tells whether an amount was converted.

    One that is `below` stands in the table of sources alone, which then holds its anchor.
    """

    label: str
    basis: str | None
    cell: Cell
    period: str
    dated: str
    others: tuple["Shown", ...] = ()
    below: bool = False
    agreement: tuple[Agreed, ...] = ()
    """How its sources agree, where several tell it."""


class Figures:
    """The figures of one company, ready to be printed; `address` is that of its profile."""

    def __init__(self, company: Company, version: Version, address: str) -> None:
        self.company, self.version, self.address = company, version, address
        self.catalogue: Catalogue = version.catalogue
        self._made: dict[str, Shown] = {}

    def shown(self, key: str) -> Shown:
        """A measure with all its figures, made once: it stands on top and in the ledger."""
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def _make(self, key: str) -> Shown:
        measure = self.catalogue[key]
        first, *others = self.company.all_of(key)
        many = len(others) > MOST_BESIDE
        further = tuple(
            replace(self._one(one, measure, place), below=many and _of_other_years(one, first))
            for place, one in enumerate(others, 1)
        )
        shown = self._one(first, measure, 0)
        return replace(
            shown,
            cell=with_reason(shown.cell, self.company, self.version),
            others=further,
            agreement=agreement_of(self.company, measure, self.version),
        )

    def _one(self, figure: Figure, measure: Measure, place: int) -> Shown:
        named = measure
        if place:
            label = f"{measure.label}, {self._distinction(figure, place)}"
            named = replace(measure, label=label)
        anchor = note_anchor(measure.key, place)
        url = f"{self.address}#{anchor}"
        cell = make_cell(figure, named, self.company.name, self.version, anchor, url=url)
        dated = keep_together(cell.note.period) if cell.note else ""
        told = (period_of(figure), currency_words(figure, self.version))
        period = ", ".join(filter(None, told))
        return Shown(named.label, measure.basis, cell, period, dated)

    def _distinction(self, figure: Figure, place: int) -> str:
        """What tells a further figure from the others of its measure: its period, if it alone."""
        labels = [one.period.label for one in self.company.all_of(figure.measure) if one.period]
        if figure.period and labels.count(figure.period.label) == 1:
            return figure.period.label
        number = f"figure {place + 1}"
        return f"{figure.period.label}, {number}" if figure.period else number

    def own(self) -> tuple[Shown, ...]:
        """What is stated of the data set's own measures."""
        stated = {figure.measure for figure in self.company.figures}
        return tuple(self.shown(one.key) for one in self.catalogue.own if one.key in stated)

    def ledger(self) -> Iterator[Shown]:
        """Every figure for the table of sources; of the built-in measures also the unknown."""
        stated = {figure.measure for figure in self.company.figures}
        for measure in self.catalogue:
            if measure in BUILT_IN or measure.key in stated:
                shown = self.shown(measure.key)
                yield shown
                yield from shown.others

    def comparable(self) -> dict[str, Interval]:
        """The figures that can be compared with those of other companies, by listed measure."""
        headlines = [self.company.headline(measure.key) for measure in LISTED]
        return {
            figure.measure: figure.interval
            for figure in headlines
            if figure.interval and figure.currency in (None, self.version.currency)
        }

    def spot(self) -> Spot:
        """The company as charts draw it."""
        comparable = self.comparable()
        known = {
            measure.key: _known(self.company.headline(measure.key), comparable.get(measure.key))
            for measure in LISTED
        }
        return Spot(self.company.slug, self.company.name, known)


def _of_other_years(one: Figure, first: Figure) -> bool:
    """Whether both are dated and not of one year."""
    return bool(one.period and first.period and one.period.end.year != first.period.end.year)


def _known(figure: Figure, comparable: Interval | None) -> Known:
    foreign = figure.known and comparable is None
    return Known(comparable, figure.state is State.NONE, foreign)


def period_of(figure: Figure) -> str:
    """When a figure is from, or that it is worked out; nothing of one that is not stated."""
    if figure.state is State.UNKNOWN:
        return ""
    if figure.derivation and not figure.period:
        return "worked out"
    return keep_together(write_period(figure.period, figure.published))


def keep_together(dated: str) -> str:
    """The same words, to be broken behind a comma alone."""
    return dated.replace(" ", "\u00a0").replace(",\u00a0", ", ")
