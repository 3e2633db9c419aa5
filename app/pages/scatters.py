"""The scatter of a list's companies: marks while they can be told apart, else cells."""

from ..links import with_query
from ..profiles.filter import CompanyFilter
from ..profiles.results import Spot
from ..store.versions import Snapshot
from .charted import ACROSS, UPWARDS, Choice, axis_of
from .scatter_frame import Frame
from .scatter_grid import grid_view
from .scatter_marks import MOST_MARKS, marks_view
from .scatter_views import SLIM, WIDE, Layouts, ScatterView


def scatter_view(
    snapshot: Snapshot,
    asked: CompanyFilter,
    found: int,
    choice: Choice,
    *,
    layouts: Layouts = (WIDE, SLIM),
    current: Spot | None = None,
) -> ScatterView | None:
    """The scatter of the `found` companies that a list shows; None where an axis has no figures.

    `current` is a company to be set off from the others, and to be drawn over a grid of them. That
    of the usual list stands on all its pages, and is kept.
    """
    many = found > MOST_MARKS
    across = axis_of(snapshot.version, choice.x, ACROSS, cells=many)
    upwards = axis_of(snapshot.version, choice.y, UPWARDS, cells=many)
    if across is None or upwards is None or not found:
        return None
    frame = Frame(snapshot, asked, choice, across, upwards)

    def draw() -> ScatterView:
        if many:
            return grid_view(frame, found, layouts, current)
        return marks_view(frame, layouts, current)

    if frame.usual and current is None:
        return snapshot.remember(("scatter", layouts), draw)
    return draw()


def chart_url(asked: CompanyFilter, choice: Choice, path: str = "/charts") -> str:
    """The page or the file of a scatter, under the list's filter; no chart has its order."""
    return with_query(path, [*choice.query(), *asked.criteria.query()])
