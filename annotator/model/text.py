"""What an article's text is: normalised once, addressed by its content, and neutral on a screen.

Normalisation, in this order: one byte order mark at the start is dropped; CRLF and CR become LF.
Nothing else is changed (no NFC, no trimming). Lone surrogates are refused because they have no UTF-8.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass

from annotator.errors import TextError
from annotator.model.span import Span

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where an offset of the text as it was given lies in the normalised text (code points).

    `removed` are the given offsets of the characters that were dropped, ascending; `shift` is what was
    put in front (a prepended headline and its blank line).
    """

    removed: tuple[int, ...] = ()
    shift: int = 0

    def to_text(self, offset: int) -> int:
        """The normalised offset for a given one; a dropped character maps to what follows it."""
        return offset - bisect_left(self.removed, offset) + self.shift


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text after normalisation, and the way back to its offsets."""

    text: str
    offsets: OffsetMap


def normalise(given: str, *, unwrap: bool = False) -> NormalisedText:
    """Normalise a decoded text; with `unwrap`, single line breaks inside a paragraph become one space.

    Raises TextError for an empty text or a lone surrogate.
    """
    removed: list[int] = []
    start = 0
    if given.startswith(BYTE_ORDER_MARK):
        removed.append(0)
        start = 1
    removed += [match.start() for match in re.finditer(r"\r(?=\n)", given)]
    text = given[start:].replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TextError(
            f"a lone surrogate (U+{ord(text[error.start]):04X}) at code point {error.start}: not a Unicode text"
        ) from error
    if not text.strip():
        raise TextError("no text: nothing but white space")
    if unwrap:
        text, dropped = _unwrap(text)
        kept = OffsetMap(tuple(removed))
        removed = sorted([*removed, *_given_offsets(dropped, kept)])
    return NormalisedText(text, OffsetMap(tuple(removed)))


_WRAPPED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")
_LIST_ITEM = re.compile(r"[-*•–]\s|\d{1,3}[.)]\s")


def _unwrap(text: str) -> tuple[str, list[int]]:
    """Join hard-wrapped lines; the second value holds the offsets that fell away."""
    pieces: list[str] = []
    dropped: list[int] = []
    at = 0
    for match in _WRAPPED.finditer(text):
        if _LIST_ITEM.match(text, match.end()):
            continue
        pieces += [text[at : match.start()], " "]
        dropped += range(match.start() + 1, match.end())
        at = match.end()
    pieces.append(text[at:])
    return "".join(pieces), dropped


def _given_offsets(offsets: list[int], kept: OffsetMap) -> list[int]:
    """Offsets of the normalised text as offsets of the given one."""
    given = []
    for offset in offsets:
        back = offset
        for removed in kept.removed:
            if removed > back:
                break
            back += 1
        given.append(back)
    return given


def with_headline(normalised: NormalisedText, title: str) -> NormalisedText:
    """The text with its title in front as the headline, unless it begins with it already."""
    headline = " ".join(title.split())
    if not headline or " ".join(normalised.text[: len(headline) + 200].split()).startswith(headline):
        return normalised
    front = f"{headline}\n\n"
    offsets = OffsetMap(normalised.offsets.removed, normalised.offsets.shift + len(front))
    return NormalisedText(front + normalised.text, offsets)


def article_id(text: str) -> str:
    """The SHA-256 of the normalised text in UTF-8, in lower-case hexadecimal (64 characters)."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def claim_id(article: str, span: Span) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of "article id:start:end"."""
    return hashlib.sha256(f"{article}:{span.start}:{span.end}".encode()).hexdigest()[:32]


_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(128, 160), "�")
_BIDIRECTIONAL = dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), "�")
_UNSAFE = _PICTURES | _C1 | _BIDIRECTIONAL | {0x2028: " ", 0x2029: " ", 0xFEFF: "\u2060"}
_NEUTRAL_LINE = _UNSAFE | {0x09: " ", 0x0A: " ", 0x0D: " "}
_NEUTRAL_TEXT = _UNSAFE | {0x09: " ", 0x0A: "\n"}


def neutral_text(text: str) -> str:
    """The text as a screen may show it: as long as it was, with nothing that steers a terminal.

    Control characters become their pictures, and characters that reorder text the replacement character;
    tabs become spaces and line feeds stay. Code point for code point, so offsets still hold.
    """
    return text.translate(_NEUTRAL_TEXT)


def neutral_line(text: str) -> str:
    """`neutral_text` for what must stay on one line: titles, names, paths, messages."""
    return text.translate(_NEUTRAL_LINE)
