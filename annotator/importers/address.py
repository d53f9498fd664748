"""Addresses into bytes: http and https only, within a time and a size, and never into a private network."""

from __future__ import annotations

import gzip
import http.client
import io
import ssl
import time
import zlib
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from annotator import __version__
from annotator.errors import ImportFailure
from annotator.importers.connection import Refused, connected
from annotator.importers.decoding import too_large
from annotator.importers.options import ImportOptions
from annotator.model.late import dataclass

MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_KEPT = "%/:=&?~+!$,;'@()*[]"
_CHUNK = 65_536
_BROKE_OFF = "the answer broke off: try again"
_HEADERS = {
    "User-Agent": f"annotator/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown, application/json;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: where it was in the end, and what the server says it is (empty where it does not)."""

    url: str
    path: str
    data: bytes
    media_type: str
    charset: str


def fetch(address: str, options: ImportOptions) -> Page:
    """The bytes at an address, behind at most five redirects, each checked like the address itself.

    Raises ImportFailure for anything but http and https, for an answer that is not 200, for more than
    `options.max_bytes` (before and after decompression), after `options.timeout` seconds in all (looking up a name
    takes as long as the system lets it), and, unless `options.allow_private`, for a name that leads to a machine
    that is not on the public internet. No proxy is used, because then the proxy would choose the machine.
    """
    deadline = time.monotonic() + options.timeout
    url = address
    for _ in range(MOST_REDIRECTS + 1):
        try:
            found = _request(url, options, deadline)
        except (Refused, OSError, http.client.HTTPException, ValueError, EOFError, zlib.error) as error:
            late = time.monotonic() >= deadline
            reason = f"no whole answer within {options.timeout:g} seconds: try again, or give it longer (--timeout)"
            behind = "" if url == address else f"it leads to {url}: "
            raise ImportFailure(address, behind + (reason if late else _reason(error))) from error
        if isinstance(found, Page):
            return found
        url = found
    raise ImportFailure(address, f"more than {MOST_REDIRECTS} redirects: open it in a browser and save the page")


def _request(url: str, options: ImportOptions, deadline: float) -> Page | str:
    """One request: the page, or where it has moved to."""
    parts, host = _parts(url)
    port = parts.port or _PORTS[parts.scheme]
    context = ssl.create_default_context() if parts.scheme == "https" else None
    with connected(host, port, deadline, context, allow_private=options.allow_private) as sock:
        connection = http.client.HTTPConnection(host, port)
        # A connection that fell away must not be opened again by http.client, which checks no address.
        connection.auto_open = 0
        connection.sock = sock
        target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
        host_header = f"[{host}]" if ":" in host else host
        headers = _HEADERS | {"Host": host_header + (f":{port}" if port != _PORTS[parts.scheme] else "")}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        if response.status in _REDIRECTS:
            return urljoin(url, _location(response))
        if response.status != http.client.OK:
            raise Refused(f"the server answered {response.status} {response.reason}".rstrip())
        data = _body(response, options.max_bytes)
    declared = response.headers.get("Content-Type")
    media_type = response.headers.get_content_type() if declared else ""
    return Page(url, parts.path, data, media_type, response.headers.get_content_charset() or "")


def _parts(url: str) -> tuple[SplitResult, str]:
    """The address in its parts, and the host as it is looked up; raises Refused or ValueError for another kind."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise Refused("only http and https addresses are read: give a file by its path")
    if not parts.hostname:
        raise Refused("the address names no host")
    if parts.username is not None or parts.password is not None:
        raise Refused("the address has a user name in it: leave that out")
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode("ascii")
    return parts, host


def _location(response: http.client.HTTPResponse) -> str:
    location = response.headers.get("Location", "").strip()
    if not location:
        raise Refused(f"the server answered {response.status} and does not say where to")
    return location


def _body(response: http.client.HTTPResponse, max_bytes: int) -> bytes:
    """The decompressed body; raises Refused when it is over the limit, without reading on."""
    if response.length is not None and response.length > max_bytes:
        raise Refused(too_large(max_bytes))
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise Refused(too_large(max_bytes))
    if response.length:
        raise Refused(_BROKE_OFF)
    data = b"".join(pieces)
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("gzip", "x-gzip") and data:
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(max_bytes + 1)
        if len(data) > max_bytes:
            raise Refused(too_large(max_bytes))
    elif coding not in ("", "identity", "gzip", "x-gzip"):
        raise Refused(f"compressed as {coding[:20]!r}, which was not asked for")
    return data


def _reason(error: Exception) -> str:
    match error:
        case Refused():
            return str(error)
        case ssl.SSLCertVerificationError():
            return f"its certificate is not valid: {error.verify_message}"
        case ssl.SSLError():
            return "no secure connection could be made"
        case OSError(strerror=str(words)):
            return f"no connection: {words}"
        case EOFError() | zlib.error() | gzip.BadGzipFile():
            return "the answer is not compressed as the server says"
        case http.client.IncompleteRead():
            return _BROKE_OFF
        case http.client.HTTPException():
            return f"the server's answer cannot be read ({type(error).__name__})"
        case ValueError():
            return "not an address that can be read: check how it is written"
    return str(error)
