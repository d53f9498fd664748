"""Markdown: front matter, headings and block quotes; marks are taken out, and nothing is put in.

Because characters only fall away, the article's offset map leads from the Markdown file to the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import field
from enum import Enum, auto
from functools import partial

from annotator.errors import ImportFailure, TextError
from annotator.importers.decoding import Source, read_text
from annotator.importers.draft import Draft, Drafts
from annotator.importers.front_matter import front_matter
from annotator.importers.markdown_inline import marks_in
from annotator.importers.options import ImportOptions
from annotator.model.article import Block, BlockKind, ReadingNote
from annotator.model.language.unwrapping import unwrap_lines, words_in
from annotator.model.late import dataclass
from annotator.model.span import trimmed
from annotator.model.text import OffsetMap, normalise

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
_CLOSING_MARKS = re.compile(r"(?<!#)[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\[\]\s]{1,100})\]:[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*\S+")
_TABLE_RULE = re.compile(r"\|?(?::?-+:?\|)+(?::?-+:?)?$")

_Edited = tuple[OffsetMap, str]


class _Kind(Enum):
    HEADING = auto()
    QUOTE = auto()
    ITEM = auto()
    PARAGRAPH = auto()
    CODE = auto()


@dataclass(slots=True)
class _Part:
    """A stretch of the text between its marks of structure, in code points of the text without them."""

    kind: _Kind
    start: int
    end: int


@dataclass(slots=True)
class _Page:
    """What the pass over the lines has found so far; `at` counts the characters that stay."""

    removed: list[int] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    at: int = 0
    parts: list[_Part] = field(default_factory=list)
    current: _Part | None = None
    references: set[str] = field(default_factory=set)
    struck: int = 0
    note_marks: int = 0

    def drop(self, start: int, end: int) -> None:
        self.removed += range(start, end)

    def keep(self, text: str) -> None:
        self.kept.append(text)
        self.at += len(text)

    def put(self, kind: _Kind, line: str) -> None:
        """Keep a line, in the present part if that is of the kind."""
        if self.current is None or self.current.kind is not kind:
            self.current = _Part(kind, self.at, self.at)
            self.parts.append(self.current)
        self.keep(line)
        self.current.end = self.at


def read_markdown(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is not text."""
    read = read_text(source, options)
    given = read.text
    try:
        clean = normalise(given)
    except TextError as error:
        raise ImportFailure(source.origin, str(error)) from error
    head = front_matter(clean.text)
    page = _Page()
    page.drop(0, head.end)
    _read_lines(page, clean.text, head.end)
    edited, text = OffsetMap(tuple(page.removed)), "".join(page.kept)
    edited, text = _edit(page, edited, text, partial(_without_marks, page))
    if options.unwrap:
        edited, text = _edit(page, edited, text, partial(_on_one_line, words_in(text)))
    hints = _hints(page.parts, text)
    first = next((hint for hint in hints if hint.kind is BlockKind.HEADLINE), None)
    yield Draft(
        text,
        head.publication(first.span.slice(text) if first else ""),
        head.values.get("language", ""),
        head.values.get("rights", ""),
        hints,
        clean.offsets.then(edited),
        wrapped=False,
        headed=first is not None and not text[: first.span.start].strip(),
        notes=(*read.notes, *_left_out(page)),
        unread=head.unread,
    )


def _read_lines(page: _Page, text: str, at: int) -> None:
    fence = ""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        behind = min(end + 1, len(text))
        line = text[at:end]
        mark = _FENCE.match(line)
        if fence:
            if mark is not None and mark[1].startswith(fence):
                fence, page.current = "", None
                page.drop(at, behind)
            else:
                page.put(_Kind.CODE, text[at:behind])
        elif mark is not None:
            fence, page.current = mark[1], None
            page.drop(at, behind)
        else:
            _read_line(page, text, at, end, behind)
        at = behind


def _read_line(page: _Page, text: str, at: int, end: int, behind: int) -> None:
    """Take one line outside code: `text[at:end]` with its line break up to `behind`."""
    line = text[at:end]
    paragraph = page.current if page.current and page.current.kind is _Kind.PARAGRAPH else None
    reference = _REFERENCE.match(line)
    footnote = _FOOTNOTE.match(line)
    if not line.strip():
        page.current = None
        page.keep(text[at:behind])
    elif paragraph is not None and _UNDERLINE.match(line):
        paragraph.kind, page.current = _Kind.HEADING, None
        page.drop(at, behind)
    elif _RULE.match(line) or ("|" in line and _TABLE_RULE.match("".join(line.split()))):
        page.drop(at, behind)
    elif footnote is not None:
        page.references.add(f"^{footnote[1].lower()}")
        page.current = None
        page.drop(at, at + footnote.end())
        page.put(_Kind.PARAGRAPH, text[at + footnote.end() : behind])
    elif reference is not None and page.current is None:
        page.references.add(reference[1].lower())
        page.drop(at, behind)
    elif (heading := _HEADING.match(line)) is not None:
        closing = _CLOSING_MARKS.search(line, heading.end())
        page.current = None
        page.drop(at, at + heading.end())
        page.put(_Kind.HEADING, line[heading.end() : closing.start() if closing else len(line)])
        page.drop(at + (closing.start() if closing else len(line)), end)
        page.keep(text[end:behind])
        page.current = None
    elif (quote := _QUOTE.match(line)) is not None:
        page.drop(at, at + quote.end())
        if line[quote.end() :].strip():
            page.put(_Kind.QUOTE, text[at + quote.end() : behind])
        else:
            page.current = None
            page.keep(text[at + quote.end() : behind])
    elif _LIST_ITEM.match(line) or line.lstrip().startswith("|"):
        page.current = None
        page.put(_Kind.ITEM, text[at:behind])
    else:
        page.put(page.current.kind if page.current else _Kind.PARAGRAPH, text[at:behind])


def _edit(page: _Page, edited: OffsetMap, text: str, change: Callable[[str], tuple[str, Sequence[int]]]) -> _Edited:
    """Change every part but code, and move the parts to where they then lie."""
    removed: list[int] = []
    pieces: list[str] = []
    at = 0
    for part in page.parts:
        body = text[part.start : part.end]
        changed, gone = (body, ()) if part.kind is _Kind.CODE else change(body)
        pieces += [text[at : part.start], changed]
        at = part.end
        shift = len(removed)
        removed += [part.start + offset for offset in gone]
        part.start, part.end = part.start - shift, part.end - len(removed)
    pieces.append(text[at:])
    return edited.then(OffsetMap(tuple(removed))), "".join(pieces)


def _without_marks(page: _Page, body: str) -> tuple[str, Sequence[int]]:
    marks = marks_in(body, page.references)
    page.struck += marks.struck
    page.note_marks += marks.notes
    gone = set(marks.offsets)
    return "".join(character for offset, character in enumerate(body) if offset not in gone), marks.offsets


def _left_out(page: _Page) -> tuple[ReadingNote, ...]:
    """What was left out that a reader sees, counted."""
    counts = ((page.struck, "struck-out stretch", "es"), (page.note_marks, "note mark", "s"))
    listed = ", ".join(f"{count} {what}{'' if count == 1 else more}" for count, what, more in counts if count)
    return (ReadingNote("without their struck-out words or note marks", f"left out: {listed}"),) if listed else ()


def _on_one_line(words: Set[str], body: str) -> tuple[str, Sequence[int]]:
    joined = unwrap_lines(body, words)
    return joined.text, joined.removed


def _hints(parts: list[_Part], text: str) -> tuple[Block, ...]:
    kinds = {_Kind.HEADING: BlockKind.HEADLINE, _Kind.QUOTE: BlockKind.BLOCK_QUOTE}
    spans = [(trimmed(text, part.start, part.end), kinds[part.kind]) for part in parts if part.kind in kinds]
    return tuple(Block(span, kind) for span, kind in spans if span is not None)
