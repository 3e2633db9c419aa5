"""Labels beside marks, placed so that none overlaps another label or mark at any width.

Marks stand in percent of the plot, labels are as wide as their text in pixels, so a placement is
right for some widths only: each layout names the least and the greatest for which it must hold.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

SIDES = {
    "r": (14, 4, 0.0),
    "l": (-14, 4, -1.0),
    "t": (0, -15, -0.5),
    "b": (0, 24, -0.5),
    "a": (10, -15, -1.0),
    "u": (10, 24, -1.0),
}
"""Where a label may stand: its baseline's distance from the mark, and which part of its width
lies to the left of that point. The style sheet says the same."""
HIDDEN = "x"
PLOTS = 64
"""Plots whose labels are placed once, though their list is shown in many orders and pages."""
_CHARACTER, _WIDE, _LINE = 7.4, 13.5, 15
_MARK = 11
_BEYOND = 20
"""Pixels by which a label may leave the plot at its right; at its left stand the axis's numbers."""


class Layout(Struct, frozen=True, gc=False):
    """A plot whose width may be anything from `least` to `greatest` pixels, `height` high."""

    least: int
    greatest: int
    height: int


class Labelled(Struct, frozen=True, gc=False):
    """A mark at `x`, `y` percent with its text; the more important are placed first."""

    x: float
    y: float
    text: str


class Standing(Struct, frozen=True, gc=False):
    """A text that stands in the plot already: it ends `dx`, `dy` pixels from its point."""

    x: float
    y: float
    text: str
    dx: int
    dy: int


class _Box(Struct, frozen=True, gc=False):
    """A box at the least and at the greatest width: left and right ends for each, top, bottom."""

    lefts: tuple[float, float]
    rights: tuple[float, float]
    top: float
    bottom: float

    def clear_of(self, other: "_Box") -> bool:
        """Whether they are apart at every width between: in height, or on one side at both ends.

        Both ends move linearly with the width, so what is apart at both ends on the same side is
        apart between them.
        """
        if self.top >= other.bottom or self.bottom <= other.top:
            return True
        pairs = tuple(zip(self.rights, other.lefts, strict=True))
        turned = tuple(zip(other.rights, self.lefts, strict=True))
        return all(a <= b for a, b in pairs) or all(a <= b for a, b in turned)


def text_width(text: str) -> float:
    """About how many pixels a label takes, rather more than less."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return (len(text) - wide) * _CHARACTER + wide * _WIDE + 4


def place(
    marks: Sequence[Labelled],
    layout: Layout,
    others: Sequence[Standing] = (),
    most: int = 24,
) -> tuple[str, ...]:
    """On which side of its mark each label stands, or HIDDEN where there is no room.

    `others` are texts that stand in the plot already; at most `most` labels are shown.
    """
    return _sides(tuple(marks), layout, tuple(others), most)


@lru_cache(maxsize=PLOTS)
def _sides(
    marks: tuple[Labelled, ...], layout: Layout, others: tuple[Standing, ...], most: int
) -> tuple[str, ...]:
    taken = [_around(mark, layout) for mark in marks]
    taken += [_text(other, (other.dx, other.dy, -1.0), layout) for other in others]
    sides = []
    for index, mark in enumerate(marks):
        side = _free_side(mark, layout, taken, index) if index < most else None
        if side is not None:
            taken.append(_label(mark, side, layout))
        sides.append(side or HIDDEN)
    return tuple(sides)


def covered(text: Standing, marks: Sequence[Labelled], layout: Layout) -> bool:
    """Whether a text that stands in the plot may lie under a mark at some width."""
    box = _text(text, (text.dx, text.dy, -1.0), layout)
    return not all(box.clear_of(_around(mark, layout)) for mark in marks)


def _free_side(mark: Labelled, layout: Layout, taken: Sequence[_Box], index: int) -> str | None:
    others = [box for place, box in enumerate(taken) if place != index]
    for side in SIDES:
        box = _label(mark, side, layout)
        if _fits(box, layout) and all(box.clear_of(other) for other in others):
            return side
    return None


def _fits(box: _Box, layout: Layout) -> bool:
    widths = (layout.least, layout.greatest)
    inside = all(right <= width + _BEYOND for right, width in zip(box.rights, widths, strict=True))
    return inside and min(box.lefts) >= 0


def _at(mark: Labelled | Standing, layout: Layout) -> Iterator[float]:
    for width in (layout.least, layout.greatest):
        yield mark.x * width / 100


def _around(mark: Labelled, layout: Layout) -> _Box:
    near, far = _at(mark, layout)
    y = mark.y * layout.height / 100
    return _Box((near - _MARK, far - _MARK), (near + _MARK, far + _MARK), y - _MARK, y + _MARK)


def _label(mark: Labelled, side: str, layout: Layout) -> _Box:
    return _text(mark, SIDES[side], layout)


def _text(mark: Labelled | Standing, offset: tuple[int, int, float], layout: Layout) -> _Box:
    right, down, part = offset
    width = text_width(mark.text)
    near, far = (x + right + part * width for x in _at(mark, layout))
    top = mark.y * layout.height / 100 + down - 12
    return _Box((near, far), (near + width, far + width), top, top + _LINE)
