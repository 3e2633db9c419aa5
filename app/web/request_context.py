"""What the frame of a page needs to know of a request: where it is, and in which theme."""

from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct

THEMES = ("light", "dark")
SYSTEM = "system"
"""What a reader chooses to have no theme of their own here."""
MENU = (
    (SYSTEM, "System", "monitor"),
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
)
THEME_COOKIE = "theme"
"""The one cookie of the site: the colour theme that a reader chose."""
SHADES = {"light": "#ffffff", "dark": "#171c22"}
"""The colour of the header, `--card` in the styles, in which a browser may paint its own frame."""
LONGEST_WAY_BACK = 1500
"""The longest address that a form carries along, in bytes as they are sent."""


def chosen_theme(cookies: Mapping[str, str]) -> str:
    """The colour theme that a reader chose, blank for that of the reader's system."""
    theme = cookies.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


class Choice(Struct, frozen=True, gc=False):
    """A colour theme in the menu, and whether it is the present one."""

    theme: str
    label: str
    icon: str
    chosen: bool


class Shade(Struct, frozen=True, gc=False):
    """The colour of the header in one scheme, and where it holds, as a media query."""

    scheme: str
    colour: str
    media: str


class Visit(Struct, frozen=True, gc=False):
    """One request as the frame of a page needs it.

    `origin` is the public address of the site without a slash at its end, `path` and `query` are
    those asked for, `theme` is the colour theme chosen, blank for that of the reader's system.
    """

    origin: str
    path: str
    query: str
    theme: str

    @property
    def address(self) -> str:
        """The address within the site, to come back to."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def way_back(self) -> str:
        """The address for a form to come back to, or as much of it as is not overlong."""
        fitting = (
            address
            for address in (self.address, self.path)
            if len(quote(address, safe="")) <= LONGEST_WAY_BACK
        )
        return next(fitting, "/")

    @property
    def worn(self) -> str:
        """The theme chosen, that of the system by name."""
        return self.theme or SYSTEM

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The colour themes as the menu offers them."""
        return tuple(
            Choice(theme, label, icon, chosen=theme == self.worn) for theme, label, icon in MENU
        )

    @property
    def shades(self) -> tuple[Shade, ...]:
        """The colours of the header; that of a chosen theme holds whatever the system has."""
        return tuple(
            Shade(scheme, colour, self._media(scheme)) for scheme, colour in SHADES.items()
        )

    def _media(self, scheme: str) -> str:
        if not self.theme:
            return f"(prefers-color-scheme: {scheme})"
        return "all" if scheme == self.theme else "not all"
