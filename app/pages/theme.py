"""The choice of a colour theme: all that a reader sends, kept in the one cookie of the site."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse

from ..errors import FieldProblem, InvalidQuery
from ..web.request_context import SYSTEM, THEME_COOKIE, THEMES
from .rendering import Pages

router = APIRouter(include_in_schema=False)
YEAR = 31_536_000
MOST_BYTES = 2048
"""The longest body that is read."""
ACCEPTED = "system, light or dark"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a short form that a page of this site sent; of equal names the last.

    Raises HTTPException: 403 if another site's page sent it, 413 if it is too long.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise HTTPException(403)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    fields = parse_qs(body.decode(errors="replace"))
    return {name: values[-1] for name, values in fields.items()}


Form = Annotated[dict[str, str], Depends(read_form)]


@router.post("/theme", response_class=RedirectResponse, status_code=303)
def choose_theme(form: Form, pages: Pages) -> RedirectResponse:
    """Keep a theme, or none, and lead back. Raises InvalidQuery for an unknown theme."""
    theme = form.get("theme", "")
    if theme not in (SYSTEM, *THEMES):
        raise InvalidQuery([FieldProblem("theme", theme, ACCEPTED)])
    answer = RedirectResponse(way_back(form.get("next", "")), 303)
    secure = pages.origin.startswith("https://")
    if theme == SYSTEM:
        answer.delete_cookie(THEME_COOKIE, secure=secure, httponly=True, samesite="lax")
    else:
        answer.set_cookie(
            THEME_COOKIE, theme, YEAR, secure=secure, httponly=True, samesite="lax", path="/"
        )
    return answer


def way_back(address: str) -> str:
    r"""An address within the site as it is, and `/` for what a browser may read as another's.

    `//host`, `/\host` and `/<tab>/host` all lead away.
    """
    inside = address.startswith("/") and address.isprintable()
    return address if inside and "//" not in address and "\\" not in address else "/"
