"""The charts as files of their own: SVG with its title, its source line and the data it shows.

Nothing in a file leans on a style sheet, so that it can stand on any other page.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Response
from msgspec import Struct

from ..charts.labels import Layout
from ..errors import FieldProblem, InvalidQuery
from ..profiles.company import Source
from ..profiles.filter import CompanyFilter
from ..profiles.version import Version
from ..store.listing import count_companies
from ..web.dependencies import PageList, Snap
from . import wording
from .charted import Choice
from .charts import Chosen
from .citing import cite_page
from .formatting import write_date
from .rankings import MANY, RankedRow, can_be_ranked, ranking
from .rendering import PageMaker, Pages
from .scatters import chart_url, scatter_view

router = APIRouter(include_in_schema=False)
PLOT = Layout(820, 820, 430)
"""The plot within a file, in pixels."""
SIGNS_A_LINE = 150
PLOT_BOTTOM, ROW, FIRST_ROW, LINE = 580, 28, 96, 18
"""Where things stand in a file, in pixels; its templates say the same."""
LEGEND = (
    "Striped in its lowest class, or a triangle at its edge: a bound. Hollow diamond: the R&D "
    "share is known on the other basis only. Dashed circle: not stated."
)
NAMED_SOURCES = 3
"""Sources that a file names; of more it tells the number."""


class TextLine(Struct, frozen=True, gc=False):
    """A line of text and where it stands."""

    y: int
    text: str


class FiledRow(Struct, frozen=True, gc=False):
    """A bar of a ranking, `y` pixels from the top."""

    y: int
    row: RankedRow


@router.get("/charts/scatter.svg")
def scatter_file(snapshot: Snap, asked: PageList, choice: Chosen, pages: Pages) -> Response:
    found = count_companies(snapshot, asked.filter).shown(asked.filter)
    drawn = scatter_view(snapshot, asked.filter, found, choice, layouts=(PLOT, PLOT))
    if drawn is None:
        raise nothing_to_draw()
    file = _File(pages, snapshot.version, asked.filter, chart_url(asked.filter, choice))
    notes = [LEGEND] if drawn.marks else []
    notes += [remark.text for remark in drawn.remarks]
    return file.svg("scatter", drawn.title, PLOT_BOTTOM, notes, s=drawn)


@router.get("/charts/ranked/{measure}.svg")
def ranking_file(snapshot: Snap, asked: PageList, measure: str, pages: Pages) -> Response:
    if (one := snapshot.version.catalogue.get(measure)) is None or not can_be_ranked(one):
        raise HTTPException(404)
    found = ranking(snapshot, asked.filter, measure, MANY)
    if found is None:
        raise nothing_to_draw()
    file = _File(pages, snapshot.version, asked.filter, chart_url(asked.filter, Choice()))
    notes = [remark.text for remark in found.remarks]
    title = f"{found.title}, {found.unit}" if found.unit else found.title
    rows = [FiledRow(FIRST_ROW + ROW * place, row) for place, row in enumerate(found.rows)]
    bottom = FIRST_ROW + ROW * len(rows) + 10
    return file.svg("ranked", title, bottom, notes, rows=rows, hue=found.hue or "b1")


def nothing_to_draw() -> InvalidQuery:
    """What is said where no company found has the figures that a chart would draw."""
    accepted = "a filter that some company with the figure answers"
    return InvalidQuery([FieldProblem("chart", "nothing to draw", accepted)])


class _File(Struct, frozen=True):
    """A chart of some companies; `path` is the page that draws it."""

    pages: PageMaker
    version: Version
    asked: CompanyFilter
    path: str

    def svg(
        self, name: str, title: str, bottom: int, notes: Sequence[str], **view: Any
    ) -> Response:
        """The chart from `charts/NAME.svg`; its foot begins `bottom` pixels below the top."""
        texts = [piece for line in self._foot(notes) for piece in textwrap.wrap(line, SIGNS_A_LINE)]
        lines = [TextLine(bottom + LINE * (place + 1), text) for place, text in enumerate(texts)]
        view |= {
            "title": title,
            "lines": lines,
            "height": bottom + LINE * (len(texts) + 1),
            "origin": self.pages.origin,
        }
        return self.pages.document(f"charts/{name}.svg", "image/svg+xml", **view)

    def _foot(self, notes: Sequence[str]) -> Iterator[str]:
        """Which companies, what it rests on, and of when the data are."""
        version = self.version
        yield from notes
        yield f"{sources_in_words(version.sources)} Generation {version.number} of the data."
        about = wording.title(self.asked, version)
        yield cite_page(about, version, f"{self.pages.origin}{self.path}")


def sources_in_words(sources: Sequence[Source]) -> str:
    """The sources of a data set in a line; many are only counted."""
    if not sources:
        return "No source is named."
    if len(sources) > NAMED_SOURCES:
        return f"{len(sources)} sources, listed on the site."
    named = "; ".join(_source_in_words(source) for source in sources)
    return f"{'Source' if len(sources) == 1 else 'Sources'}: {named}."


def _source_in_words(source: Source) -> str:
    when = write_date(source.published) if source.published else ""
    return ", ".join(filter(None, (source.author, f"“{source.title}”", when)))
