"""What templates print of a scatter: marks or cells with their words and links. Values only."""

from msgspec import Struct

from ..charts.grid import Cell
from ..charts.labels import Layout
from ..charts.scatter import Line, Mark
from ..profiles.measures import Measure
from ..profiles.results import Spot
from .charted import Axis, Choice

WIDE, SLIM = Layout(490, 1300, 368), Layout(205, 520, 304)
"""The plot on a page: on a wide screen and on a phone; the style sheet says the same."""
CARD = Layout(490, 900, 280), Layout(205, 520, 280)
"""The same in a card of the profile."""
Layouts = tuple[Layout, Layout]
"""A plot where there is room, and on a phone."""


class ShownMark(Struct, frozen=True, gc=False):
    """A company's mark: a link, named for what the company states."""

    mark: Mark
    href: str
    label: str


class ShownCell(Struct, frozen=True, gc=False):
    """A cell of the grid: a link to its companies, where a filter can say which they are."""

    cell: Cell
    href: str | None
    label: str
    text: str


class ShownDiagonal(Struct, frozen=True, gc=False):
    """A diagonal with the ratio along it, `dy` pixels below its upper end."""

    line: Line
    text: str
    dy: int


class Remark(Struct, frozen=True, gc=False):
    """A sentence below a chart, and the list of the companies it speaks of, where there is one."""

    text: str
    href: str | None = None


class Lane(Struct, frozen=True, gc=False):
    """The lane of companies without a figure on the vertical axis, in percent."""

    text: str
    height: float
    middle: float


class ScatterView(Struct, frozen=True):
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
