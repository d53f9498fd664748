"""Bytes into characters: the encoding that is found, and what is refused as no text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.alphabets import LATIN_PAGES, most_fitting
from annotator.importers.options import ImportOptions

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP file (a word processor's or spreadsheet's, perhaps)"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
# The character sets of the Encoding Standard (encoding.spec.whatwg.org) that a file is met in without saying so; left
# to all of Python's, short texts are taken for those of machines that nobody writes news on.
_LIKELY = [
    *(f"cp125{digit}" for digit in "201345678"),
    *("koi8_r", "koi8_u", "iso8859_2", "cp874", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
# Python calls these character sets too; no page is written in them.
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs"})
_SEVEN_BIT = ("iso2022", "hz")
_SAMPLE = 262_144
_MOST_CONTROLS = 0.02
_AS_GOOD = 0.05


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read: where they come from, the character set declared beside them, and the address they have."""

    origin: str
    stream: BinaryIO
    charset: str = ""
    url: str = ""


def too_large(max_bytes: int) -> str:
    """The reason for refusing what is over the limit (bytes)."""
    limit = f"{max_bytes / 1_000_000:g} MB" if max_bytes >= 100_000 else f"{max_bytes} bytes"
    return f"larger than {limit}, the limit of one article: split it, or raise the limit (--max-bytes)"


def read_whole(source: Source, options: ImportOptions) -> bytes:
    """Everything there is; raises ImportFailure for nothing at all and for more than `options.max_bytes`."""
    data = source.stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise ImportFailure(source.origin, too_large(options.max_bytes))
    if not data:
        raise ImportFailure(source.origin, "empty: there is nothing in it")
    return data


def decode(data: bytes, origin: str, declared: str = "") -> str:
    """All characters, a byte order mark included; raises ImportFailure for what is binary or cannot be decoded.

    `declared` is the character set that the page or the server names. A byte order mark goes before it, and so
    does UTF-8 where the bytes are valid UTF-8, because servers are wrong more often than that happens by chance.
    """
    encoding = encoding_of(data, origin, declared)
    try:
        text = data.decode(encoding)
    except (UnicodeError, ValueError) as error:
        raise ImportFailure(origin, f"not readable as {encoding}: save it as UTF-8 and import it again") from error
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32)) if code != 27)
    if controls > _MOST_CONTROLS * len(text):
        raise ImportFailure(origin, _binary("a binary file"))
    return text


def encoding_of(data: bytes, origin: str, declared: str = "", *, complete: bool = True) -> str:
    """The name of the encoding of the bytes, or of a file that begins with them where they are not `complete`.

    Raises ImportFailure for what is binary and where no encoding is found.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ImportFailure(origin, _binary(what))
    known = _known(declared)
    if known.startswith(("utf-16", "utf-32")) and b"\0" in data:
        return known
    if b"\0" in data:
        raise ImportFailure(origin, _binary("a binary file"))
    if known.startswith(_SEVEN_BIT) and data.isascii():
        return known
    if _decodes(data, "utf-8", complete=complete):
        return "utf-8"
    if known and _decodes(data, known, complete=complete):
        return known
    return _found(data, origin)


def _binary(what: str) -> str:
    return f"{what}, not text: save it as plain text or HTML and import that"


def _known(declared: str) -> str:
    """Python's name for the declared character set, or the empty string."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    # The Encoding Standard reads these two labels as windows-1252, because that is what pages mean by them.
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)
    return "" if name in _NOT_FOR_PAGES else name


def _decodes(data: bytes, encoding: str, *, complete: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, complete)
    except (UnicodeError, ValueError, LookupError):
        return False
    return True


def _found(data: bytes, origin: str) -> str:
    # Deferred: it is needed for few files, and costs a start that imports none of those.
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    matches = from_bytes(sample, cp_isolation=_LIKELY)
    best = matches.best()
    if best is None:
        raise ImportFailure(origin, "no character encoding fits: save it as UTF-8 and import it again")
    if best.encoding not in LATIN_PAGES:
        return best.encoding
    near = {match.encoding for match in matches if match.chaos <= best.chaos + _AS_GOOD}
    return most_fitting(sample, [page for page in LATIN_PAGES if page in near])
