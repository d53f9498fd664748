"""The server: who comes by a link gets the workbench under her name, in a process of its own.

What textual-serve leaves to whoever uses it is done here: an address that somebody else's page names, or that is not
this server's, gets nothing; neither does who has no link.
"""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Collection
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

from annotator.web.links import Links

COOKIE = "annotator"
TOKEN = "token"
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; "
    "form-action 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_NO_LINK = "You need a link of your own to come in: ask whoever started annotator serve.\n"
_WRONG_HOST = "This server is not called that.\n"
_STRANGE_ORIGIN = "Only the workbench's own page may do that.\n"


class WorkbenchServer(Server):
    """Serves the workbench on one database to the reviewers that have links."""

    def __init__(self, database: Path, links: Links, host: str, port: int, public_url: str | None = None) -> None:
        super().__init__("annotator", host, port, title="Annotator", public_url=public_url)
        self._database, self._links = database, links
        self._names = _names(host, port, public_url)

    def links(self) -> dict[str, str]:
        """The address for each reviewer, by name."""
        if self._links.alone is not None:
            return {self._links.alone: f"{self.public_url}/"}
        return {name: f"{self.public_url}/?{TOKEN}={token}" for token, name in self._links.reviewers.items()}

    def command_for(self, reviewer: str) -> str:
        """The shell command that opens the workbench for a reviewer."""
        parts = [sys.executable, "-m", "annotator", "--db", str(self._database), "--reviewer", reviewer]
        return shlex.join(parts)

    def initialize_logging(self) -> None:
        """Log no requests: a link's token is in the first one."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command line does."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard())
        return app

    def _guard(self) -> Middleware:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            answered: web.StreamResponse | None = self._refused(request) or self._let_in(request)
            response = answered if answered is not None else await handler(request)
            if not response.prepared:
                response.headers.update(_HEADERS)
            return response

        return guard

    def _refused(self, request: web.Request) -> web.Response | None:
        """The refusal of a request that does not come from this server's own page or an address that was typed."""
        if request.headers.get("Host", "").lower() not in self._names:
            return web.Response(status=421, text=_WRONG_HOST)
        origin = request.headers.get("Origin")
        if request.path == "/ws" and (origin is None or urlsplit(origin).netloc.lower() not in self._names):
            return web.Response(status=403, text=_STRANGE_ORIGIN)
        return None

    def _let_in(self, request: web.Request) -> web.Response | None:
        """None for who may go on; a page for who may not, and for who has just come by a link."""
        token = request.query.get(TOKEN)
        if request.path == "/" and token is not None and self._links.reviewer(token) is not None:
            # The secret does not stay in the address line, where it is seen and remembered.
            entered = web.Response(status=303, headers={"Location": "/"})
            secure = self.public_url.startswith("https")
            entered.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=secure, path="/")
            return entered
        if self._links.reviewer(request.cookies.get(COOKIE)) is None:
            return web.Response(status=403, text=_NO_LINK)
        return None

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Drive a workbench of the reviewer's own."""
        reviewer = self._links.reviewer(request.cookies.get(COOKIE))
        # The guard has let nobody else come this far.
        assert reviewer is not None
        own = copy(self)
        own.command = self.command_for(reviewer)
        return await super(WorkbenchServer, own).handle_websocket(request)


def _names(host: str, port: int, public_url: str | None) -> Collection[str]:
    """What this server is called in requests: the host and port, in lower case."""
    hosts = {host, "localhost", "127.0.0.1"} if host in ("localhost", "127.0.0.1") else {host}
    names = {f"[{each}]:{port}" if ":" in each else f"{each}:{port}" for each in hosts}
    if port in (80, 443):
        names |= hosts
    if public_url is not None:
        names.add(urlsplit(public_url).netloc)
    return frozenset(name.lower() for name in names)
