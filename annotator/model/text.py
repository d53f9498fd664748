"""What an article's text is: normalised once, addressed by its content, and neutral on a screen.

Normalisation, in this order: one byte order mark at the start is dropped; CRLF and CR become LF; white space at the
ends of lines and around the whole is dropped. Nothing else is changed (no NFC). Lone surrogates are refused because
they have no UTF-8. Articles that were stored before white space was dropped keep their texts and ids.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache

from annotator.errors import TextError
from annotator.model.hashing import sha256
from annotator.model.late import dataclass
from annotator.model.span import Span, is_blank

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

    def to_given(self, offset: int) -> int:
        """The given offset of a character of the normalised text (a code point, not the end of a span)."""
        return _given_offsets([offset - self.shift], self.removed)[0]

    def then(self, later: OffsetMap) -> OffsetMap:
        """The map of both steps, where `later` was given this map's text; nothing may be put in front before that."""
        if self.shift:
            raise TextError("a text that has a headline in front is not changed again")
        return OffsetMap(tuple(sorted([*self.removed, *_given_offsets(later.removed, self.removed)])), later.shift)


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text after normalisation, and the way back to its offsets."""

    text: str
    offsets: OffsetMap


def normalise(given: str, *, unwrap: bool = False) -> NormalisedText:
    """Normalise a decoded text; with `unwrap`, the lines of a paragraph are joined.

    Raises TextError for an empty text or a lone surrogate.
    """
    plain = untrimmed(given)
    trimmed = _trimmed(plain.text)
    offsets = plain.offsets.then(trimmed.offsets)
    if unwrap:
        # Deferred: only texts that are joined need it.
        from annotator.model.language.unwrapping import unwrap_lines

        joined = unwrap_lines(trimmed.text)
        return NormalisedText(joined.text, offsets.then(OffsetMap(joined.removed)))
    return NormalisedText(trimmed.text, offsets)


def untrimmed(given: str) -> NormalisedText:
    """The text as earlier versions normalised it: with all its white space; raises TextError like `normalise`."""
    removed: list[int] = []
    start = 0
    if given.startswith(BYTE_ORDER_MARK):
        removed.append(0)
        start = 1
    removed += [match.start() for match in re.finditer(r"\r(?=\n)", given)]
    text = given[start:].replace("\r\n", "\n").replace("\r", "\n")
    _check_unicode(text, "the text")
    if is_blank(text):
        raise TextError("no text: nothing but white space")
    return NormalisedText(text, OffsetMap(tuple(removed)))


def _trimmed(text: str) -> NormalisedText:
    """The text without white space at the ends of its lines and around it."""
    given = text.split("\n")
    if text == text.strip() and given == list(map(str.rstrip, given)):
        # Every text that is stored, and most that are read.
        return NormalisedText(text, OffsetMap())
    front = len(text) - len(text.lstrip())
    removed = list(range(front))
    lines = []
    at = front
    for line in text[front:].split("\n"):
        kept = line.rstrip()
        lines.append(kept)
        removed += range(at + len(kept), at + len(line))
        at += len(line) + 1
    joined = "\n".join(lines)
    whole = joined.rstrip()
    if len(whole) < len(joined):
        # What is behind the last word is white space throughout, line breaks included.
        end = front + len(text[front:].rstrip())
        removed = [offset for offset in removed if offset < end] + list(range(end, len(text)))
    return NormalisedText(whole, OffsetMap(tuple(removed)))


def same_text_id(text: str, own: str = "") -> str:
    """What the id of the article would be if its stored text were normalised now: one for all that is the same text.

    `own` is the text's `article_id`, where that is known: nearly always it is this one too.
    """
    plain = _trimmed(text).text
    return own if own and plain == text else article_id(plain)


def _check_unicode(text: str, what: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise TextError(
            f"{what} has a lone surrogate (U+{code:04X}) at code point {error.start}: not Unicode text"
        ) from error


def _given_offsets(offsets: Sequence[int], removed: Sequence[int]) -> list[int]:
    """Ascending offsets of a text as offsets of the text it was before `removed` (ascending) fell away."""
    given = []
    gone = 0
    for offset in offsets:
        while gone < len(removed) and removed[gone] <= offset + gone:
            gone += 1
        given.append(offset + gone)
    return given


def title_at_start(text: str, title: str) -> Span | None:
    """Where the text begins with the title, as whole words and however they are spaced; None where it does not."""
    start = at = 0
    for number, word in enumerate(title.split()):
        before = at
        while at < len(text) and text[at].isspace():
            at += 1
        if (number and at == before) or not text.startswith(word, at):
            return None
        start = start if number else at
        at += len(word)
    return Span(start, at) if start < at and not text[at : at + 1].isalnum() else None


def with_headline(normalised: NormalisedText, title: str) -> NormalisedText:
    """The text with its title in front as the headline, unless it begins with it already.

    Raises TextError for a lone surrogate in the title.
    """
    headline = " ".join(title.split())
    if not headline or title_at_start(normalised.text, headline) is not None:
        return normalised
    _check_unicode(headline, "the title")
    front = f"{headline}\n\n"
    offsets = OffsetMap(normalised.offsets.removed, normalised.offsets.shift + len(front))
    return NormalisedText(front + normalised.text, offsets)


def article_id(text: str) -> str:
    """The SHA-256 of the normalised text in UTF-8, in lower-case hexadecimal (64 characters)."""
    return sha256(text.encode("utf-8")).hexdigest()


def claim_id(article: str, span: Span) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of "article id:start:end"."""
    return sha256(f"{article}:{span.start}:{span.end}".encode()).hexdigest()[:32]


# What reads an article's claims and what checks them ask the same of one article after another.
@lru_cache(maxsize=2)
def claim_digests(article: str) -> Callable[[int, int], bytes]:
    """For many claims of one article: the 16 bytes that `claim_id` writes, from where a claim starts and ends."""
    begun = sha256(f"{article}:".encode()).copy
    known: dict[tuple[int, int], bytes] = {}

    def digest(start: int, end: int) -> bytes:
        found = known.get((start, end))
        if found is None:
            made = begun()
            made.update(b"%d:%d" % (start, end))
            found = known[start, end] = made.digest()[:16]
        return found

    return digest


_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(128, 160), "�")
_BIDIRECTIONAL = dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), "�")
_UNSAFE = _PICTURES | _C1 | _BIDIRECTIONAL | {0x2028: " ", 0x2029: " ", 0xFEFF: "\u2060"}
_NEUTRAL_LINE = _UNSAFE | {0x09: " ", 0x0A: " ", 0x0D: " "}
_NEUTRAL_TEXT = _UNSAFE | {0x09: " ", 0x0A: "\n"}


_STEERS = re.compile(f"[{''.join(map(re.escape, map(chr, sorted(_UNSAFE))))}]")


def steers(text: str) -> re.Match[str] | None:
    """The first character that may steer a terminal or reorder what it shows; tabs and line breaks are of them."""
    return _STEERS.search(text)


def pasted_line(text: str) -> str:
    """What a line to type takes of a paste: all of it on one line, without the characters that steer a terminal."""
    return _STEERS.sub("", " ".join(text.split()))


def neutral_text(text: str) -> str:
    """The text as a screen may show it: as long as it was, with nothing that steers a terminal.

    Control characters become their pictures, and characters that reorder text the replacement character;
    tabs become spaces and line feeds stay. Code point for code point, so offsets still hold.
    """
    # Most text has nothing to translate, and nothing that is translated is printable.
    return text if text.isprintable() else text.translate(_NEUTRAL_TEXT)


def neutral_line(text: str) -> str:
    """`neutral_text` for what must stay on one line: titles, names, paths, messages."""
    return text if text.isprintable() else text.translate(_NEUTRAL_LINE)
