"""Templates: one environment, and what every page is given."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.settings import ROOT, Settings
from app.store.snapshot import Edition

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the main navigation."""

    href: str
    label: str


NAVIGATION = (
    Link("/", "Companies"),
    Link("/compare", "Compare"),
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

    def page(
        self,
        name: str,
        edition: Edition | None,
        *,
        here: str = "",
        status: int = 200,
        search: str = "",
        **view: Any,
    ) -> HTMLResponse:
        """A page from `pages/NAME.html`; `here` is its entry in the navigation."""
        template = self.environment.get_template(f"pages/{name}.html")
        html = template.render(edition=edition, here=here, search=search, **view)
        return HTMLResponse(html, status)

    def xml(self, name: str, **view: Any) -> Response:
        """An XML document from `pages/NAME.xml`."""
        text = self.environment.get_template(f"pages/{name}.xml").render(**view)
        return Response(text, media_type="application/xml")


def _icon(name: str) -> Markup:
    """The drawing of an icon, to stand inside the text and take its size and colour."""
    drawing = (TEMPLATES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    shapes = " ".join(drawing.partition("<svg")[2].partition(">")[2].split())
    return Markup(f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{shapes}')  # noqa: S704


def _static(name: str) -> str:
    """The address of an asset, which changes with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def get_renderer(request: Request) -> Renderer:
    """The renderer of this application."""
    renderer: Renderer = request.app.state.renderer
    return renderer


Pages = Annotated[Renderer, Depends(get_renderer)]
