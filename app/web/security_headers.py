"""The security headers of every response, and HEAD answered as GET."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sourcebook"
)
"""Scripts may turn text into markup only through the Trusted Types policy `sourcebook`."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TRANSPORT = "max-age=63072000; includeSubDomains"
RESOURCE = "Cross-Origin-Resource-Policy"


def headers_for(path: str) -> Mapping[str, str]:
    """The headers of a response; a chart is a picture, which other sites may embed."""
    embeddable = path.startswith("/charts/") and path.endswith(".svg")
    return {**HEADERS, RESOURCE: "cross-origin"} if embeddable else HEADERS


class SecureHeaders:
    """Wraps the whole application, so that its error responses have the headers too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond as the application does, with the headers added."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in headers_for(scope["path"]).items():
                    headers[name] = value
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = TRANSPORT
            await send(message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # The server leaves the body out.
        await self.app(scope, receive, send_with_headers)
