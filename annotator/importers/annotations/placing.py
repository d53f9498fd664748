"""Placing spans: offsets as they were given into the article's text, proved by the text that they quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from annotator.errors import ImportFailure, TextError
from annotator.model.annotated import Note
from annotator.model.late import dataclass
from annotator.model.offsets import CODE_POINTS, NOWHERE, OffsetUnit, Ruler
from annotator.model.span import Span
from annotator.model.text import NormalisedText, OffsetMap, article_id, normalise, untrimmed

_SHOWN = 40


@dataclass(slots=True)
class Placing:
    """Places spans in one article's text and notes what it moved.

    `counted` takes the file's offsets to code points of the text as the file has it, and `offsets` those to the
    article's; `article_id` is the text's.
    """

    text: str
    origin: str
    offsets: OffsetMap = OffsetMap()
    realign: bool = False
    counted: Ruler = CODE_POINTS
    notes: list[Note] = field(default_factory=list)
    article_id: str = field(init=False)
    _flat: str = field(init=False)

    def __post_init__(self) -> None:
        self.article_id = article_id(self.text)
        self._flat = _flat(self.text)

    def span(self, start: int, end: int, quoted: str | None, place: str) -> Span:
        """The span in the text; `quoted` is what the file says is there, None where it does not say.

        Line breaks in it may be spaces, as brat writes them. Raises ImportFailure where the span is none, ends behind
        the text, or covers something else; with `realign` only where the quoted text is nowhere.
        """
        if min(start, end) < 0:
            raise ImportFailure(self.origin, "start and end of a span are whole numbers from 0", place)
        places = [self.counted.code_points(offset) for offset in (start, end)]
        first, last = (NOWHERE if at == NOWHERE else self.offsets.to_text(at) for at in places)
        sound = 0 <= first < last <= len(self.text)
        if quoted is None:
            if not sound:
                raise ImportFailure(self.origin, f"{start}..{end} is {self._no_span}", place)
            return Span(first, last)
        wanted = _flat(quoted)
        if sound and (self._flat[first:last] == wanted or self._is_trimmed(places, Span(first, last), wanted)):
            return Span(first, last)
        if self.realign:
            return self._nearest(first, wanted, place)
        there = _short(self._flat[first:last]) if sound else self._no_span
        reason = f"{start}..{end} is {there} and not {_short(wanted)}; --realign looks for it nearby"
        raise ImportFailure(self.origin, reason, place)

    def _is_trimmed(self, given: Sequence[int], span: Span, wanted: str) -> bool:
        """Whether the span quotes what is wanted but for white space that was dropped from the text inside it."""
        dropped = given[1] - given[0] > span.end - span.start
        return dropped and self._flat[span.start : span.end].split() == wanted.split()

    @property
    def _no_span(self) -> str:
        unit = self.counted.unit
        return "no span of the text" + ("" if unit is OffsetUnit.CODE_POINTS else f", in {unit.value}")

    def pieces(self, pairs: Sequence[tuple[int, int]], quoted: str | None, place: str) -> list[Span]:
        """Several spans whose quoted texts stand in one string with a space between; raises like `span`."""
        if len(pairs) == 1 or quoted is None:
            return [self.span(start, end, quoted, place) for start, end in pairs]
        lengths = [end - start for start, end in pairs]
        if sum(lengths) + len(pairs) - 1 != len(quoted):
            reason = f"the offsets cover {sum(lengths)} characters in {len(pairs)} pieces, the quoted text has others"
            raise ImportFailure(self.origin, reason, place)
        spans = []
        at = 0
        for (start, end), length in zip(pairs, lengths, strict=True):
            spans.append(self.span(start, end, quoted[at : at + length], place))
            at += length + 1
        return spans

    def _nearest(self, near: int, wanted: str, place: str) -> Span:
        starts = []
        at = self._flat.find(wanted) if wanted else -1
        while at >= 0:
            starts.append(at)
            at = self._flat.find(wanted, at + 1)
        if not starts:
            raise ImportFailure(self.origin, f"{_short(wanted)} is nowhere in the text", place)
        found = min(starts, key=lambda start: (abs(start - near), start))
        self.notes.append(Note(self.origin, f"{_short(wanted)} moved from {near} to {found}", place))
        return Span(found, found + len(wanted))


def given_text(text: str, origin: str, place: str, named: str = "") -> NormalisedText:
    """The text of a file as an article's, with the way back to its offsets; raises ImportFailure for none.

    Where the text with all its white space is what the id `named` means, it is an article that an earlier version
    stored, and stays as it is.
    """
    try:
        as_stored = untrimmed(text)
        return as_stored if named and article_id(as_stored.text) == named else normalise(text)
    except TextError as error:
        raise ImportFailure(origin, str(error), place) from error


def ordered(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _flat(text: str) -> str:
    """The text on one line; as long as it was where its line breaks are line feeds."""
    return text.replace("\r\n", "\n").replace("\r ", " ").replace("\r", "\n").replace("\n", " ")


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…")
