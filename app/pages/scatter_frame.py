"""The frame of a scatter, whatever is drawn in it: axes, lane, diagonals, and the words around."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..charts.diagonals import diagonals
from ..charts.labels import Standing, covered
from ..charts.scatter import LANE, Place, Plot, labelled, scatter
from ..charts.shades import shade_of
from ..links import list_url
from ..profiles.filter import CompanyFilter
from ..profiles.measures import Measure
from ..profiles.results import Spot
from ..profiles.version import Version
from ..store.versions import Snapshot
from .charted import Axis, Choice
from .formatting import write_number
from .scatter_views import (
    Lane,
    Layouts,
    Remark,
    ScatterView,
    ShownCell,
    ShownDiagonal,
    ShownMark,
)

DIAGONAL_DX, LANE_DX, LANE_DY = -6, -10, 4
"""Where texts in the plot end, in pixels from their points; the templates say the same."""


class Frame(Struct, frozen=True):
    """The two axes over the data set, and the list whose companies are drawn."""

    snapshot: Snapshot
    asked: CompanyFilter
    choice: Choice
    x: Axis
    y: Axis

    @property
    def version(self) -> Version:
        """What the companies are of."""
        return self.snapshot.version

    @property
    def usual(self) -> bool:
        """Whether it is the scatter of all companies as it stands first."""
        return self.asked.is_default and self.choice == Choice()

    def places(self, found: Sequence[Spot]) -> list[Place]:
        """Companies as they are drawn."""
        return [self._place(one) for one in found]

    def plot(
        self,
        places: Sequence[Place],
        layouts: Layouts,
        current: Spot | None,
        floor: float,
        lines: Sequence[ShownDiagonal] = (),
    ) -> Plot:
        """Companies placed, their labels clear of the texts in the plot."""
        lane = [Standing(100, floor + LANE / 2, self._lane_text(), LANE_DX, LANE_DY)]
        lane = lane if floor < 100 else []
        along = [_standing(one) for one in lines if one.text]
        slug = current.slug if current else None
        scales = (self.x.scale, self.y.scale)
        return scatter(places, scales, layouts, floor, current=slug, texts=([*lane, *along], lane))

    def _place(self, one: Spot) -> Place:
        known, choice = one.known, self.choice
        shade = shade_of(known[choice.color].interval, known[choice.other].interval)
        return Place(one.slug, one.name, known[choice.x].interval, known[choice.y].interval, shade)

    def without_x(self, text: str) -> Remark:
        """A remark that leads to who states nothing on the horizontal axis."""
        free = self.asked.replace(lacks=self.x.measure.key)
        return Remark(text, list_url(free) if not self.asked.lacks else None)

    def view(
        self,
        floor: float,
        remarks: Sequence[Remark],
        *,
        lines: tuple[ShownDiagonal, ...] = (),
        marks: tuple[ShownMark, ...] = (),
        cells: tuple[ShownCell, ...] = (),
        coarse: tuple[ShownCell, ...] = (),
        found: tuple[Spot, ...] = (),
    ) -> ScatterView:
        """The whole scatter."""
        lane = Lane(self._lane_text(), round(100 - floor, 2), floor + LANE / 2)
        return ScatterView(
            title=f"{self.y.measure.label} against {lower(self.x.measure)}",
            lede=self._lede(bool(lines)),
            x=self.x,
            y=self.y.placed(floor, 0),
            colour=self.version.catalogue[self.choice.color],
            marks=marks,
            cells=cells,
            diagonals=lines,
            floor=floor,
            lane=lane if floor < 100 else None,
            remarks=tuple(remarks),
            choice=self.choice,
            spots=found,
            coarse=coarse,
        )

    def _lane_text(self) -> str:
        return f"no {lower(self.y.measure)} to compare"

    def _lede(self, ratios: bool) -> str:
        logs = [axis.scale.log for axis in (self.x, self.y)]
        words = {2: "Both axes are logarithmic.", 1: "One axis is logarithmic."}.get(sum(logs), "")
        same = "Along a dashed line, every company earns the same per employee." if ratios else ""
        return f"{words} {same}".strip()

    def diagonals(
        self, places: Sequence[Place], floor: float, layouts: Layouts
    ) -> Iterator[ShownDiagonal]:
        """Lines of equal revenue per employee; one whose text a mark may cover has none."""
        marks = labelled(places, self.x.scale, self.y.scale, floor)
        for one in self._ratios(floor):
            hidden = covered(_standing(one), marks, layouts[0])
            yield replace(one, text="") if hidden else one

    def _ratios(self, floor: float) -> Iterator[ShownDiagonal]:
        """Round ratios; only revenue over employees makes one that is worth a line."""
        if (self.choice.x, self.choice.y) != ("employees", "revenue"):
            return
        ratio = self.version.catalogue["revenue_per_employee"]
        extent = self.version.extents.get(ratio.key)
        if extent is None:
            return
        ratios = (extent.low, extent.high, ratio.kind.scale)
        for one in diagonals(self.x.scale, self.y.scale, ratios, floor):
            text = write_number(one.ratio, ratio, self.version.currency)[0]
            yield ShownDiagonal(one.line, f"{text} per employee", -7 if one.line.y2 < 0.1 else 14)


def _standing(one: ShownDiagonal) -> Standing:
    return Standing(one.line.x2, one.line.y2, one.text, DIAGONAL_DX, one.dy)


def lower(measure: Measure) -> str:
    """A measure's label within a sentence."""
    return measure.label if measure.label.startswith("R&D") else measure.label.lower()
