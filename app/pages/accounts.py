"""What several sources say of one measure, in words: how they agree, and why one is first. Pure."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from msgspec import Struct
from msgspec.structs import replace

from ..profiles.agreement import Agreement, Relation, compare
from ..profiles.company import Company
from ..profiles.figure import Figure, Period, State
from ..profiles.headline import Reason, why_first
from ..profiles.interval import Interval
from ..profiles.measures import Kind, Measure
from ..profiles.rounding import Reaches
from ..profiles.spread import Spread, spreads
from ..profiles.version import Version
from .cells import Cell
from .formatting import Written, plain, write_interval, write_number

REASONS = {
    Reason.LATEST: "it is of the latest period",
    Reason.DATED: "it is dated, the next is not",
    Reason.STATED: "it is stated, the next is worked out",
    Reason.PREFERRED: "its source comes first in the order of sources",
    Reason.FIRST: "it comes first in the data; no other rule decides",
}
"""Why a figure stands before the next of its measure."""
SHOWN_FIRST = {
    Reason.DATED: "the dated one is shown first",
    Reason.PREFERRED: "shown first is that of the preferred source",
    Reason.FIRST: "shown first is the first in the data",
}
"""The same where several sources give the period of the headline."""
POINT = Kind.SHARE.scale // 100
"""A percentage point in storage units."""


class Agreed(Struct, frozen=True, gc=False):
    """A sentence on how figures agree, and the figures that it names."""

    words: Written
    figures: tuple[Figure, ...]


def with_reason(cell: Cell, company: Company, version: Version) -> Cell:
    """A headline's cell whose note tells why it is first, where there was a choice of sources."""
    figures = company.all_of(cell.measure)
    reason = why_first(figures, version.prefer)
    alike = reason is Reason.FIRST and len({one.source for one in figures}) == 1
    if cell.note is None or reason is Reason.ONLY or alike:
        return cell
    return replace(
        cell, note=replace(cell.note, chosen=f"of {len(figures)} figures: {REASONS[reason]}")
    )


def agreement_of(company: Company, measure: Measure, version: Version) -> tuple[Agreed, ...]:
    """How the sources of a measure agree in the latest period of which several tell it, and where
    what is stated and what is worked out differ beyond rounding; nothing where one source is alone.
    """
    figures = company.all_of(measure.key)
    if len(figures) < 2:
        return ()
    return tuple(_Accounts(company, figures, measure, version).told())


class _Accounts:
    """All figures of one measure of one company, about to be held against each other."""

    def __init__(
        self, company: Company, figures: Sequence[Figure], measure: Measure, version: Version
    ) -> None:
        self.figures, self.measure, self.version = figures, measure, version
        self.reach = Reaches(company.figures, version.catalogue)

    def told(self) -> Iterator[Agreed]:
        if spread := next(spreads(self.figures), None):
            same = all(one.interval == spread.interval for one in spread.figures)
            yield from [self.over(spread)] if spread.wider or same else self.pairs(spread)
        yield from self.beyond_rounding()

    def over(self, spread: Spread) -> Agreed:
        """From the least to the greatest: 2 sources give 100,000 to 107,300; they differ by 7%."""
        least, greatest = _extremes(spread.figures)
        found = compare(least, greatest, self.reach)
        clauses = [f"{_of(spread.period, self.figures[0])}{spread.sources} sources give {{}}"]
        undated = sum(one.period is None for one in spread.figures) if spread.period else 0
        converted = sum(one.conversion is not None for one in spread.figures)
        clauses[0] += f"{_some(undated, 'undated')}{_some(converted, 'converted')}"
        clauses += self.apart(found, least.currency, many=len(spread.figures) > 2)
        if spread.figures[0] is self.figures[0]:
            reason = why_first(self.figures, self.version.prefer)
            clauses += [SHOWN_FIRST[reason]] if reason in SHOWN_FIRST else []
        text = f"{'; '.join(clauses)}."
        ends = self.ends(spread)
        words = Written(text.format(ends.seen), text.format(ends.spoken))
        return Agreed(words, spread.figures)

    def apart(self, found: Agreement, currency: str | None, *, many: bool) -> Iterator[str]:
        """How the least and the greatest stand to one another."""
        if found.relation is Relation.ROUNDED:
            yield "the same but for rounding"
        elif found.relation is Relation.OVERLAPPING:
            yield "they overlap" if many else "they overlap, so both can be true"
        elif found.relation is Relation.APART:
            yield f"they differ{gap_words(found, self.measure, currency, many=many)}"

    def ends(self, spread: Spread) -> Written:
        """The interval of a spread, in words."""
        currency = spread.figures[0].currency
        low, high = spread.interval.low, spread.interval.high
        opened = spread.interval.low_open or spread.interval.high_open
        if low is None or high is None or low == high or opened:
            return write_interval(spread.interval, self.measure, currency)
        for exactly in (False, True):
            one, other = (
                write_interval(Interval.exactly(end), self.measure, currency, exactly=exactly)
                for end in (low, high)
            )
            if one.seen != other.seen:
                break
        return Written(f"{one.seen} to {other.seen}", f"{one.spoken} to {other.spoken}")

    def pairs(self, spread: Spread) -> Iterator[Agreed]:
        """The first figure beside each of another source, where one holds all the others."""
        first, *others = spread.figures
        for other in others:
            if other.source != first.source:
                words = self.sentence(first, other, compare(first, other, self.reach))
                yield Agreed(words, (first, other))

    def sentence(self, one: Figure, other: Figure, found: Agreement) -> Written:
        """How a figure stands to another, in a sentence."""
        if found.relation is Relation.AROUND:
            one, other = other, one
        gap = gap_words(found, self.measure, one.currency)
        pattern = {
            Relation.SAME: "{} and {} are the same.",
            Relation.ROUNDED: "{} and {} are the same but for rounding.",
            Relation.INSIDE: "{} lies inside {}: both can be true.",
            Relation.AROUND: "{} lies inside {}: both can be true.",
            Relation.OVERLAPPING: "{} and {} overlap: both can be true.",
        }.get(found.relation, f"{{}} and {{}} differ{gap}.")
        seen, spoken = (
            (self.named(one, how), self.named(other, how)) for how in ("seen", "spoken")
        )
        return Written(_sentence(pattern.format(*seen)), _sentence(pattern.format(*spoken)))

    def beyond_rounding(self) -> Iterator[Agreed]:
        """Where a stated figure and one that is worked out cannot both be right."""
        stated = [one for one in self.figures if one.state is State.STATED]
        for one in self.figures:
            if one.state is not State.DERIVED:
                continue
            pairs = ((other, compare(other, one, self.reach)) for other in stated)
            held = next((pair for pair in pairs if pair[1].relation.comparable), None)
            if held and held[1].beyond_rounding:
                told = self.sentence(held[0], one, held[1])
                more = ", more than rounding explains."
                words = Written(told.seen[:-1] + more, told.spoken[:-1] + more)
                yield Agreed(words, (held[0], one))

    def named(self, figure: Figure, how: str) -> str:
        """A figure by its number, its period and its source: 13.8% of 2015/16 (source 2)."""
        assert figure.interval is not None
        written = write_interval(figure.interval, self.measure, figure.currency)
        number = str(getattr(written, how))
        dated = f"{number} of {figure.period.label}" if figure.period else f"the undated {number}"
        if figure.derivation:
            return f"{dated} (worked out)" if figure.period else f"{number} (worked out)"
        return f"{dated} (source {self.version.source_number(figure.source) or '?'})"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _some(number: int, what: str) -> str:
    """How many of the figures are something that a reader must know."""
    return f", {'one' if number == 1 else number} of them {what}" if number else ""


def _of(period: Period | None, headline: Figure) -> str:
    """The period of a spread, where it is not that of the headline."""
    return f"{period.label}: " if period and period != headline.period else ""


def _extremes(figures: Sequence[Figure]) -> tuple[Figure, Figure]:
    """The figure that begins lowest, and the one that ends highest."""

    def begin(one: Figure) -> tuple[bool, int, bool]:
        assert one.interval is not None
        return one.interval.low is not None, one.interval.low or 0, one.interval.low_open

    def end(one: Figure) -> tuple[bool, int, bool]:
        assert one.interval is not None
        return one.interval.high is None, one.interval.high or 0, not one.interval.high_open

    return min(figures, key=begin), max(figures, key=end)


def gap_words(
    found: Agreement, measure: Measure, currency: str | None, *, many: bool = False
) -> str:
    """By how much two figures differ: by 7%, by 1.8 points, by at least $2M; blank for touching."""
    if not found.gap:
        return ""
    rounding = ROUND_FLOOR if found.at_least else ROUND_HALF_EVEN
    least = " at least" if found.at_least else " up to" if many else ""
    return f" by{least} {_amount(found.gap, found, measure, currency, rounding)}"


def _amount(
    gap: int, found: Agreement, measure: Measure, currency: str | None, rounding: str
) -> str:
    if measure.kind is Kind.SHARE:
        points = plain(Context(prec=2, rounding=rounding).divide(Decimal(gap), Decimal(POINT)))
        return f"{points} point{'' if points == '1' else 's'}"
    if measure.kind is Kind.YEAR:
        return f"{gap} year{'' if gap == 1 else 's'}"
    if found.ratio is None:
        return write_number(gap, measure, currency)[0]
    percent = Decimal(found.ratio.numerator) * 100 / found.ratio.denominator
    if percent >= 100:
        factor = Context(prec=2, rounding=rounding).plus(percent / 100 + 1)
        return f"a factor of {plain(factor)}"
    digits = 1 if percent < 10 else 2
    return f"{plain(Context(prec=digits, rounding=rounding).plus(percent))}%"
