"""The filter: one question a reader asks. It round-trips to the query string of an URL.

Reading a query collects every field that cannot be read; nothing here knows of HTTP or SQL.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from ..errors import FieldProblem, InvalidQuery
from .amounts import AmountError, read_amount, read_upper, write_amount, write_upper
from .answer import Range
from .company import LONGEST_SLUG
from .facets import FACETS, Facet
from .figure import YEAR_ACCEPTED, end_year
from .measures import RD_SHARES, Catalogue, Kind

MAX_QUERY = 100
MAX_SIZE = 200
DEFAULT_SIZE = 50
DEFAULT_SORT = "-revenue"
RD_SHARE: Final = "rd_share"
"""The filter on R&D share; its basis is chosen by `rd_basis` or left open."""

SORT_KEYS = (
    "name",
    "founded",
    "revenue",
    "employees",
    "countries",
    "revenue_per_employee",
    "rd_share_staff",
    "rd_share_revenue",
)
COLUMNS = (
    "revenue",
    "employees",
    "revenue_per_employee",
    "rd_share",
    "rd_staff",
    "countries",
    "founded",
    "industry",
    "country",
    "tags",
)
"""The columns that every data set has; its own measures are columns under their keys."""
DEFAULT_COLUMNS = ("revenue", "employees", "revenue_per_employee", "rd_share", "countries")
MAX_CHOSEN = 20
"""Ticked companies that an address of the list may carry."""
MAX_VALUES, MAX_VALUE = 50, 200
"""Values of a facet in one filter, and characters of each: all links of a page repeat them."""
RANGES: Mapping[str, Kind] = {
    "revenue": Kind.MONEY,
    "employees": Kind.COUNT,
    "rd_share": Kind.SHARE,
    "countries": Kind.COUNT,
    "founded": Kind.YEAR,
}
"""The fields with `_min` and `_max`, in the order of the form and of canonical URLs."""


Pairs = tuple[tuple[str, str], ...]
"""Names and values of a query, in order."""


@dataclass(frozen=True, slots=True)
class CompanyFilter:
    """What is asked of the companies, in which order they are wanted, and how they are shown.

    Range bounds are inclusive and in storage units. Several values of a facet are alternatives,
    and NOT_STATED is one of them. Everything left out is no filter. All amounts are in `currency`,
    which decides what can be compared; blank is as stated. `columns` and `chosen`, the
    companies ticked to be compared, change what is seen and no answer.
    """

    q: str = ""
    industry: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    period: int | None = None
    currency: str = ""
    revenue: Range = Range()
    employees: Range = Range()
    rd_share: Range = Range()
    countries: Range = Range()
    founded: Range = Range()
    own: tuple[tuple[str, Range], ...] = ()
    rd_basis: str = ""
    lacks: str = ""
    unknown: bool = False
    maybe: bool = True
    sort: str = DEFAULT_SORT
    size: int = DEFAULT_SIZE
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    chosen: tuple[str, ...] = ()
    kinds: tuple[tuple[str, Kind], ...] = field(default=(), compare=False, repr=False)

    def replace(self, **changes: Any) -> "CompanyFilter":
        """The same filter with some fields changed; a range of an own measure goes by its key."""
        if self.kinds:
            ranges = dict(self.own)
            for key, _ in self.kinds:
                if key in changes:
                    ranges[key] = changes.pop(key)
            own = tuple((key, ranges[key]) for key, _ in self.kinds if ranges.get(key))
            changes = {"own": own, **changes}
        changed = {name: one for name, one in changes.items() if getattr(self, name) != one}
        return replace(self, **changed) if changed else self

    @property
    def view(self) -> str:
        """The view that answers: a year, or blank for the latest of each figure."""
        return str(self.period) if self.period else ""

    @property
    def fields(self) -> Mapping[str, Kind]:
        """Every field with `_min` and `_max`: those of any data set, then its own measures'."""
        return {**RANGES, **dict(self.kinds)}

    @property
    def without_display(self) -> "CompanyFilter":
        """The same filter and order without what only changes how they are shown."""
        if not self.chosen and self.columns == DEFAULT_COLUMNS:
            return self
        return self.replace(columns=DEFAULT_COLUMNS, chosen=())

    @property
    def criteria(self) -> "CompanyFilter":
        """What decides which companies are admitted: the question without order and page size."""
        question = self.without_display
        if question.sort == DEFAULT_SORT and question.size == DEFAULT_SIZE:
            return question
        return question.replace(sort=DEFAULT_SORT, size=DEFAULT_SIZE)

    @property
    def is_active(self) -> bool:
        """Whether it asks for more than all companies, in whatever order."""
        return self.criteria != CompanyFilter(currency=self.currency).criteria

    @property
    def is_default(self) -> bool:
        """Whether it is the list as it stands first: all companies, in the usual order."""
        return self == CompanyFilter(currency=self.currency)

    def range(self, field: str) -> Range:
        """The range of a field."""
        if field not in RANGES:
            return dict(self.own).get(field, Range())
        found: Range = getattr(self, field)
        return found

    def of_facet(self, key: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        chosen: tuple[str, ...] = getattr(self, key)
        return chosen

    @property
    def facets(self) -> Iterator[tuple[Facet, tuple[str, ...]]]:
        """Each facet asked for, with the values that are chosen."""
        return ((one, chosen) for one in FACETS if (chosen := self.of_facet(one.key)))

    @property
    def ranges(self) -> Iterator[tuple[tuple[str, ...], Range]]:
        """Each range asked for, with the measures that may answer it."""
        for name in self.fields:
            if wanted := self.range(name):
                yield self.measures_of(name), wanted

    def measures_of(self, field: str) -> tuple[str, ...]:
        """The measures that answer a range field."""
        if field != RD_SHARE:
            return (field,)
        return (RD_SHARES[self.rd_basis],) if self.rd_basis else tuple(RD_SHARES.values())

    @property
    def sort_keys(self) -> tuple[str, ...]:
        """What the companies can be sorted by."""
        return (*SORT_KEYS, *(key for key, _ in self.kinds))

    @property
    def sort_key(self) -> str:
        """The key sorted by, without direction."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the highest comes first."""
        return self.sort.startswith("-")

    def query(self) -> Pairs:
        """The canonical query: fixed order, defaults left out."""
        return tuple(pair for pair in self._pairs() if pair[1])

    def around(self, field: str) -> tuple[Pairs, Pairs]:
        """The canonical query before and behind the place of a field's range, without it."""
        return _split(self.replace(**{field: Range(0)}).query(), f"{field}_min")

    def around_sort(self) -> tuple[Pairs, Pairs]:
        """The same of the order."""
        return _split(self.replace(sort="name").query(), "sort")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Every field in order, blank where it is left out."""
        yield "q", self.q
        for facet, chosen in self.facets:
            yield from ((facet.key, value) for value in chosen)
        yield "period", self.view
        yield "currency", self.currency
        for name, kind in self.fields.items():
            yield from range_pairs(name, kind, self.range(name))
            if name == RD_SHARE:
                yield "rd_basis", self.rd_basis
        yield "lacks", self.lacks
        yield "unknown", "1" if self.unknown else ""
        yield "maybe", "" if self.maybe else "0"
        yield from sort_pairs(self.sort)
        yield "size", str(self.size) if self.size != DEFAULT_SIZE else ""
        yield "cols", ",".join(self.columns) if self.columns != DEFAULT_COLUMNS else ""
        for slug in self.chosen:
            yield "c", slug


def _split(pairs: Pairs, parameter: str) -> tuple[Pairs, Pairs]:
    """A query before and behind a parameter that it has."""
    place = next(place for place, (name, _) in enumerate(pairs) if name == parameter)
    return pairs[:place], pairs[place + 1 :]


def sort_pairs(sort: str) -> Pairs:
    """What of a query asks for an order; nothing for the usual one."""
    return () if sort == DEFAULT_SORT else (("sort", sort),)


def range_pairs(field: str, kind: Kind, wanted: Range) -> Iterator[tuple[str, str]]:
    """What of a query asks for the range of a field."""
    if wanted.low is not None:
        yield f"{field}_min", write_amount(wanted.low, kind)
    if wanted.high is not None:
        yield f"{field}_max", write_upper(wanted.high, kind)


Typed = Mapping[str, Sequence[str]]
"""A query as it came: every field with the values given for it."""


def read_filter(
    typed: Typed, catalogue: Catalogue, currency: str, chosen: str = ""
) -> CompanyFilter:
    """The filter that a query asks for; blank is nothing, unknown parameters are ignored.

    Amounts are read in `currency`, which is the one `chosen` unless they are wanted as stated.
    Raises InvalidQuery with every field that cannot be read.
    """
    reading = _Reading(typed)
    ranges = {name: reading.range(name, kind, currency) for name, kind in RANGES.items()}
    kinds = tuple((one.key, one.kind) for one in catalogue.own_listed)
    own = (
        (one.key, reading.range(one.key, one.kind, currency, signed=one.signed))
        for one in catalogue.own_listed
    )
    sorts = (*SORT_KEYS, *(key for key, _ in kinds))
    asked = CompanyFilter(
        q=reading.search(),
        industry=reading.facet("industry"),
        country=reading.facet("country"),
        tag=reading.facet("tag"),
        period=reading.period(),
        currency=chosen,
        **ranges,
        own=tuple(pair for pair in own if pair[1]),
        kinds=kinds,
        rd_basis=reading.one_of("rd_basis", tuple(RD_SHARES)),
        lacks=reading.one_of("lacks", catalogue.keys),
        unknown=reading.flag("unknown", default=False),
        maybe=reading.flag("maybe", default=True),
        sort=reading.one_of("sort", (*sorts, *(f"-{key}" for key in sorts))) or DEFAULT_SORT,
        size=reading.size(),
        columns=reading.columns((*COLUMNS, *(own.key for own in catalogue.own))),
        chosen=reading.ticked(),
    )
    if reading.problems:
        raise InvalidQuery(reading.problems)
    return asked


class _Reading:
    """One pass over a query; collects what cannot be read."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.problems: list[FieldProblem] = []

    def text(self, field: str) -> str:
        """The last value given for a field, without the blanks around it."""
        return (self.typed.get(field) or ("",))[-1].strip()

    def listed(self, field: str) -> tuple[str, ...]:
        """Every value given for a field that may be repeated, each once."""
        return tuple(dict.fromkeys(filter(None, map(str.strip, self.typed.get(field, ())))))

    def facet(self, field: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        values = self.listed(field)
        if len(values) > MAX_VALUES:
            self.refuse(field, f"at most {MAX_VALUES} values; {len(values)} were given")
        elif too_long := [value for value in values if len(value) > MAX_VALUE]:
            self.refuse(field, f"values of at most {MAX_VALUE} characters", too_long[0])
        return values

    def ticked(self) -> tuple[str, ...]:
        """The companies ticked to be compared. What is longer than any slug is none."""
        slugs = (slug for slug in self.listed("c") if len(slug) <= LONGEST_SLUG)
        return tuple(slugs)[:MAX_CHOSEN]

    def columns(self, accepted: Sequence[str]) -> tuple[str, ...]:
        """The columns asked for, apart by commas or in fields of their own."""
        given = [key.strip() for text in self.listed("cols") for key in text.split(",")]
        wanted = tuple(dict.fromkeys(filter(None, given)))
        if not set(wanted) <= set(accepted):
            self.refuse("cols", f"some of {', '.join(accepted)}, apart by commas")
            return DEFAULT_COLUMNS
        return wanted or DEFAULT_COLUMNS

    def refuse(self, field: str, accepted: str, given: str | None = None) -> None:
        """Note that a field cannot be read; `given` is by default the last value of it."""
        shown = self.text(field) if given is None else given
        self.problems.append(FieldProblem(field, shown, accepted))

    def search(self) -> str:
        text = self.text("q")
        if len(text) > MAX_QUERY:
            self.refuse("q", f"at most {MAX_QUERY} characters")
        elif any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in text):
            self.refuse("q", "words without control characters")
        return " ".join(text.split())

    def range(self, field: str, kind: Kind, currency: str, *, signed: bool = False) -> Range:
        least, most = partial(read_amount, signed=signed), partial(read_upper, signed=signed)
        low = self.amount(f"{field}_min", kind, currency, least)
        high = self.amount(f"{field}_max", kind, currency, most)
        if low is not None and high is not None and low > high:
            smallest = self.text(f"{field}_min")
            self.refuse(f"{field}_max", f"at least the lower bound, which is {smallest}")
            return Range()
        return Range(low, high)

    def amount(
        self, field: str, kind: Kind, currency: str, read: Callable[[str, Kind, str], int]
    ) -> int | None:
        if not (text := self.text(field)):
            return None
        try:
            return read(text, kind, currency)
        except AmountError as error:
            self.refuse(field, str(error))
            return None

    def one_of(self, field: str, accepted: Sequence[str]) -> str:
        text = self.text(field)
        if text and text not in accepted:
            self.refuse(field, f"one of {', '.join(accepted)}")
        return text

    def flag(self, field: str, default: bool) -> bool:
        text = self.text(field)
        if text not in ("", "0", "1"):
            self.refuse(field, "0 or 1")
        return default if not text else text == "1"

    def period(self) -> int | None:
        """A year as 2016, or a period as 2015/16, which is that of its end."""
        if not (text := self.text("period")):
            return None
        try:
            return end_year(text)
        except ValueError:
            self.refuse("period", YEAR_ACCEPTED)
            return None

    def size(self) -> int:
        text = self.text("size")
        if not text:
            return DEFAULT_SIZE
        if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MAX_SIZE):
            self.refuse("size", f"a whole number from 1 to {MAX_SIZE}")
            return DEFAULT_SIZE
        return int(text)
