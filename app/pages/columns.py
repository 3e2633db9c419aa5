"""The columns of the list: those shown, the links in their headers that sort, the choice. Pure."""

from msgspec import Struct

from ..links import list_url, sorted_urls
from ..profiles.filter import COLUMNS, DEFAULT_COLUMNS, RD_SHARE, CompanyFilter
from ..profiles.measures import Catalogue, Measure


class Sort(Struct, frozen=True, gc=False):
    """A link in a header: `aria` is the order in force, or blank."""

    label: str
    href: str
    aria: str


class Column(Struct, frozen=True, gc=False):
    """A column of the table. `classes` are those of its header, `cell` those of its cells."""

    key: str
    label: str
    sorts: tuple[Sort, ...]
    classes: str
    cell: str
    help: str | None = None

    @property
    def aria(self) -> str:
        """The order in force, or blank where the list is not sorted by this column."""
        return next((sort.aria for sort in self.sorts if sort.aria), "")


class Offered(Struct, frozen=True, gc=False):
    """A column that can be chosen."""

    key: str
    label: str
    chosen: bool


class Chooser(Struct, frozen=True, gc=False):
    """The form that chooses columns: what it keeps of the query, and the way back to the usual."""

    offered: tuple[Offered, ...]
    kept: tuple[tuple[str, str], ...]
    usual: str


LABELS = {
    RD_SHARE: "R&D share",
    "countries": "Reach",
    "industry": "Industry",
    "country": "Country",
    "tags": "Tags",
}
"""What a column is called where it is not called as its measure is."""

CLASSES = {
    "revenue": ("r", "q rev"),
    "employees": ("r", "q emp"),
    "revenue_per_employee": ("r ph-h", "r ph"),
    RD_SHARE: ("rdh", "rd"),
    "countries": ("", "rch"),
    "industry": ("", "ind"),
    "country": ("", "ind"),
    "tags": ("", "ind"),
}
"""The classes of a header and of its cells; other columns are numbers at the right."""


def columns(asked: CompanyFilter, catalogue: Catalogue) -> tuple[Column, ...]:
    """The name, then the columns that are asked for, with the links that sort by them."""
    maker = _Maker(asked, catalogue)
    return (maker.name(), *map(maker.column, asked.columns))


class _Maker:
    """Words and links of the headers of one list."""

    def __init__(self, asked: CompanyFilter, catalogue: Catalogue) -> None:
        self.asked, self.catalogue = asked, catalogue
        self.url = sorted_urls(asked)

    def name(self) -> Column:
        return Column("name", "Company", (self._sort("name", "Company"),), "", "")

    def column(self, key: str) -> Column:
        label = label_of(key, self.catalogue)
        head, cell = CLASSES.get(key, ("r", "r num"))
        help_text = _help(self.catalogue.get(key))
        return Column(key, label, self._sorts(key, label), head, cell, help_text)

    def _sorts(self, key: str, label: str) -> tuple[Sort, ...]:
        if key == RD_SHARE:
            return (
                self._sort("rd_share_staff", "of employees"),
                self._sort("rd_share_revenue", "of revenue"),
            )
        return (self._sort(key, label),) if key in self.asked.sort_keys else ()

    def _sort(self, key: str, label: str) -> Sort:
        """A link that sorts by a key, or turns the order round if it is sorted by it already."""
        asked = self.asked
        if asked.sort_key == key:
            turned = key if asked.descending else f"-{key}"
            return Sort(label, self.url(turned), "descending" if asked.descending else "ascending")
        return Sort(label, self.url(key if key == "name" else f"-{key}"), "")


def label_of(key: str, catalogue: Catalogue) -> str:
    """What a column is called."""
    return LABELS.get(key) or catalogue[key].label


def _help(measure: Measure | None) -> str | None:
    """What must be known of a column: how it is worked out, or what it is at all."""
    if measure is None:
        return None
    if measure.quotient or not measure.listed:
        return measure.help
    return None


def chooser(asked: CompanyFilter, catalogue: Catalogue) -> Chooser:
    """Every column that can be shown: those of any data set, then this one's own measures."""
    usual = asked.replace(columns=DEFAULT_COLUMNS)
    keys = (*COLUMNS, *(measure.key for measure in catalogue.own))
    offered = (Offered(key, label_of(key, catalogue), key in asked.columns) for key in keys)
    return Chooser(tuple(offered), usual.query(), list_url(usual))
