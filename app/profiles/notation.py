"""The notation: how printed words become an interval. What cannot be read is an error.

    [bound] amount [+] [words]        more than 50 %    ≥ 3    40+    up to 12 countries
    amount - amount [words]           10-20    $1.2B to $1.4B

    amount: [sign or code] number [K M B T bn million …] [code or %]

Thousands may be grouped by commas, spaces or apostrophes; the decimal sign is a point.
"""

import re
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from .currency import AMBIGUOUS, SIGNS, codes, currency_of, sign_agrees
from .interval import MAX_BOUND, Interval
from .measures import Kind, Measure

MAX_LENGTH = 80
SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trillion": 10**12,
}
MORE = (">", "more than", "over", "above")
AT_LEAST = ("≥", ">=", "at least", "no fewer than", "no less than")
LESS = ("<", "less than", "fewer than", "under", "below")
AT_MOST = ("≤", "<=", "up to", "at most", "no more than")
VAGUE = re.compile(r"^(about|around|approximately|approx\.?|circa|ca\.?|some|nearly|almost|~|≈)")


class NotationError(ValueError):
    """A printed form that cannot be read; the message says what would be right."""


class UnreadableError(NotationError):
    """Words that are no amount at all; bounds given beside them can say what is meant."""


class Reading(Struct, frozen=True, gc=False):
    """What a printed form says: an interval in storage units, and its currency if money."""

    interval: Interval
    currency: str | None = None


def _any_of(phrases: tuple[str, ...]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(
        re.escape(phrase) + (r"\b" if phrase[-1].isalpha() else "") for phrase in longest_first
    )


_SIGN = "|".join(re.escape(sign) for sign in sorted([*SIGNS, "$", AMBIGUOUS], key=len)[::-1])
_NUMBER = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?:'\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e\+?\d{1,2})?"
)
_SCALE = _any_of(tuple(SCALES))


def _amount(suffix: str) -> str:
    """The pattern of one amount; `suffix` keeps the group names of two amounts apart."""
    return (
        rf"(?:(?P<sign{suffix}>{_SIGN})\s?|(?P<code{suffix}>[a-z]{{3}})\s)?"
        rf"(?P<number{suffix}>{_NUMBER})"
        rf"(?:\s?(?P<scale{suffix}>{_SCALE}))?"
        rf"(?:\s?(?P<percent{suffix}>%|per cent|percent)|\s?(?P<after{suffix}>[a-z]{{3}})\b)?"
    )


_BOUND = (
    rf"(?:(?P<more>{_any_of(MORE)})|(?P<at_least>{_any_of(AT_LEAST)})"
    rf"|(?P<less>{_any_of(LESS)})|(?P<at_most>{_any_of(AT_MOST)}))\s?"
)
_SINGLE = re.compile(
    rf"(?:{_BOUND})?{_amount('')}(?P<plus>\s?\+)?(?:\s(?P<words>[a-z].*))?",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(
    rf"{_amount('')}\s?(?:-|to)\s?{_amount('_2')}(?:\s(?P<words>[a-z].*))?",
    re.IGNORECASE | re.ASCII,
)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


def read_notation(text: str, measure: Measure, dollar: str = "USD") -> Reading:
    """The interval that a printed form states, closed and cut by the measure's domain.

    Ends are open as the words say: "more than 10" is (10, …, "10+" is [10, …. `dollar` is what
    `$` alone means. Raises NotationError.
    """
    plain = _plain(text, measure)
    if found := _RANGE.fullmatch(plain):
        return _read_range(found, measure, dollar)
    if found := _SINGLE.fullmatch(plain):
        return _read_single(found, measure, dollar)
    if VAGUE.match(plain.lower()):
        raise UnreadableError(
            f"“{text}” is vague: give the bounds beside it, as {{stated: …, low: …, high: …}}"
        )
    raise UnreadableError(f"cannot read “{text}”; right would be {examples(measure)}")


def _plain(text: str, measure: Measure) -> str:
    """The text with one kind of space, hyphen and apostrophe, without its trailing nouns."""
    if len(text) > MAX_LENGTH:
        raise NotationError(f"a printed form has at most {MAX_LENGTH} characters")
    plain = _SPACES.sub(" ", text).strip()
    plain = re.sub("[–—−]", "-", plain).replace("’", "'")
    for words in measure.words:
        if plain.lower().endswith(" " + words):
            return plain[: -len(words)].rstrip()
    return plain


def _read_single(found: re.Match[str], measure: Measure, dollar: str) -> Reading:
    _refuse_words(found, measure)
    value = _ticks(found, "", found["scale"], measure)
    currency = _currency(found, "", measure, dollar)
    if found["plus"] and any(found[bound] for bound in ("more", "at_least", "less", "at_most")):
        raise NotationError(f"cannot read “{found[0]}”: it bounds the number twice")
    stated: Ends
    if found["more"]:
        stated = (value, None, True, False)
    elif found["at_least"] or found["plus"]:
        stated = (value, None, False, False)
    elif found["less"]:
        stated = (None, value, False, True)
    elif found["at_most"]:
        stated = (None, value, False, False)
    else:
        stated = (value, value, False, False)
    return Reading(within_domain(stated, measure), currency)


def _read_range(found: re.Match[str], measure: Measure, dollar: str) -> Reading:
    _refuse_words(found, measure)
    # "10-20B" means billions on both sides, as "10-20 %" means two shares.
    low = _ticks(found, "", found["scale"] or found["scale_2"], measure, found["percent_2"])
    high = _ticks(found, "_2", found["scale_2"], measure)
    marks = {_currency(found, side, measure, dollar) for side in ("", "_2") if _marked(found, side)}
    if len(marks) > 1:
        raise NotationError(f"“{found[0]}” names two currencies")
    currency = marks.pop() if marks else _currency(found, "", measure, dollar)
    return Reading(within_domain((low, high, False, False), measure), currency)


def _refuse_words(found: re.Match[str], measure: Measure) -> None:
    if found["words"]:
        allowed = " or ".join(f"“{words}”" for words in measure.words) or "nothing"
        raise NotationError(
            f"“{found['words']}” does not belong to {measure.label}; "
            f"after the number may stand {allowed}"
        )


def _marked(found: re.Match[str], side: str) -> bool:
    return any(found[name + side] for name in ("sign", "code", "after"))


def _ticks(
    found: re.Match[str], side: str, scale: str | None, measure: Measure, percent: str | None = None
) -> int:
    """One amount in storage units, half-even for money and shares, whole for the rest."""
    is_share = measure.kind is Kind.SHARE
    if is_share != bool(found["percent" + side] or percent):
        wanted = "a share is written in percent, as 50%" if is_share else "this is no share"
        raise NotationError(f"cannot read “{found[0]}”: {wanted}")
    units = number(found["number" + side], scale) / (100 if is_share else 1)
    ticks = units * measure.kind.scale
    if measure.kind in (Kind.COUNT, Kind.YEAR) and ticks.denominator != 1:
        raise NotationError(f"“{found[0]}” is not a whole number of {measure.unit}")
    if abs(ticks) > MAX_BOUND:
        raise NotationError(f"“{found[0]}” is too large to be stored")
    return round(ticks)


def number(digits: str, scale: str | None = None) -> Fraction:
    """Grouped digits with a point or exponent, times the scale word, exactly."""
    factor = SCALES[scale.lower()] if scale else 1
    return Fraction(re.sub("[, ']", "", digits)) * factor


def _currency(found: re.Match[str], side: str, measure: Measure, dollar: str) -> str | None:
    """The currency of an amount of money, by its sign, its code, or both if they agree."""
    sign = found["sign" + side]
    named = [found[name + side].upper() for name in ("code", "after") if found[name + side]]
    if measure.kind is not Kind.MONEY:
        if sign or named:
            label = measure.label
            raise NotationError(f"cannot read “{found[0]}”: {label} is not an amount of money")
        return None
    if strange := [code for code in named if code not in codes()]:
        raise NotationError(f"“{strange[0]}” is not a currency code")
    if len(set(named)) > 1 or (sign and named and not sign_agrees(sign, named[0], dollar)):
        raise NotationError(f"“{found[0]}” names two currencies")
    mark = named[0] if named else sign
    if not mark:
        raise NotationError(f"“{found[0]}” names no currency; right would be {examples(measure)}")
    currency = currency_of(mark, dollar)
    if currency is None:
        raise NotationError(
            f"“{mark}” is more than one currency; write JPY or CNY after the number"
        )
    return currency


Ends: TypeAlias = tuple[int | None, int | None, bool, bool]
"""Low, high, low open, high open, as stated: an end not stated is infinite."""


def within_domain(ends: Ends, measure: Measure) -> Interval:
    """The interval closed by the domain. Raises NotationError where it is empty or leaves it."""
    low, high, low_open, high_open = ends
    if low is not None and high is not None and low > high:
        raise NotationError("the lower end lies above the upper end")
    try:
        stated = Interval(low, high, low_open or low is None, high_open or high is None)
    except ValueError as error:
        raise NotationError(str(error)) from error
    if any(bound is not None and abs(bound) > MAX_BOUND for bound in (low, high)):
        raise NotationError("the number is too large to be stored")
    domain = measure.domain
    closed = stated.cut(domain)
    leaves = (low is not None and domain.low is not None and low < domain.low) or (
        high is not None and domain.high is not None and high > domain.high
    )
    if closed is None or leaves:
        raise NotationError(f"outside what {measure.label} can be: {domain_words(measure)}")
    return closed


def domain_words(measure: Measure) -> str:
    """The domain as a person would say it."""
    low, high = measure.domain.low, measure.domain.high
    scale = measure.kind.scale
    if low is None and high is None:
        return "any number, below zero too"
    if measure.kind is Kind.SHARE:
        return "0% or more" if high is None else f"{low or 0}% to {high * 100 // scale}%"
    return f"{low} or more" if high is None else f"{low} to {high // scale}"


def examples(measure: Measure) -> str:
    """Forms that could be read for this measure."""
    return {
        Kind.MONEY: "$1.2B, USD 14 billion, more than €500M",
        Kind.SHARE: "44.7%, more than 50%, 10-20%",
        Kind.COUNT: "170,000, 76K, 40+, more than 140, 10-20",
        Kind.YEAR: "1987",
    }[measure.kind]
