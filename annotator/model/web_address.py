"""Web addresses as people paste them, put right or refused.

What is put right follows the WHATWG URL standard (blanks and signs in paths are percent-encoded, line breaks inside
are dropped, scheme and host are in lower case); letters of other scripts stay readable, as RFC 3987 has it.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import urlsplit

from annotator.errors import DomainError
from annotator.model.text import neutral_line

_SCHEMES = ("http", "https")
_AROUND = {"<": ">", "(": ")", "[": "]", "{": "}", "«": "»", "»": "«", "‹": "›", "›": "‹", "„": "“", "“": "”", "‘": "’"}
_QUOTES = "\"'`"
_WRAPPED = re.compile(r"[^\S\r\n]*[\r\n\x85\u2028\u2029]+\s*|\t+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d+(?:[/?#]|$))")
_BEGINS = re.compile(r"https?://|www\.", re.IGNORECASE)
_SECOND = re.compile(rf"\s(?:{_BEGINS.pattern})", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}\.?(?::\d+)?[/?#]|www\.[^\s/.]+\.", re.IGNORECASE)
_NAME = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# WHATWG's path percent-encode set, and the signs that programs disagree about.
_ENCODED = frozenset(' "<>^`{}|\\')
_LONGEST_SHOWN = 60


def on_one_line(given: str) -> str:
    """A pasted address without the line breaks and indents that it was wrapped with; what else is on it stays.

    A line that begins another address stays apart by a blank.
    """
    text = given.strip()
    return _WRAPPED.sub(lambda match: " " if _BEGINS.match(text, match.end()) else "", text)


def web_address(given: str) -> str:
    """The address, absolute, with http or https; empty for nothing but blanks.

    Brackets and quotation marks around it fall away, a name without a scheme that begins with "www." or goes on with a
    path gets https, and everything encoded already stays as it is. Raises DomainError, with the remedy, for what is no
    address, for another scheme, two addresses, a user's name in it, and for a host or port that cannot be.
    """
    text = _bare(given)
    if not text:
        return ""
    scheme, rest = _parted(text)
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    try:
        parts = urlsplit(f"{scheme}://{authority}")
        port = parts.port
    except ValueError as error:
        raise _refused(text, f"no host and port are written like {authority[:_LONGEST_SHOWN]!r}") from error
    if "@" in authority:
        raise _refused(text, "leave out what stands before the @: nobody else should read it")
    host = _host(parts.hostname or "", text)
    path, mark, more = re.split(r"([?#]|$)", rest[len(authority) :], maxsplit=1)
    # In a path both slashes are one to every browser.
    tail = path.replace("\\", "/") + mark + more
    tail = "".join(_encoded(character) for character in _PERCENT.sub("%25", tail))
    return f"{scheme}://{host}{'' if port is None else f':{port}'}{tail}"


def _bare(given: str) -> str:
    """The address without what people put around it."""
    text = on_one_line(_without_invisible(given))
    while len(text) > 1:
        first, last = text[0], text[-1]
        if not (_AROUND.get(first) == last or (first in _QUOTES and last == first)):
            break
        text = _without_invisible(text[1:-1])
    if text[:4].upper() == "URL:":
        text = text[4:].strip()
    return text


def _without_invisible(text: str) -> str:
    """Without blanks at the ends, those that are not seen among them."""
    start, end = 0, len(text)
    while start < end and _is_invisible(text[start]):
        start += 1
    while end > start and _is_invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def _parted(text: str) -> tuple[str, str]:
    """The scheme, and what follows its two slashes."""
    if _SECOND.search(text):
        raise _refused(text, "these are two: a piece of evidence has one, and one archived")
    found = _SCHEME.match(text)
    if found is None:
        rest = text.removeprefix("//")
        if rest != text or _BARE.match(text):
            return "https", rest
        name = _NAME.fullmatch(text)
        remedy = f"write https://{text} if it is on the web" if name else "it begins with https:// or http://"
        raise _refused(text, remedy)
    scheme = found[1].lower()
    if scheme not in _SCHEMES:
        raise _refused(text, f"only http and https are kept, not {scheme}:")
    rest = text[found.end() :]
    if not rest.startswith("//"):
        raise _refused(text, f"{scheme}: is followed by two slashes")
    return scheme, rest[2:]


def _host(given: str, text: str) -> str:
    """The host in lower case; raises DomainError for one that cannot be."""
    host = unicodedata.normalize("NFKC", given).replace("\u3002", ".").lower()
    if not host:
        raise _refused(text, "it names no host")
    if host in _SCHEMES:
        raise _refused(text, f"{host}: stands in it twice")
    try:
        if ":" in host:
            return f"[{IPv6Address(host)}]"
        labels = host.removesuffix(".").split(".")
        if labels[-1].isdigit():
            return str(IPv4Address(host))
    except AddressValueError as error:
        raise _refused(text, f"{host!r} is no address of a machine") from error
    possible = all(len(label) <= 63 and _is_label(label) for label in labels) and len(host) <= 253
    if not possible:
        raise _refused(text, f"{host[:_LONGEST_SHOWN]!r} is no name of a host")
    return host


def _is_label(label: str) -> bool:
    """Whether a part of a host's name has only letters (with their marks), digits and hyphens in it."""
    kinds = {unicodedata.category(character)[0] for character in label if character not in "-_\u00b7\u200c\u200d"}
    return bool(kinds) and kinds <= {"L", "M", "N"} and not label.startswith("-")


def _encoded(character: str) -> str:
    """A character of a path, query or fragment; what draws on no paper and steers a screen is encoded."""
    unseen = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp")
    if character in _ENCODED or unseen:
        return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
    return character


def _refused(text: str, reason: str) -> DomainError:
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return DomainError(f"no web address: {neutral_line(shown)}: {reason}")
