"""What the layout of a page needs of its request: the address and the colour theme."""

from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct

THEMES = ("light", "dark")
SYSTEM = "system"
"""The choice of the theme that the reader's system has."""
MENU = (
    (SYSTEM, "System", "monitor"),
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
)
THEME_COOKIE = "theme"
"""The only cookie of the site: the colour theme that a reader chose."""
SHADES = {"light": "#ffffff", "dark": "#171c22"}
"""The colour of the page header, `--card` in the styles; browsers may paint their frame in it."""
LONGEST_WAY_BACK = 1500
"""Bytes of the longest quoted address that a form carries along."""


def chosen_theme(cookies: Mapping[str, str]) -> str:
    """The colour theme that a reader chose; blank for that of the reader's system."""
    theme = cookies.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


class Choice(Struct, frozen=True, gc=False):
    """A colour theme in the menu, and whether it is in use."""

    theme: str
    label: str
    icon: str
    chosen: bool


class Shade(Struct, frozen=True, gc=False):
    """The colour of the page header in one scheme, and the media query for which it applies."""

    scheme: str
    colour: str
    media: str


class RequestContext(Struct, frozen=True, gc=False):
    """One request as the layout of a page needs it.

    `origin` is the public address of the site without a final slash, `path` and `query` are those
    of the request, `theme` is the chosen colour theme, blank for that of the reader's system.
    """

    origin: str
    path: str
    query: str
    theme: str

    @property
    def address(self) -> str:
        """The address within the site."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def way_back(self) -> str:
        """The address to which a form returns: without its query, or `/`, where it is too long."""
        fitting = (
            address
            for address in (self.address, self.path)
            if len(quote(address, safe="")) <= LONGEST_WAY_BACK
        )
        return next(fitting, "/")

    @property
    def theme_or_system(self) -> str:
        """The theme in use, as the menu names it."""
        return self.theme or SYSTEM

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The colour themes of the menu."""
        return tuple(
            Choice(theme, label, icon, chosen=theme == self.theme_or_system)
            for theme, label, icon in MENU
        )

    @property
    def shades(self) -> tuple[Shade, ...]:
        """The colours of the page header; with a chosen theme only that one applies."""
        return tuple(
            Shade(scheme, colour, self._media(scheme)) for scheme, colour in SHADES.items()
        )

    def _media(self, scheme: str) -> str:
        if not self.theme:
            return f"(prefers-color-scheme: {scheme})"
        return "all" if scheme == self.theme else "not all"
