"""How a column prints its numbers, and the exact number that a cell prints in that style."""

import re
from dataclasses import dataclass, field
from decimal import Context, Decimal

from ...profiles.notation import SCALES

_BLANKS = " \u00a0\u2007\u2009\u202f"
_GROUPING = {
    ",": ",",
    ".": ".",
    " ": _BLANKS,
    "'": "'’",
    "none": "",
}
_EXACT = Context(prec=400)
"""Digits enough that no product of two numbers of 80 signs and two exponents is rounded."""
_LEFT_OVER = re.compile(r"[.,'’]|\d\s*\d")
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The signs of a column's numbers. `thousands` None reads blank, apostrophe and what is not
    the decimal sign.

    With `parentheses`, `(1,228.0)` is a loss: -1,228.0.
    """

    thousands: str | None = None
    decimal: str = "."
    parentheses: bool = False
    _table: dict[int, int | None] = field(init=False, repr=False, compare=False)
    _plain: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _inside: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        other = "," if self.decimal == "." else "."
        signs = f"{other}{_BLANKS}'’" if self.thousands is None else _GROUPING[self.thousands]
        digits = _digits(signs, self.decimal)
        table = str.maketrans(f"{self.decimal}−", ".-", signs)
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_plain", re.compile(rf"[-−]?{digits}", re.ASCII | re.IGNORECASE))
        inside = rf"(?P<number>{digits})(?P<scale>\s?(?:{_SCALE})(?![a-z]))?"
        object.__setattr__(self, "_inside", re.compile(inside, re.ASCII | re.IGNORECASE))

    def plain(self, cell: str) -> Decimal | None:
        """The number that a cell is and no more, exactly; None for anything else."""
        if self.parentheses and cell[:1] == "(" and cell[-1:] == ")":
            inner = self.plain(cell[1:-1].strip())
            return inner.copy_negate() if inner is not None and not inner.is_signed() else None
        return self.value(cell) if self._plain.fullmatch(cell) else None

    def value(self, digits: str) -> Decimal:
        """The number of digits in this style."""
        return Decimal(digits.translate(self._table))

    def negated(self, cell: str) -> str | None:
        """What a cell that is marked as below zero holds without its mark, else None."""
        if self.parentheses and cell.startswith("(") and cell.endswith(")"):
            return cell[1:-1].strip()
        return cell[1:].lstrip() if cell[:1] in ("-", "−") else None

    def in_notation(self, cell: str, times: Decimal, suffix: str) -> str | None:
        """The cell as the notation writes it: every number times a factor, with a suffix.

        A number with a scale word of its own keeps it: `> 10` times 1e6 is `> 10000000`. None
        where signs of numbers are left over: the notation would read them in its own style.
        """

        def written(found: re.Match[str]) -> str:
            number = self.value(found["number"])
            scaled = number if found["scale"] else _EXACT.multiply(number, times)
            return f"{scaled:f}{found['scale'] or ''}{suffix}"

        if _LEFT_OVER.search(self._inside.sub("0", cell)):
            return None
        return self._inside.sub(written, cell)

    def names_scale(self, cell: str) -> bool:
        """Whether a number of the cell has a scale word of its own, as `1.2B` has."""
        return any(found["scale"] for found in self._inside.finditer(cell))


def _digits(signs: str, decimal: str) -> str:
    """The pattern of digits in groups of three or in one run, with decimals and exponent.

    All groups of a number are parted by one and the same sign.
    """
    grouped = "|".join(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+" for sign in signs)
    whole = rf"(?:{grouped}|\d+)" if grouped else r"\d+"
    return rf"(?<![\d.,]){whole}(?:{re.escape(decimal)}\d+)?(?:e[+-]?\d{{1,2}})?(?![\d])"
