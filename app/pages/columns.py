"""The columns of the list: those shown, the links in their headers that sort, the choice. Pure."""

from dataclasses import dataclass

from app.links import list_url
from app.profiles.filter import COLUMNS, DEFAULT_COLUMNS, RD_SHARE, CompanyFilter
from app.profiles.measures import Catalogue, Measure


@dataclass(frozen=True, slots=True)
class Sort:
    """A link in a header: `aria` is the order in force, or blank."""

    label: str
    href: str
    aria: str


@dataclass(frozen=True, slots=True)
class Column:
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


@dataclass(frozen=True, slots=True)
class Offered:
    """A column that can be chosen."""

    key: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
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
    name = Column("name", "Company", (_sort(asked, "name", "Company"),), "", "")
    return (name, *(_column(asked, key, catalogue) for key in asked.columns))


def _column(asked: CompanyFilter, key: str, catalogue: Catalogue) -> Column:
    measure = catalogue.get(key)
    label = label_of(key, catalogue)
    head, cell = CLASSES.get(key, ("r", "r num"))
    return Column(key, label, _sorts(asked, key, label), head, cell, _help(measure))


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


def _sorts(asked: CompanyFilter, key: str, label: str) -> tuple[Sort, ...]:
    if key == RD_SHARE:
        return (
            _sort(asked, "rd_share_staff", "of employees"),
            _sort(asked, "rd_share_revenue", "of revenue"),
        )
    return (_sort(asked, key, label),) if key in asked.sort_keys else ()


def _sort(asked: CompanyFilter, key: str, label: str) -> Sort:
    """A link that sorts by a key, or turns the order round if it is sorted by it already."""
    if asked.sort_key == key:
        turned = key if asked.descending else f"-{key}"
        aria = "descending" if asked.descending else "ascending"
        return Sort(label, list_url(asked.but(sort=turned)), aria)
    first = key if key == "name" else f"-{key}"
    return Sort(label, list_url(asked.but(sort=first)), "")


def chooser(asked: CompanyFilter, catalogue: Catalogue) -> Chooser:
    """Every column that can be shown: those of any data set, then this one's own measures."""
    usual = asked.but(columns=DEFAULT_COLUMNS)
    keys = (*COLUMNS, *(measure.key for measure in catalogue.own))
    offered = (Offered(key, label_of(key, catalogue), key in asked.columns) for key in keys)
    return Chooser(tuple(offered), usual.query(), list_url(usual))
