"""The scatter of the companies found as templates print it: marks or cells, words and links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.charts.diagonals import diagonals
from app.charts.grid import Cell, cells, lane_cells
from app.charts.labels import Layout, Standing
from app.charts.scatter import LANE, Line, Mark, Place, Plot, floor_under, scatter
from app.charts.shades import shade_of
from app.links import list_url, profile_url, with_query
from app.pages.charted import ACROSS, UPWARDS, Axis, Choice, axis_of, narrowing, spoken
from app.pages.formatting import count_of, write_number
from app.pages.wording import range_words
from app.profiles.filter import CompanyFilter
from app.profiles.measures import Measure
from app.store.distribution import Spot, count_cells, ranges_of, spots
from app.store.snapshot import Edition, Snapshot

MOST_MARKS: Final = 300
"""Companies that a chart draws one by one; more are counted in cells."""
WIDE, SLIM = Layout(490, 1300, 368), Layout(205, 520, 304)
"""The plot on a page: on a wide screen and on a phone; the style sheet says the same."""
CARD = Layout(490, 900, 280), Layout(205, 520, 280)
"""The same in a card of the profile."""
DIAGONAL_DX, LANE_DX, LANE_DY = -6, -10, 4
"""Where texts in the plot end, in pixels from their points; the templates say the same."""


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A company's mark: a link, named for what the company states."""

    mark: Mark
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the grid: a link to its companies, where a filter can say which they are."""

    cell: Cell
    href: str | None
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownDiagonal:
    """A diagonal with the ratio along it, `dy` pixels below its upper end."""

    line: Line
    text: str
    dy: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence below a chart, and the list of the companies it speaks of, where there is one."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of companies without a figure on the vertical axis, in percent."""

    text: str
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class ScatterView:
    """A scatter as a page prints it, or the file of it."""

    title: str
    lede: str
    x: Axis
    y: Axis
    colour: Measure
    marks: tuple[ShownMark, ...]
    cells: tuple[ShownCell, ...]
    diagonals: tuple[ShownDiagonal, ...]
    floor: float
    lane: Lane | None
    remarks: tuple[Remark, ...]
    choice: Choice
    spots: tuple[Spot, ...]
    coarse: tuple[ShownCell, ...] = ()

    @property
    def binned(self) -> bool:
        """Whether companies are counted in cells instead of drawn one by one."""
        return bool(self.cells)


def scatter_view(
    snapshot: Snapshot,
    asked: CompanyFilter,
    found: int,
    choice: Choice,
    *,
    layouts: tuple[Layout, Layout] = (WIDE, SLIM),
    current: Spot | None = None,
) -> ScatterView | None:
    """The scatter of the `found` companies that a list shows; None where an axis has no figures.

    `current` is a company to be set off from the others, and to be drawn over a grid of them.
    """
    many = found > MOST_MARKS
    across = axis_of(snapshot.edition, choice.x, ACROSS, cells=many)
    upwards = axis_of(snapshot.edition, choice.y, UPWARDS, cells=many)
    if across is None or upwards is None or not found:
        return None
    maker = _Maker(snapshot, asked, choice, across, upwards)
    return maker.grid(found, layouts, current) if many else maker.marks(layouts, current)


@dataclass(frozen=True, slots=True)
class _Class:
    """A class of an axis: what narrows the filter to it, if that can be said, and its words."""

    narrowing: Mapping[str, Any] | None
    words: str


class _Maker:
    """Words and links of one scatter."""

    def __init__(
        self, snapshot: Snapshot, asked: CompanyFilter, choice: Choice, x: Axis, y: Axis
    ) -> None:
        self.snapshot, self.asked, self.choice = snapshot, asked, choice
        self.x, self.y = x, y
        self.edition: Edition = snapshot.edition
        self.catalogue = snapshot.edition.catalogue

    def marks(self, layouts: tuple[Layout, Layout], current: Spot | None) -> ScatterView:
        """Companies one by one."""
        found = spots(self.snapshot, self.asked, self.choice.keys, limit=MOST_MARKS)
        by_slug = {one.slug: one for one in found}
        plot = self._plot(found, layouts, current)
        shown = self._shown(plot, by_slug)
        remarks = tuple(self._absent(plot, by_slug))
        return self._view(shown, (), plot.floor, remarks, found)

    def _plot(
        self,
        found: Sequence[Spot],
        layouts: tuple[Layout, Layout],
        current: Spot | None,
        floor: float | None = None,
    ) -> Plot:
        places = [self._place(one) for one in found]
        floor = floor_under(places) if floor is None else floor
        lane = [Standing(100, floor + LANE / 2, self._lane_text(), LANE_DX, LANE_DY)]
        lane = lane if floor < 100 else []
        along = [
            Standing(one.line.x2, one.line.y2, one.text, DIAGONAL_DX, one.dy)
            for one in self._diagonals(floor)
        ]
        slug = current.slug if current else None
        scales = (self.x.scale, self.y.scale)
        return scatter(places, scales, layouts, floor, current=slug, texts=([*lane, *along], lane))

    def _shown(self, plot: Plot, by_slug: Mapping[str, Spot]) -> tuple[ShownMark, ...]:
        return tuple(self._mark(mark, by_slug[mark.slug]) for mark in plot.marks)

    def _place(self, one: Spot) -> Place:
        shade = shade_of(
            one.known[self.choice.color].interval, one.known[self.choice.other].interval
        )
        known = one.known
        return Place(
            one.slug, one.name, known[self.choice.x].interval, known[self.choice.y].interval, shade
        )

    def _mark(self, mark: Mark, one: Spot) -> ShownMark:
        shares = [key for key in (self.choice.color, self.choice.other) if one.known[key].interval]
        keys = dict.fromkeys((self.choice.y, self.choice.x, *(shares or [self.choice.color])))
        said = [spoken(one.known[key], self.catalogue[key], self.edition.currency) for key in keys]
        label = f"{one.name}: {'; '.join(said)}"
        return ShownMark(mark, profile_url(one.slug, self.asked), label)

    def _absent(self, plot: Plot, by_slug: Mapping[str, Spot]) -> Iterator[Remark]:
        """Whoever states nothing on the horizontal axis is named, or counted where many."""
        if not plot.absent:
            return
        names = ", ".join(by_slug[slug].name for slug in plot.absent[:6])
        count = count_of(len(plot.absent), "company", "companies")
        who = f"{names}" if len(plot.absent) <= 6 else count
        yield self._without(f"Not drawn, without a figure for {self.x.measure.label}: {who}.")

    def _without(self, text: str) -> Remark:
        free = self.asked.but(lacks=self.x.measure.key)
        return Remark(text, list_url(free) if not self.asked.lacks else None)

    def grid(self, found: int, layouts: tuple[Layout, Layout], current: Spot | None) -> ScatterView:
        """Companies counted in cells; whoever reaches over several is counted below."""
        x, y = self.x, self.y
        lacking = self._lacking()
        floor = 100 - LANE if lacking and self._in_lane(lacking, x.edges) else 100.0
        fine = self._cells(x.edges, y.edges, floor)
        coarse = self._cells(x.coarse, y.coarse, floor)
        held = sum(one.cell.count for one in fine)
        remarks = tuple(self._grid_remarks(found, held))
        over = [current] if current else []
        plot = self._plot(over, layouts, current, floor)
        shown = self._shown(plot, {one.slug: one for one in over})
        return replace(self._view(shown, fine, floor, remarks, ()), coarse=coarse)

    def _lacking(self) -> CompanyFilter | None:
        """The filter for those without a figure on the vertical axis, if there is room for it."""
        if self.asked.lacks not in ("", self.y.measure.key):
            return None
        return self.asked.but(lacks=self.y.measure.key)

    def _in_lane(
        self, lacking: CompanyFilter, edges: tuple[int, ...]
    ) -> Mapping[tuple[int, int], int]:
        return count_cells(self.snapshot, lacking, (self.x.measure.key, edges), None)

    def _cells(
        self, x_edges: tuple[int, ...], y_edges: tuple[int, ...], floor: float
    ) -> tuple[ShownCell, ...]:
        """The cells between some edges, and those of the lane."""
        across, up = (self.x.measure.key, x_edges), (self.y.measure.key, y_edges)
        counts = count_cells(self.snapshot, self.asked, across, up)
        lacking = self._lacking() if floor < 100 else None
        lane = self._in_lane(lacking, x_edges) if lacking else {}
        most = max((*counts.values(), *lane.values()), default=1)
        x, y = (self.x.scale, x_edges), (self.y.scale, y_edges)
        drawn = (*cells(counts, x, y, floor), *lane_cells(lane, x, floor, most))
        columns, rows = self._classes(self.x, x_edges), self._classes(self.y, y_edges)
        away = _Class({"lacks": self.y.measure.key}, "not stated or none yet")
        return tuple(
            self._cell(cell, columns[cell.column], away if cell.row is None else rows[cell.row])
            for cell in drawn
        )

    def _classes(self, axis: Axis, edges: tuple[int, ...]) -> list[_Class]:
        return [
            _Class(
                narrowing(self.asked, axis.measure, wanted),
                range_words(wanted, axis.measure, self.edition.currency),
            )
            for wanted in ranges_of(edges)
        ]

    def _cell(self, cell: Cell, across: _Class, up: _Class) -> ShownCell:
        href = None
        if across.narrowing is not None and up.narrowing is not None:
            sure = {"maybe": False, "unknown": False}
            href = list_url(self.asked.but(**across.narrowing, **up.narrowing, **sure))
        counted = count_of(cell.count, "company", "companies")
        said = f"{self.y.measure.label} {up.words}; {self.x.measure.label} {across.words}"
        return ShownCell(cell, href, f"{counted}: {said}", f"{cell.count:,}")

    def _grid_remarks(self, found: int, held: int) -> Iterator[Remark]:
        yield Remark(
            f"{found:,} companies are more than can be told apart as marks: each cell counts "
            "those whose figures lie wholly in it, and leads to them."
        )
        if left := found - held:
            yield self._without(
                f"{count_of(left, 'company', 'companies')} of them in no cell: without a figure "
                f"for {self.x.measure.label}, with a bound that reaches over several cells, or "
                "answering the filter with a maybe."
            )

    def _view(
        self,
        marks: tuple[ShownMark, ...],
        drawn: tuple[ShownCell, ...],
        floor: float,
        remarks: tuple[Remark, ...],
        found: tuple[Spot, ...],
    ) -> ScatterView:
        x, y = self.x.measure, self.y.measure
        upright = self.y.placed(floor, 0)
        lines = tuple(self._diagonals(floor)) if not drawn else ()
        return ScatterView(
            title=f"{y.label} against {_lower(x)}",
            lede=self._lede(bool(lines)),
            x=self.x,
            y=upright,
            colour=self.catalogue[self.choice.color],
            marks=marks,
            cells=drawn,
            diagonals=lines,
            floor=floor,
            lane=Lane(self._lane_text(), round(100 - floor, 2), floor + LANE / 2)
            if floor < 100
            else None,
            remarks=remarks,
            choice=self.choice,
            spots=found,
        )

    def _lane_text(self) -> str:
        return f"no {_lower(self.y.measure)} to compare"

    def _lede(self, ratios: bool) -> str:
        logs = [axis.scale.log for axis in (self.x, self.y)]
        words = {2: "Both axes are logarithmic.", 1: "One axis is logarithmic."}.get(sum(logs), "")
        same = "Along a dashed line, every company earns the same per employee." if ratios else ""
        return f"{words} {same}".strip()

    def _diagonals(self, floor: float) -> Iterator[ShownDiagonal]:
        """Equal revenue per employee; other pairs of measures make no ratio worth a line."""
        if (self.choice.x, self.choice.y) != ("employees", "revenue"):
            return
        ratio = self.catalogue["revenue_per_employee"]
        extent = self.edition.extents.get(ratio.key)
        if extent is None:
            return
        ratios = (extent.low, extent.high, ratio.kind.scale)
        for one in diagonals(self.x.scale, self.y.scale, ratios, floor):
            text = write_number(one.ratio, ratio, self.edition.currency)[0]
            yield ShownDiagonal(one.line, f"{text} per employee", -7 if one.line.y2 < 0.1 else 14)


def _lower(measure: Measure) -> str:
    """A measure's label within a sentence."""
    return measure.label if measure.basis else measure.label.lower()


def chart_url(asked: CompanyFilter, choice: Choice, path: str = "/charts") -> str:
    """The page or the file of a scatter, under the list's filter; no chart has its order."""
    return with_query(path, [*choice.query(), *asked.admission.query()])
