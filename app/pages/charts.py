"""The page of charts: the list's companies set against each other, and ranked by each measure."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from msgspec import Struct

from ..charts.labels import Layout
from ..links import list_url
from ..profiles.filter import CompanyFilter
from ..profiles.version import Version
from ..store.listing import count_companies
from ..store.versions import Snapshot
from ..web.dependencies import PageList, Snap
from . import wording
from .charted import COLOURS, Choice, axes_of, read_choice
from .citing import cite_page
from .formatting import count_of
from .rankings import MANY, Ranking, ranked, ranking
from .rendering import Pages
from .scatter_views import SLIM, ScatterView
from .scatters import chart_url, scatter_view
from .tabulated import cell_rows, spot_rows

router = APIRouter(include_in_schema=False)
LARGE = Layout(490, 1420, 480)
"""The plot on this page; the style sheet says the same."""


class Option(Struct, frozen=True, gc=False):
    """A measure that can be picked."""

    value: str
    label: str
    chosen: bool


class Picker(Struct, frozen=True, gc=False):
    """A menu of measures."""

    name: str
    label: str
    options: tuple[Option, ...]


class Drawn(Struct, frozen=True, gc=False):
    """A ranking with the address of its file, and how it is cited."""

    ranking: Ranking
    file: str
    citation: str


async def read_chosen(snapshot: Snap, x: str = "", y: str = "", color: str = "") -> Choice:
    """What a query sets against each other. Raises InvalidQuery."""
    return read_choice({"x": x, "y": y, "color": color}, snapshot.version.catalogue)


Chosen = Annotated[Choice, Depends(read_chosen)]


@router.get("/charts", response_class=HTMLResponse)
def show_charts(snapshot: Snap, asked: PageList, choice: Chosen, pages: Pages) -> HTMLResponse:
    view = ChartsPage(snapshot, asked.filter, choice, pages.origin)
    return pages.page(
        "charts",
        snapshot.version,
        here="/charts",
        canonical=chart_url(asked.filter, choice),
        **view.parts(),
    )


class ChartsPage:
    """What the page's template prints."""

    def __init__(
        self, snapshot: Snapshot, asked: CompanyFilter, choice: Choice, origin: str
    ) -> None:
        self.snapshot, self.asked, self.choice, self.origin = snapshot, asked, choice, origin
        self.version: Version = snapshot.version

    def parts(self) -> dict[str, Any]:
        asked, counts = self.asked, count_companies(self.snapshot, self.asked)
        found = counts.shown(asked)
        drawn = scatter_view(self.snapshot, asked, found, self.choice, layouts=(LARGE, SLIM))
        return {
            "title": wording.title(asked, self.version).removeprefix("Companies: "),
            "found": wording.found_words(counts, asked),
            "chips": [
                (chip, chart_url(chip.without, self.choice))
                for chip in wording.chips(asked, self.version)
            ],
            "clear": chart_url(CompanyFilter(currency=self.version.chosen), self.choice),
            "list": list_url(asked),
            "pickers": tuple(self._pickers()),
            "query": asked.without_display.query(),
            "scatter": drawn,
            "scatter_file": chart_url(asked, self.choice, "/charts/scatter.svg"),
            "table": self._table(drawn) if drawn else (),
            "citation": self._cite(drawn.title, chart_url(asked, self.choice)) if drawn else "",
            "rankings": tuple(self._rankings()),
            "how_many": count_of(found, "company", "companies"),
        }

    def _pickers(self) -> Iterator[Picker]:
        drawn = axes_of(self.version.catalogue)
        offers = (("y", "Upwards", drawn), ("x", "Across", drawn), ("color", "Colour", COLOURS))
        for name, label, keys in offers:
            chosen = getattr(self.choice, name)
            catalogue = self.version.catalogue
            options = (Option(key, catalogue[key].label, key == chosen) for key in keys)
            yield Picker(name, label, tuple(options))

    def _table(self, drawn: ScatterView) -> tuple[Any, ...]:
        rows = cell_rows(drawn) if drawn.binned else spot_rows(drawn, self.asked, self.version)
        return tuple(rows)

    def _rankings(self) -> Iterator[Drawn]:
        for key in ranked(self.version):
            if found := ranking(self.snapshot, self.asked, key, MANY):
                file = chart_url(self.asked, Choice(), f"/charts/ranked/{key}.svg")
                page = chart_url(self.asked, Choice())
                yield Drawn(found, file, self._cite(found.title, page))

    def _cite(self, chart: str, path: str) -> str:
        """A chart as it is cited, with the companies that it draws."""
        about = f"{chart} ({wording.title(self.asked, self.version)})"
        return cite_page(about, self.version, self.origin + path)
