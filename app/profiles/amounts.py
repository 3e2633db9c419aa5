"""Numbers as people type them into a filter, and the shortest way to write them back."""

import re
from decimal import Decimal
from functools import lru_cache

from .currency import SIGNS, codes, currency_of
from .interval import MAX_BOUND
from .measures import Kind
from .notation import MAX_LENGTH, SCALES, number

_TYPED = re.compile(
    r"(?P<sign>[^\d\s.,+-]{1,3})?\s?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?"
    r"|\d+(?:\.\d+)?(?:e\+?\d{1,2})?)"
    rf"(?:\s?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))}))?"
    r"(?:\s?(?P<after>%|[a-z]{3}))?",
    re.IGNORECASE | re.ASCII,
)
MINUSES = ("-", "−")
SHARE_DECIMALS = 4
"""Decimals of a percentage in a filter; so many are exact in storage units."""
_FINEST_SHARE = Kind.SHARE.scale // 100 // 10**SHARE_DECIMALS


class AmountError(ValueError):
    """A typed number that cannot be read; the message says what is accepted."""


def read_amount(text: str, kind: Kind, currency: str, *, signed: bool = False) -> int:
    """A typed number in storage units, exactly: `10B`, `61,000,000,000`, `$2e9`; shares in percent.

    Only the signs and code of `currency` are accepted; a minus only of what is `signed`, that can
    lie below zero. Raises AmountError.
    """
    bare = re.sub(r"[\s\u00a0\u202f]+", " ", text.strip())
    below = signed and bare[:1] in MINUSES
    found = _TYPED.fullmatch(bare[1:] if below else bare)
    if found is None or len(text) > MAX_LENGTH:
        raise AmountError(accepted(kind, currency, signed=signed))
    _check_marks(found, kind, currency)
    value = number(found["digits"], found["scale"])
    if kind is Kind.SHARE and (value * 10**SHARE_DECIMALS).denominator != 1:
        raise AmountError(f"at most {SHARE_DECIMALS} decimals, as 12.3456")
    ticks = value * kind.scale / (100 if kind is Kind.SHARE else 1)
    if ticks.denominator != 1:
        raise AmountError("at most 2 decimals" if kind is Kind.MONEY else "a whole number")
    if ticks > MAX_BOUND:
        raise AmountError("a smaller number; this one is beyond what can be stored")
    return -int(ticks) if below else int(ticks)


def _check_marks(found: re.Match[str], kind: Kind, currency: str) -> None:
    sign, after = found["sign"], found["after"]
    if kind is Kind.SHARE:
        if sign or found["scale"] or after not in (None, "%"):
            raise AmountError(accepted(kind, currency))
        return
    for mark in (sign, after):
        if mark is None:
            continue
        meant = currency_of(mark, currency) if mark in SIGNS or mark == "$" else mark.upper()
        if kind is not Kind.MONEY or meant not in codes():
            raise AmountError(accepted(kind, currency))
        if meant != currency:
            raise AmountError(
                f"an amount in {currency}, the currency in which revenues are compared"
            )


def accepted(kind: Kind, currency: str, *, signed: bool = False) -> str:
    """What may be typed for this kind of number, which may be below zero if it is `signed`."""
    least, below = ("", "-20, ") if signed else (" of 0 or more", "")
    decimals = f"with at most {SHARE_DECIMALS} decimals"
    return {
        Kind.MONEY: f"an amount in {currency}{least}, as {below}10B, 1.5bn, 500M or 61,000,000,000",
        Kind.COUNT: f"a whole number{least}, as {below}20,000 or 170k",
        Kind.SHARE: f"percent{least} {decimals}, as {below}40 or 12.5",
        Kind.YEAR: "a year, as 1987",
    }[kind]


@lru_cache(maxsize=4096)
def write_amount(ticks: int, kind: Kind) -> str:
    """The shortest text that `read_amount` reads as these storage units."""
    if ticks < 0:
        return f"-{write_amount(-ticks, kind)}"
    plain = Decimal(ticks) / kind.scale
    if kind is Kind.SHARE:
        return _digits(plain * 100)
    if kind is Kind.YEAR:
        return str(ticks)
    for letter, factor in (("T", 10**12), ("B", 10**9), ("M", 10**6), ("K", 10**3)):
        if plain >= factor and len(short := _digits(plain / factor)) < len(_digits(plain)):
            return short + letter
    return _digits(plain)


def round_above(ticks: int, kind: Kind) -> int | None:
    """The round number that an upper bound lies one storage unit below, or None.

    Bars of a histogram share no number: that of $1B ends one hundredth below $2B. Such a bound is
    written "<2B"; a count ends at a whole number and needs no sign.
    """
    step = {Kind.MONEY: Kind.MONEY.scale, Kind.SHARE: _FINEST_SHARE}.get(kind)
    return ticks + 1 if step and (ticks + 1) % step == 0 else None


def read_upper(text: str, kind: Kind, currency: str, *, signed: bool = False) -> int:
    """An upper bound as typed, inclusive; "<2B" is one storage unit below. Raises AmountError."""
    bare = text.strip()
    if not bare.startswith("<"):
        return read_amount(text, kind, currency, signed=signed)
    bound = read_amount(bare[1:], kind, currency, signed=signed)
    if bound == 0 and not signed:
        raise AmountError(accepted(kind, currency))
    return bound - 1


@lru_cache(maxsize=4096)
def write_upper(ticks: int, kind: Kind) -> str:
    """The shortest text that `read_upper` reads as this bound."""
    above = round_above(ticks, kind)
    return write_amount(ticks, kind) if above is None else f"<{write_amount(above, kind)}"


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
