"""Bytes into characters: the encoding that is found, and what is refused as no text."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.alphabets import best_reading, cost_of
from annotator.importers.options import ImportOptions
from annotator.model.article import ReadingNote
from annotator.model.late import dataclass

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
# Told apart by charset-normalizer; all others by our own scoring.
_MULTI_BYTE = ("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874")
# Python calls these character sets too; no page is written in them.
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs"})
_SEVEN_BIT = ("iso2022", "hz")
_SAMPLE = 262_144
_DEFAULTS = ImportOptions()
HOW_TO_READ = (
    "save it as UTF-8, name its encoding (--encoding), or read what is broken as U+FFFD (--encoding-errors replace)"
)
"""What to do about bytes that no encoding explains."""
# Escape is none of them: the colours of a terminal are in many a text.
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\v\f\r\x1b")
_MOST_CONTROLS = 0.02
# Files that somebody repaired have a few zeros in them; programs and pictures have one in five bytes.
_MOST_ZEROS = 0.05
# Chinese, Japanese and Korean text is mostly bytes beyond ASCII; where less than this share are, they are the marks of
# another one, and so they are where one byte a character costs less than this.
_LEAST_MULTI_BYTE = 0.4
_NATURAL = -0.3
# What news in Chinese, Japanese and Korean is written with; hardly any pair of bytes of another encoding is in here.
_EAST_ASIAN = re.compile(r"[\u4e00-\u9fff\uac00-\ud7a3\u3000-\u30ff\uff00-\uffef\u2013-\u2026\x20-\xff\n\r\t]")
_SPACING = re.compile(r"[\u3000-\u30ff\uff00-\uff1f\x20-\x7e\n]")
_NEARLY_ALL, _SOME = 0.97, 0.04
# One broken byte among so many characters beyond ASCII is a damage of UTF-8, and not another encoding.
_CHARACTERS_A_BREAK = 4
_BROKEN = re.compile("[\udc80-\udcff]")
_UNNATURAL, _BETTER = 1.0, 0.5


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


@dataclass(frozen=True, slots=True)
class Decoded:
    """All characters, a byte order mark included, and what there is to say about how they were read."""

    text: str
    notes: tuple[ReadingNote, ...] = ()


def read_text(source: Source, options: ImportOptions) -> Decoded:
    """All characters of a source; raises ImportFailure for what is empty, too large, binary or cannot be decoded."""
    return decoded(read_whole(source, options), source.origin, source.charset, options)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of some bytes by Python's name, and whether nothing but the bytes themselves speaks for it."""

    name: str
    guessed: bool = False

    @property
    def notes(self) -> tuple[ReadingNote, ...]:
        """That it was guessed, if it was."""
        if not self.guessed:
            return ()
        label = self.name.replace("cp125", "windows-125").replace("_", "-")
        detail = f"read as {label}, which is a guess: if words look wrong, name the encoding with --encoding"
        return (ReadingNote(f"read as {label} (guessed)", detail),)


def decoded(data: bytes, origin: str, declared: str = "", options: ImportOptions = _DEFAULTS) -> Decoded:
    """The characters of the bytes; raises ImportFailure for what is binary or cannot be decoded, with the place.

    `declared` is the character set that the page or the server names. The options' own encoding goes before
    everything, a byte order mark before what is declared, and so does UTF-8 where the bytes are valid UTF-8, because
    servers are wrong more often than that happens by chance.
    """
    encoding = encoding_of(data, origin, declared, options)
    try:
        text = data.decode(encoding.name, options.encoding_errors)
    except UnicodeDecodeError as error:
        raise ImportFailure(
            origin, _unreadable(data, encoding.name, error.start), _place_in(data, error.start)
        ) from error
    except (ValueError, LookupError) as error:
        raise ImportFailure(origin, f"not readable as {encoding.name}: {HOW_TO_READ}") from error
    written = text.encode("utf-8", "surrogatepass")
    if len(written) - len(written.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(text):
        raise ImportFailure(origin, _binary("a binary file"))
    return Decoded(text, encoding.notes)


def decode(data: bytes, origin: str, declared: str = "", options: ImportOptions = _DEFAULTS) -> str:
    """The text of `decoded`, where nobody asks how it was read."""
    return decoded(data, origin, declared, options).text


def _unreadable(data: bytes, encoding: str, at: int) -> str:
    """The reason for refusing the byte at this offset of the file, from 0."""
    return f"not readable as {encoding} at byte {at} (0x{data[at]:02X}): {HOW_TO_READ}"


def _place_in(data: bytes, at: int) -> str:
    """The line, from 1, of the byte at this offset."""
    return f"line {data.count(bytes([10]), 0, at) + 1}"


def encoding_of(
    data: bytes, origin: str, declared: str = "", options: ImportOptions = _DEFAULTS, *, complete: bool = True
) -> Encoding:
    """The encoding of the bytes, or of a file that begins with them where they are not `complete`.

    Raises ImportFailure for what is binary and where no encoding is found.
    """
    if options.encoding:
        return Encoding(options.encoding)
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), "")
    if marked:
        return Encoding(marked)
    _refuse_signatures(data, origin)
    known = known_encoding(declared)
    if b"\0" in data:
        wide = _with_zeros(data, origin, known, complete=complete)
        if wide is not None:
            return wide
    if known.startswith(_SEVEN_BIT) and data.isascii():
        return Encoding(known)
    fitting = (each for each in ("utf-8", known) if each and _decodes(data, each, complete=complete))
    certain = next(fitting, "") or ("utf-8" if _is_broken_utf_8(data) else "")
    if certain:
        return Encoding(certain)
    return Encoding(_utf_16_without_mark(data, complete=complete) or _guessed(data, origin), guessed=True)


def _refuse_signatures(data: bytes, origin: str) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ImportFailure(origin, _binary(what))


def _with_zeros(data: bytes, origin: str, known: str, *, complete: bool) -> Encoding | None:
    """The encoding of what has zero bytes, in two or four bytes a character; None where a few strayed into a text.

    Raises ImportFailure for anything else: the rows or the article with the stray ones are refused where they are.
    """
    if known.startswith(("utf-16", "utf-32")):
        return Encoding(known)
    wide = _utf_16_without_mark(data, complete=complete)
    if wide:
        return Encoding(wide, guessed=True)
    if data.count(0) > _MOST_ZEROS * len(data):
        raise ImportFailure(origin, _binary("a binary file"))
    return None


def _binary(what: str) -> str:
    return f"{what}, not text: save it as plain text or HTML and import that"


def known_encoding(label: str) -> str:
    """Python's name for a character set that somebody names, or the empty string where there is none for text."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
        # One character, because Python decodes nothing at all by anything: rot13 and base64 are codecs of no text.
        b"a".decode(name, "replace")
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


def _utf_16_without_mark(data: bytes, *, complete: bool) -> str:
    """The byte order of UTF-16 that has no mark; empty for anything else.

    Of most scripts one byte of two is zero wherever there is a space; East Asian text has few zeros or none, and is
    known by its usual characters.
    """
    even, odd = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 4 < max(even, odd) and _reads(data, encoding, complete=complete):
        return encoding
    return next((each for each in ("utf-16-le", "utf-16-be") if _reads(data, each, _EAST_ASIAN, complete=complete)), "")


def _reads(data: bytes, encoding: str, usual: re.Pattern[str] | None = None, *, complete: bool) -> bool:
    """Whether the bytes are text in this encoding, nearly all of it `usual` and some of that punctuation or kana."""
    if not _decodes(data, encoding, complete=complete):
        return False
    text = data[: _SAMPLE & ~1].decode(encoding, "ignore")
    readable = sum(character.isprintable() or character in "\n\r\t" for character in text)
    if readable < (1 - _MOST_CONTROLS) * len(text):
        return False
    if usual is None:
        return True
    return len(usual.findall(text)) >= _NEARLY_ALL * len(text) and len(_SPACING.findall(text)) >= _SOME * len(text)


def _is_broken_utf_8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few that were damaged.

    Many whole characters beyond ASCII for each say so; where there are few, the text without the broken bytes has to
    look more natural than the best reading in another encoding, of which a whole character makes two or three.
    """
    text = data.decode("utf-8", "surrogateescape")
    whole = _BROKEN.sub("", text)
    broken = len(text) - len(whole)
    characters = sum(character > "\x7f" for character in whole)
    if characters >= _CHARACTERS_A_BREAK * broken:
        return True
    if characters < broken:
        return False
    other = best_reading(data[:_SAMPLE])
    return cost_of(whole[:_SAMPLE]) < (_UNNATURAL if other is None else other.cost - _BETTER)


def _guessed(data: bytes, origin: str) -> str:
    sample = data[:_SAMPLE]
    single = best_reading(sample)
    beyond = sum(byte > 0x7F for byte in sample)
    if single is None or (beyond >= _LEAST_MULTI_BYTE * len(sample) and single.cost > _NATURAL):
        found = _by_library(sample)
        if found:
            return found
    if single is None:
        raise ImportFailure(origin, f"no character encoding fits: {HOW_TO_READ}")
    return single.encoding


def _by_library(sample: bytes) -> str:
    # Deferred: it is needed for few files, and costs a start that imports none of those.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=[*_MULTI_BYTE]).best()
    return best.encoding if best is not None else ""
