"""The columns of the list, and the links in their headers that sort. Pure."""

from dataclasses import dataclass

from app.links import list_url
from app.profiles.filter import CompanyFilter


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its header sorts by `sort`, where it can."""

    key: str
    label: str
    sorts: tuple["Sort", ...]
    classes: str = ""
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A link in a header: `aria` is the order in force, or blank."""

    label: str
    href: str
    aria: str


def columns(asked: CompanyFilter) -> tuple[Column, ...]:
    """The columns, with the links that sort by them."""
    help_text = "Revenue divided by employees. We work it out where the source does not state it."
    return (
        Column("name", "Company", (_sort(asked, "name", "Company"),)),
        Column("revenue", "Revenue", (_sort(asked, "revenue", "Revenue"),), "r"),
        Column("employees", "Employees", (_sort(asked, "employees", "Employees"),), "r"),
        Column(
            "revenue_per_employee",
            "Revenue per employee",
            (_sort(asked, "revenue_per_employee", "Revenue per employee"),),
            "r ph-h",
            help_text,
        ),
        Column(
            "rd_share",
            "R&D share",
            (
                _sort(asked, "rd_share_staff", "of employees"),
                _sort(asked, "rd_share_revenue", "of revenue"),
            ),
            "rdh",
        ),
        Column("countries", "Reach", (_sort(asked, "countries", "Reach"),)),
    )


def _sort(asked: CompanyFilter, key: str, label: str) -> Sort:
    """A link that sorts by a key, or turns the order round if it is sorted by it already."""
    if asked.sort_key == key:
        turned = key if asked.descending else f"-{key}"
        aria = "descending" if asked.descending else "ascending"
        return Sort(label, list_url(asked.but(sort=turned)), aria)
    first = key if key == "name" else f"-{key}"
    return Sort(label, list_url(asked.but(sort=first)), "")
