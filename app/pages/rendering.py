"""Templates: one environment, and what every page is given."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from ..profiles.version import Version
from ..settings import ROOT, Settings
from ..web.request_context import RequestContext, chosen_theme

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML may hold, escaped or not; a reader may type some into a search."""


class Link(Struct, frozen=True, gc=False):
    """An entry of the main navigation."""

    href: str
    label: str


NAVIGATION = (
    Link("/", "Companies"),
    Link("/compare", "Compare"),
    Link("/charts", "Charts"),
    Link("/sources", "Sources"),
    Link("/about", "About"),
    Link("/api", "API"),
)


class Renderer:
    """Prints templates. `settings` decide nothing but what the layout says of the site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals |= {
            "icon": lru_cache(maxsize=None)(_icon),
            "static": lru_cache(maxsize=None)(_static),
            "navigation": NAVIGATION,
        }

    def text(self, name: str, **view: Any) -> str:
        """What a template prints."""
        return self.environment.get_template(name).render(**view)

    def visit(self, request: Request) -> RequestContext:
        """What the frame needs to know of a request."""
        return RequestContext(
            origin=self.settings.public_url or str(request.base_url).rstrip("/"),
            path=quote(request.url.path),
            query=request.url.query,
            theme=chosen_theme(request.cookies),
        )


class PageMaker(Struct, frozen=True):
    """Makes the pages that answer one request."""

    renderer: Renderer
    visit: RequestContext

    @property
    def origin(self) -> str:
        """The public address of the site, without a slash at its end."""
        return self.visit.origin

    def page(
        self,
        name: str,
        version: Version | None,
        *,
        here: str = "",
        status: int = 200,
        search: str = "",
        within: Sequence[tuple[str, str]] = (),
        canonical: str | None = None,
        **view: Any,
    ) -> HTMLResponse:
        """A page from `pages/NAME.html`; `here` is its entry in the navigation.

        `canonical` is the address within the site by which search engines know it, by default
        the path without a query; an error has none. `within` is the query, but for its words,
        that a search from this page goes on with.
        """
        known_as = self.visit.path if canonical is None else canonical
        html = self.renderer.text(
            f"pages/{name}.html",
            version=version,
            here=here,
            search=search,
            within=within,
            visit=self.visit,
            canonical=f"{self.origin}{known_as}" if status == 200 else None,
            **view,
        )
        return HTMLResponse(html, status, headers={"Vary": "Cookie"})

    def document(self, name: str, media_type: str, **view: Any) -> Response:
        """An XML document that is no page, from `NAME`; it tells nothing that XML cannot hold."""
        text = NOT_XML.sub("\ufffd", self.renderer.text(name, **view))
        return Response(text, media_type=media_type)


def _icon(name: str) -> Markup:
    """The drawing of an icon, to stand inside the text and take its size and colour."""
    drawing = (TEMPLATES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    shapes = " ".join(drawing.partition("<svg")[2].partition(">")[2].split())
    return Markup(f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{shapes}')  # noqa: S704


def _static(name: str) -> str:
    """The address of an asset, which changes with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def pages_for(request: Request) -> PageMaker:
    """What makes the pages that answer a request."""
    renderer: Renderer = request.app.state.renderer
    return PageMaker(renderer, renderer.visit(request))


async def _pages(request: Request) -> PageMaker:
    """The same without a hop to a thread."""
    return pages_for(request)


Pages = Annotated[PageMaker, Depends(_pages)]
