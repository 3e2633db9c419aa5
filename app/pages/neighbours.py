"""Where a profile leads on: the companies beside it in the reader's list, and near in size."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ..links import compare_url, list_url, profile_url
from ..profiles.company import Company
from ..profiles.filter import CompanyFilter
from ..profiles.measures import Measure
from ..profiles.results import Near, Neighbours
from ..profiles.version import Version
from ..store.listing import find_neighbours
from ..store.profiles import get_companies
from ..store.standing import SIZES, Own, find_nearest
from ..store.versions import Snapshot
from . import wording
from .formatting import Written, write_interval


class Step(Struct, frozen=True, gc=False):
    """A company before or behind this one."""

    name: str
    href: str


class Trail(Struct, frozen=True, gc=False):
    """The list that the reader came from, and the place in it, if it holds the company."""

    href: str
    title: str
    place: str
    prev: Step | None = None
    next: Step | None = None


class Size(Struct, frozen=True, gc=False):
    """A figure of size with what it counts, or in words why there is none."""

    written: Written | None
    unit: str


class NearCard(Struct, frozen=True, gc=False):
    """A company near in size. `by` names what the two are compared in, if not all there is."""

    name: str
    href: str
    sizes: tuple[Size, ...]
    by: str
    compare: str


class Surroundings(Struct, frozen=True, gc=False):
    """All that a profile leads on to. `by` names the measures of size."""

    trail: Trail
    near: tuple[NearCard, ...]
    by: str


def surroundings_of(
    snapshot: Snapshot, asked: CompanyFilter, company: Company, own: Own
) -> Surroundings:
    """The neighbours of a company in the list of a filter and in size."""
    beside = find_neighbours(snapshot, asked, company.slug)
    near = find_nearest(snapshot, company.slug, own)
    steps = [slug for slug in (beside.prev, beside.next) if slug] if beside else []
    slugs = dict.fromkeys([*steps, *(one.slug for one in near)])
    found = {one.slug: one for one in get_companies(snapshot, list(slugs))}
    by = max((one.by for one in near), key=len, default=())
    cards = _cards(company, [(one, found[one.slug]) for one in near], by, asked, snapshot.version)
    return Surroundings(
        trail=_trail(asked, beside, found, snapshot.version),
        near=tuple(cards),
        by=_names(by, snapshot.version),
    )


def _trail(
    asked: CompanyFilter,
    beside: Neighbours | None,
    found: Mapping[str, Company],
    version: Version,
) -> Trail:
    href, title = list_url(asked), wording.title(asked, version)
    if beside is None:
        return Trail(href, title, "")

    def step(slug: str | None) -> Step | None:
        return Step(found[slug].name, profile_url(slug, asked)) if slug else None

    place = f"{beside.position:,} of {beside.shown:,}"
    return Trail(href, title, place, step(beside.prev), step(beside.next))


def _cards(
    company: Company,
    near: list[tuple[Near, Company]],
    by: tuple[str, ...],
    asked: CompanyFilter,
    version: Version,
) -> Iterator[NearCard]:
    for one, other in near:
        yield NearCard(
            name=other.name,
            href=profile_url(other.slug, asked),
            sizes=tuple(_size(other, version.catalogue[key]) for key in SIZES),
            by=_names(one.by, version) if one.by != by else "",
            compare=compare_url([company.slug, other.slug], currency=version.chosen),
        )


def _size(company: Company, measure: Measure) -> Size:
    """A figure of size; the sign of a bound stays, and its source stands on its own profile."""
    figure = company.headline(measure.key)
    if figure.interval is None:
        missing = "not stated" if not figure.as_stated else "none yet"
        return Size(None, f"{measure.label.lower()} {missing}")
    written = write_interval(figure.interval, measure, figure.currency)
    unit = "" if measure.unit == "money" else measure.unit
    return Size(replace(written, value=None), unit)


def _names(keys: tuple[str, ...], version: Version) -> str:
    return " and ".join(version.catalogue[key].label.lower() for key in keys)
