"""Companies counted in the cells of a scatter: each cell leads to just those it counts."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..charts.grid import Cell, cells, lane_cells
from ..charts.scatter import LANE
from ..links import list_url
from ..profiles.filter import CompanyFilter
from ..profiles.results import Spot, ranges_of
from ..store.aggregates import count_cells
from .charted import Axis, narrowing
from .formatting import count_of
from .scatter_frame import Frame
from .scatter_marks import shown_marks
from .scatter_views import Layouts, Remark, ScatterView, ShownCell
from .wording import range_words

Edges = tuple[int, ...]


def grid_view(frame: Frame, found: int, layouts: Layouts, current: Spot | None) -> ScatterView:
    """The `found` companies of a list in cells; whoever reaches over several is counted below.

    `current` is drawn over them as a mark. The cells of all companies are kept, which stand on
    every profile.
    """
    find = partial(_cells, frame, found)
    drawn = frame.snapshot.remember("grid", find) if frame.usual else find()
    over = [current] if current else []
    plot = frame.plot(frame.places(over), layouts, current, drawn.floor)
    return replace(drawn, marks=shown_marks(frame, plot, {one.slug: one for one in over}))


def _cells(frame: Frame, found: int) -> ScatterView:
    """The scatter without a mark."""
    grid = _Grid(frame)
    fine = grid.cells(frame.x.edges, frame.y.edges)
    coarse = grid.cells(frame.x.coarse, frame.y.coarse)
    held = sum(one.cell.count for one in fine)
    return frame.view(
        grid.floor,
        tuple(_remarks(frame, found, held)),
        cells=fine,
        coarse=coarse,
    )


class _Class(Struct, frozen=True):
    """A class of an axis: what narrows the filter to it, if that can be said, and its words."""

    narrowing: Mapping[str, Any] | None
    words: str


class _Grid:
    """The cells of one scatter, in any fineness; the lane is there if any company needs it."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.asked = frame, frame.asked
        upwards = frame.y.measure.key
        free = self.asked.lacks in ("", upwards)
        self.lacking = self.asked.replace(lacks=upwards) if free else None
        needed = bool(self.lacking and self._in_lane(self.lacking, frame.x.edges))
        self.floor = 100 - LANE if needed else 100.0

    def _in_lane(self, lacking: CompanyFilter, edges: Edges) -> Mapping[tuple[int, int], int]:
        across = (self.frame.x.measure.key, edges)
        return count_cells(self.frame.snapshot, lacking, across, None)

    def cells(self, x_edges: Edges, y_edges: Edges) -> tuple[ShownCell, ...]:
        """The cells between some edges, and those of the lane."""
        frame, floor = self.frame, self.floor
        across, up = (frame.x.measure.key, x_edges), (frame.y.measure.key, y_edges)
        counts = count_cells(frame.snapshot, self.asked, across, up)
        lacking = self.lacking if floor < 100 else None
        lane = self._in_lane(lacking, x_edges) if lacking else {}
        most = max((*counts.values(), *lane.values()), default=1)
        x, y = (frame.x.scale, x_edges), (frame.y.scale, y_edges)
        drawn = (*cells(counts, x, y, floor), *lane_cells(lane, x, floor, most))
        sure = self.asked.replace(maybe=False, unknown=False)
        columns, rows = self._classes(frame.x, x_edges), self._classes(frame.y, y_edges)
        away = _Class({"lacks": frame.y.measure.key}, "not stated or none yet")
        begun = [
            None if one.narrowing is None else sure.replace(**one.narrowing) for one in columns
        ]
        return tuple(
            self._cell(
                cell,
                begun[cell.column],
                columns[cell.column].words,
                away if cell.row is None else rows[cell.row],
            )
            for cell in drawn
        )

    def _classes(self, axis: Axis, edges: Edges) -> list[_Class]:
        measure, currency = axis.measure, self.frame.version.currency
        return [
            _Class(narrowing(self.asked, measure, one), range_words(one, measure, currency))
            for one in ranges_of(edges)
        ]

    def _cell(
        self, cell: Cell, of_column: CompanyFilter | None, across: str, up: _Class
    ) -> ShownCell:
        href = None
        if of_column is not None and up.narrowing is not None:
            href = list_url(of_column.replace(**up.narrowing))
        counted = count_of(cell.count, "company", "companies")
        x, y = self.frame.x.measure.label, self.frame.y.measure.label
        return ShownCell(cell, href, f"{counted}: {y} {up.words}; {x} {across}", f"{cell.count:,}")


def _remarks(frame: Frame, found: int, held: int) -> Iterator[Remark]:
    yield Remark(
        f"{found:,} companies are more than can be told apart as marks: each cell counts "
        "those whose figures lie wholly in it, and leads to them."
    )
    if left := found - held:
        yield frame.without_x(
            f"{count_of(left, 'company', 'companies')} of them in no cell: without a figure "
            f"for {frame.x.measure.label}, with a bound that reaches over several cells, or "
            "answering the filter with a maybe."
        )
