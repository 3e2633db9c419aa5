"""Research and development on a profile: the staff, the two shares, and the waffle of one."""

from msgspec import Struct

from ..charts.waffle import Waffle, draw_waffle
from ..links import list_url
from ..profiles.answer import Range
from ..profiles.figure import State
from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from ..profiles.measures import Measure
from .formatting import write_interval
from .shown import Figures, Shown
from .standing import Ranks


class Share(Struct, frozen=True, gc=False):
    """An R&D share with its rank among those on the same basis."""

    shown: Shown
    rank: str


class Drawn(Struct, frozen=True, gc=False):
    """The waffle of a share, and the same in words."""

    waffle: Waffle
    label: str
    bound: bool


class Research(Struct, frozen=True, gc=False):
    """What is known; None is not stated. `whole` are the employees that the staff are part of.

    They are told together only where the share is worked out from these two figures.
    """

    staff: Shown | None
    whole: Shown | None
    share: Share | None
    spending: Share | None
    drawn: Drawn | None
    gaps: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether anything is stated at all."""
        return bool(self.staff or self.share or self.spending)


STATING = list_url(CompanyFilter(rd_share=Range(low=0)))
"""The companies that state an R&D share, on either basis."""


def research_of(figures: Figures, ranks: Ranks) -> Research:
    """Everything that is known of a company's research."""
    staff = _stated(figures, "rd_staff")
    share = _share(figures, ranks, "rd_share_staff")
    spending = _share(figures, ranks, "rd_share_revenue")
    worked_out = figures.company.headline("rd_share_staff").state is State.DERIVED
    return Research(
        staff=staff,
        whole=figures.shown("employees") if staff and worked_out else None,
        share=share,
        spending=spending,
        drawn=_drawn(figures),
        gaps=tuple(_gaps(staff or share, spending)),
    )


def _stated(figures: Figures, key: str) -> Shown | None:
    shown = figures.shown(key)
    return shown if shown.cell.note else None


def _share(figures: Figures, ranks: Ranks, key: str) -> Share | None:
    shown = _stated(figures, key)
    return Share(shown, ranks.rank(key)) if shown else None


def _drawn(figures: Figures) -> Drawn | None:
    interval = figures.company.headline("rd_share_staff").interval
    if interval is None:
        return None
    label = waffle_words(interval, figures.catalogue["rd_share_staff"])
    return Drawn(draw_waffle(interval), label, interval.exact is None)


def waffle_words(interval: Interval, measure: Measure) -> str:
    """A share of employees in words, of every hundred."""
    spoken = write_interval(interval, measure).spoken.replace("%", "")
    return f"{spoken} of every 100 employees work in R&D"


def _gaps(people: object | None, spending: object | None) -> list[str]:
    """What is not stated where something else is."""
    if people and not spending:
        return ["Spending on R&D is not stated."]
    if spending and not people:
        return ["How many employees work in R&D is not stated."]
    return []
