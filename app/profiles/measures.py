"""What can be said of every company: the one catalogue of measures, and their storage units.

A measure's kind fixes how its numbers are stored as 64-bit integers: money in hundredths,
shares in 10⁻¹², counts and years whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from .interval import Interval


class Kind(StrEnum):
    """What sort of number a measure is."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    YEAR = "year"

    @property
    def scale(self) -> int:
        """How many storage units make one whole unit."""
        return _SCALES.get(self, 1)


_SCALES = {Kind.MONEY: 100, Kind.SHARE: 10**12}


class Quotient(Struct, frozen=True, gc=False):
    """How a measure is worked out where it is not stated: one measure over another."""

    top: str
    bottom: str


class Measure(Struct, frozen=True, gc=False):
    """One thing that can be said of a company.

    `unit` names what is counted, `words` are nouns that a printed form may end in, `basis` is
    what a share is a share of. The domain closes open ends and cuts what is worked out.
    A `listed` measure can be filtered and has its bounds in packed columns. One of the
    data set's own may stand `beside` a listed one, for companies that state only the other.
    """

    key: str
    label: str
    kind: Kind
    unit: str
    help: str
    domain: Interval = Interval.at_least(0)
    words: tuple[str, ...] = ()
    basis: str | None = None
    quotient: Quotient | None = None
    listed: bool = False
    beside: str | None = None

    @property
    def signed(self) -> bool:
        """Whether it can lie below zero, as a profit can."""
        return self.domain.low is None


BUILT_IN: tuple[Measure, ...] = (
    Measure(
        "revenue",
        "Revenue",
        Kind.MONEY,
        "money",
        "What the company earned from sales in the year named beside the figure.",
        listed=True,
    ),
    Measure(
        "employees",
        "Employees",
        Kind.COUNT,
        "people",
        "How many people work for the company.",
        words=("employees", "people"),
        listed=True,
    ),
    Measure(
        "revenue_per_employee",
        "Revenue per employee",
        Kind.MONEY,
        "money",
        "Revenue divided by employees. Worked out here where the source does not state it.",
        quotient=Quotient("revenue", "employees"),
        listed=True,
    ),
    Measure(
        "rd_staff",
        "R&D staff",
        Kind.COUNT,
        "people",
        "How many of the employees work in research and development.",
        words=("employees", "people"),
        listed=True,
    ),
    Measure(
        "rd_share_staff",
        "R&D share of employees",
        Kind.SHARE,
        "fraction",
        "The part of the employees who work in research and development. "
        "It says nothing of what is spent.",
        domain=Interval(0, Kind.SHARE.scale),
        words=("of employees",),
        basis="employees",
        quotient=Quotient("rd_staff", "employees"),
        listed=True,
    ),
    Measure(
        "rd_share_revenue",
        "R&D share of revenue",
        Kind.SHARE,
        "fraction",
        "What is spent on research and development as a part of revenue, also called "
        "R&D intensity. It can pass 100%: some research firms hardly sell anything.",
        words=("of revenue",),
        basis="revenue",
        listed=True,
    ),
    Measure(
        "countries",
        "Countries",
        Kind.COUNT,
        "countries",
        "In how many countries the company is active, in the source's own counting.",
        words=("countries",),
        listed=True,
    ),
    Measure(
        "founded",
        "Founded",
        Kind.YEAR,
        "year",
        "The year in which the company was founded, as the source gives it.",
        domain=Interval(1, 9999),
        listed=True,
    ),
)

RD_SHARES: Mapping[str, str] = MappingProxyType(
    {"staff": "rd_share_staff", "revenue": "rd_share_revenue"}
)
"""The two bases of R&D share, by the word that `rd_basis` takes. They are never mixed."""


RD_SPEND = "rd_spend"
"""What a data set calls the measure of what is spent on R&D, if it has one."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The measures of a data set: the built-in ones, then its own, in order."""

    own: tuple[Measure, ...] = ()
    _every: tuple[Measure, ...] = field(init=False, repr=False, compare=False)
    _by_key: Mapping[str, Measure] = field(init=False, repr=False, compare=False)
    _quotients: Mapping[str, Quotient] = field(init=False, repr=False, compare=False)
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Every key, in order."""
    worked_out: tuple[tuple[Measure, Quotient], ...] = field(init=False, repr=False, compare=False)
    """The measures that are worked out, in order, each with how."""

    def __post_init__(self) -> None:
        every = (*BUILT_IN, *self.own)
        # The first of a key stands, should there be two.
        by_key = {measure.key: measure for measure in reversed(every)}
        quotients = {one.key: one.quotient for one in every if one.quotient}
        if (spend := by_key.get(RD_SPEND)) and spend.kind is Kind.MONEY:
            quotients[RD_SHARES["revenue"]] = Quotient(RD_SPEND, "revenue")
        worked_out = tuple((one, quotients[one.key]) for one in every if one.key in quotients)
        object.__setattr__(self, "_every", every)
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "_quotients", quotients)
        object.__setattr__(self, "keys", tuple(measure.key for measure in every))
        object.__setattr__(self, "worked_out", worked_out)

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._every)

    def get(self, key: str) -> Measure | None:
        """The measure of that key, or None."""
        return self._by_key.get(key)

    def __getitem__(self, key: str) -> Measure:
        measure = self.get(key)
        if measure is None:
            raise KeyError(key)
        return measure

    def quotient_of(self, measure: Measure) -> Quotient | None:
        """How a measure is worked out: R&D spend over revenue is the R&D share of revenue."""
        return self._quotients.get(measure.key)

    @property
    def listed(self) -> tuple[Measure, ...]:
        """The measures that can be filtered, sorted and charted, in order."""
        return (*LISTED, *self.own_listed)

    @property
    def own_listed(self) -> tuple[Measure, ...]:
        """Those of them that are the data set's own."""
        return tuple(measure for measure in self.own if measure.listed)


MOST_OWN = 16
"""A data set's own measures that can be listed; further ones are shown and exported."""

LISTED: tuple[Measure, ...] = tuple(measure for measure in BUILT_IN if measure.listed)
