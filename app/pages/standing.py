"""The leading figures of a profile: each with its rank in words and its strip."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ..charts.scales import scale_over
from ..charts.strips import Strip, bin_edges, draw_heaps, draw_strip, heap_up
from ..profiles.figure import State
from ..profiles.interval import Interval
from ..profiles.measures import Catalogue, Measure
from ..profiles.results import Standing
from ..store.standing import count_between, find_figures, find_standings
from ..store.versions import Snapshot
from .shown import Figures, Shown

LEADING = ("revenue", "employees", "revenue_per_employee", "countries")
RANKED = (*LEADING, "rd_share_staff", "rd_share_revenue")
"""The measures that are ranked; a share is ranked on its own basis alone."""
DRAWN = 300
"""Companies that a strip draws one by one; more are counted in heaps."""
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


class Leading(Struct, frozen=True):
    """A leading figure: its rank, its place among the others, or why there is none."""

    shown: Shown
    rank: str
    why: str
    strip: Strip | None


class Ranks:
    """Where one company stands in every ranked measure."""

    def __init__(self, snapshot: Snapshot, figures: Figures) -> None:
        self.snapshot, self.figures = snapshot, figures
        self.slug, self.catalogue = figures.company.slug, figures.catalogue
        self.own = figures.comparable()
        ranked = {key: self.own[key] for key in RANKED if key in self.own}
        self.standings = find_standings(snapshot, ranked)

    def rank(self, key: str) -> str:
        """The rank in words; nothing for a figure that is not known."""
        if key in self.standings:
            return rank_words(self.standings[key], self.catalogue[key], self.catalogue)
        foreign = self.figures.company.headline(key).known
        return "in another currency, not ranked" if foreign else ""

    def leading(self) -> tuple[Leading, ...]:
        """The leading figures in their order."""
        strips = dict(self._strips())
        return tuple(
            Leading(
                self.figures.shown(key),
                self.rank(key),
                self._why(key),
                strips.get(key),
            )
            for key in LEADING
        )

    def _strips(self) -> Iterator[tuple[str, Strip]]:
        drawable = {
            key: one
            for key in LEADING
            if (one := self.standings.get(key)) and one.stating > 1 and one.least
        }
        few = [key for key, one in drawable.items() if one.stating <= DRAWN]
        others = find_figures(self.snapshot, few, self.slug)
        for key, standing in drawable.items():
            yield key, self._strip(key, standing, others)

    def _strip(
        self, key: str, standing: Standing, others: Mapping[str, tuple[Interval, ...]]
    ) -> Strip:
        assert standing.least is not None
        scale = scale_over(standing.least, standing.greatest, self.catalogue[key].kind)
        if key in others:
            return draw_strip(self.own[key], others[key], scale)
        heaps = heap_up(count_between(self.snapshot, key, bin_edges(scale)))
        return draw_heaps(self.own[key], heaps, scale)

    def _why(self, key: str) -> str:
        """Why there is no number: the source's words, or the figures that it would need."""
        company, measure = self.figures.company, self.catalogue[key]
        figure = company.headline(key)
        if figure.known:
            return ""
        if figure.as_stated:
            return f"The source says: “{figure.as_stated}”"
        if quotient := self.catalogue.quotient_of(measure):
            inputs = (quotient.top, quotient.bottom)
            lacking = [one for one in inputs if not company.headline(one).known]
            if lacking:
                names = " and ".join(self.catalogue[one].label.lower() for one in lacking)
                return f"Needs a figure for {names}"
        return "Not stated" if figure.state is State.UNKNOWN else ""


def rank_words(standing: Standing, measure: Measure, catalogue: Catalogue) -> str:
    """A rank as 1st of 5 that state it, joint 2nd of 6, or 2nd to 4th of 5 where it is a bound."""
    worked_out = catalogue.quotient_of(measure) is not None
    if standing.stating == 1:
        return "the only one with a figure" if worked_out else "the only one that states it"
    among = f"of {standing.stating:,} {'with a figure' if worked_out else 'that state it'}"
    if standing.best != standing.worst:
        return f"{ordinal(standing.best)} to {ordinal(standing.worst)} {among}"
    return f"{'joint ' if standing.equal else ''}{ordinal(standing.best)} {among}"


def ordinal(number: int) -> str:
    """A place in an order: 1st, 2nd, 11th, 1,003rd."""
    teens = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def hint(name: str, leading: tuple[Leading, ...]) -> str:
    """How the strips are read; nothing where there is none."""
    strips = [one.strip for one in leading if one.strip]
    return " ".join([*_hints(name, strips), "Log scale."]) if strips else ""


def _hints(name: str, strips: Sequence[Strip]) -> Iterator[str]:
    dots, heaps = (any(bool(strip.heaps) is many for strip in strips) for many in (False, True))
    filled = any(not strip.bound for strip in strips)
    own = f"the {'filled one' if filled else 'thick stroke'} is {name}"
    if dots:
        yield f"Each dot on a line is a company of this data set; {own}."
    if heaps:
        bars = "A bar is as high as companies are many, bounds at their low end"
        yield f"{bars}." if dots else f"{bars}; {own.replace('filled one', 'dot')}."
    if any(strip.whiskers or strip.bound for strip in strips):
        yield "A stroke is a bound: the figure lies along it."
