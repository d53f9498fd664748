"""The visible tree of a web page as blocks of text: paragraphs, headings, captions, items of lists, rows of tables.

Trees are lxml's, which come from trafilatura and have no types here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from annotator.importers.pages.vocabulary import one_of
from annotator.model.article import BlockKind
from annotator.model.late import dataclass

_INLINE = one_of("inline")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LOWER = _HEADINGS - {"h1"}
_TITLE = frozenset(("title", "headline", "article-title", "entry-title", "post-title", "article-headline"))
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_CELLS = frozenset(("td", "th"))
_NOT_A_SPACE = re.compile(r"[^\s\u00a0]|\u00a0")
_KICKER = re.compile(
    r"kicker|eyebrow|overline|topline|dachzeile|roofline|pretitle|pre-?head|supertitle|antetitulo|volanta|surtitre|occhiello|strapline|label|badge|tag\b|flag\b|section",
    re.I,
)
_ENDED = re.compile(r"[.!?…。！？۔।:;\"”»’」)\]]\s*$")
_PARAGRAPH_SPAN = 40
_LARGE_CELL = 400
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wp-)?caption(?:-text|__text)?(?:$|\s)|figcaption|image-?caption|bildunterschrift", re.I
)
_LETTERLESS = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", ""))


@dataclass(slots=True)
class PageBlock:
    """A stretch of text that a reader sees as one block, and where it lies in the tree.

    `element` is the block element that holds it, `group` the list or table that it is an item or row of. `linked`
    counts the characters that are links, `bold` and `pressed` those in bold type and on buttons, `kind` is what the
    markup says it is, and `speaker` whether it names who said the quotation before it.
    """

    text: str
    element: Any
    kind: BlockKind | None = None
    group: Any = None
    linked: int = 0
    bold: int = 0
    pressed: int = 0
    speaker: bool = False

    @property
    def is_title(self) -> bool:
        """Whether this is a heading of the first rank, or stands for one on a page that has none."""
        return self.kind is BlockKind.HEADLINE and self.element.tag not in _LOWER

    @property
    def letters(self) -> str:
        """The text without white space and invisible characters: what stays the same however it is extracted."""
        return letters(self.text)


def letters(text: str) -> str:
    """The text without white space and invisible characters."""
    return "".join(text.translate(_LETTERLESS).split())


def blocks_of(tree: Any, titles: Sequence[str] = ()) -> list[PageBlock]:
    """The blocks of a page's visible tree, in order; none is empty.

    A part of a heading that is one of the page's `titles` is a block: what stands before it is a line over it.
    """
    reader = _Reader(frozenset(map(letters, titles)))
    reader.read(tree, _Place(tree, untitled=tree.find(".//h1") is None))
    reader.end()
    return reader.blocks


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is: the nearest block element, the kind that it and those around it have, and links.

    `untitled` is whether the page has no heading of the first rank.
    """

    element: Any
    kind: BlockKind | None = None
    group: Any = None
    link: bool = False
    bold: bool = False
    button: bool = False
    row: bool = False
    speaker: bool = False
    quoting: bool = False
    untitled: bool = False


@dataclass(slots=True)
class _Reader:
    """A walk through the tree: `words` are those of the line that is being read, `lines` the block's."""

    titles: frozenset[str] = frozenset()
    blocks: list[PageBlock] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    place: _Place | None = None
    linked: int = 0
    bold: int = 0
    pressed: int = 0

    def read(self, element: Any, place: _Place) -> None:
        """Take an element that lies in the place, with everything in it."""
        tag = element.tag
        if tag in ("br", "hr"):
            self.break_off(tag, place)
            return
        inner, block = _entered(element, place)
        # What is in a row of a table stays in its line, with the cells apart.
        in_row = place.row and tag != "tr"
        if tag in _CELLS and place.row:
            self.words += [" | "] if "".join(self.words).strip() else []
        elif block:
            self.part(in_row=in_row)
        self.say(element.text, inner)
        self.read_children(element, inner)
        if block and not (in_row and tag in _CELLS):
            self.part(in_row=in_row)

    def read_children(self, element: Any, inner: _Place) -> None:
        tag = element.tag
        previous = None
        for child in element:
            if tag not in _INLINE and _stand_apart(previous, child):
                self.end()
            self.set_apart(tag, child, previous)
            self.read(child, inner)
            if tag in _HEADINGS and _is_kicker(child):
                self.end()
            self.say(child.tail, inner)
            previous = child

    def part(self, *, in_row: bool) -> None:
        """Begin something new: a block, or in a row of a table a word."""
        if in_row:
            self.words.append(" ")
        else:
            self.end()

    def break_off(self, tag: str, place: _Place) -> None:
        """End the line, and the block at a rule or an empty line; a heading is one line."""
        if tag == "hr":
            self.end()
        elif place.kind is BlockKind.HEADLINE:
            self.words.append(" ")
        elif not self.end_line() and place.group is None:
            self.end()

    def set_apart(self, tag: str, child: Any, previous: Any) -> None:
        """Part what stands without a space between because a style sheet parts it: spans of a heading or caption."""
        if tag in _HEADINGS and (_is_kicker(child) or self.is_title_below(child)):
            self.end()
        elif (
            previous is not None
            and previous.tag == child.tag == "span"
            and not previous.tail
            and (tag in _HEADINGS or _ENDED.search("".join(previous.itertext())))
        ):
            self.words.append(" ")

    def is_title_below(self, child: Any) -> bool:
        """Whether a part of a heading is the page's title, below a line that does not lead to it with a colon."""
        before = "".join(self.words).rstrip()
        return bool(before) and not before.endswith((":", "：")) and letters(child.text_content()) in self.titles

    def say(self, text: str | None, place: _Place) -> None:
        if not text:
            return
        if self.place is None and text.strip():
            self.place = place
        self.words.append(text)
        size = len("".join(text.split()))
        self.linked += size if place.link else 0
        self.bold += size if place.bold else 0
        self.pressed += size if place.button else 0

    def end_line(self) -> bool:
        """Whether there was a line to end."""
        line = " ".join("".join(self.words).split())
        self.words.clear()
        self.lines += [line] if line else []
        return bool(line)

    def end(self) -> None:
        """End the block."""
        self.end_line()
        if self.lines and self.place is not None:
            place = self.place
            text = "\n".join(self.lines)
            if place.kind is BlockKind.HEADLINE:
                # What parted it from a line over it.
                text = text.lstrip(" :|–—•·") or text
            self.blocks.append(
                PageBlock(
                    text, place.element, place.kind, place.group, self.linked, self.bold, self.pressed, place.speaker
                )
            )
        self.lines.clear()
        self.place = None
        self.linked = self.bold = self.pressed = 0


def _entered(element: Any, place: _Place) -> tuple[_Place, bool]:
    """The place inside an element, and whether the element is a block."""
    tag = element.tag
    block = tag not in _INLINE and "-" not in tag
    kind, group, row = place.kind, place.group, place.row
    speaker, quoting = place.speaker, place.quoting
    if tag in _HEADINGS or (place.untitled and block and _TITLE & set((element.get("class") or "").split())):
        kind = BlockKind.HEADLINE
    elif tag == "caption":
        kind = BlockKind.CAPTION
    elif tag == "blockquote":
        kind = BlockKind.BLOCK_QUOTE
    elif tag == "figcaption" and place.quoting:
        kind, speaker = None, True
    elif tag == "figure" and element.find(".//table") is None and element.find(".//pre") is None:
        kind, quoting = BlockKind.CAPTION, element.find(".//blockquote") is not None
    elif tag == "figcaption" or (block and _CAPTION_CLASS.search(element.get("class") or "")):
        kind = BlockKind.CAPTION
    elif names_speaker(element):
        kind, speaker = None, True
    if tag in _LISTS and group is None and not _holds_paragraphs(element):
        group = element
    elif tag == "table" and _is_data(element):
        group = element if group is None else group
        row = True
    elif tag == "table":
        group = None
    return (
        _Place(
            element if block else place.element,
            kind,
            group,
            place.link or tag == "a",
            place.bold or tag in ("b", "strong"),
            place.button or tag == "button",
            row,
            speaker,
            quoting,
            place.untitled,
        ),
        block,
    )


def names_speaker(element: Any) -> bool:
    """Whether an element says who spoke: a `footer` in a quotation or behind one, a `cite` behind its paragraphs."""
    if element.tag not in ("footer", "cite"):
        return False
    before, parent = element.getprevious(), element.getparent()
    if before is not None and before.tag == "blockquote":
        return True
    if element.tag == "footer":
        return (parent is not None and parent.tag in ("aside", "figure")) or any(
            outer.tag == "blockquote" for outer in element.iterancestors()
        )
    return parent is not None and parent.tag == "blockquote" and before is not None and before.tag not in _INLINE


def _is_kicker(part: Any) -> bool:
    """Whether a part of a heading is a line of its own over or under it."""
    return part.tag in ("span", "small", "strong", "em", "a", "i", "b") and bool(
        _KICKER.search(part.get("class") or "")
    )


def _holds_paragraphs(listing: Any) -> bool:
    """Whether the items of a list are pieces of text with paragraphs and headings of their own."""
    return any(item.tag == "li" and item.find(".//p") is not None and len(item) > 1 for item in listing)


def _is_data(table: Any) -> bool:
    """Whether a table holds data, or only lays out what is in it."""
    if table.get("role") == "presentation" or next(table.iter("table"), None) is not next(
        (other for other in table.iter("table") if other is not table), table
    ):
        return False
    cells = list(table.iter("td", "th"))
    if len(cells) < 2:
        return False
    return not any(
        sum(1 for _ in cell.iter("p", "h1", "h2", "h3", "article")) > 1 or len(cell.text_content()) > _LARGE_CELL
        for cell in cells
    )


def _stand_apart(one: Any, other: Any) -> bool:
    """Whether two neighbours are paragraphs though their element runs on in a line, as `span` set as blocks are."""
    if one is None or one.tag != "span" or other.tag != "span" or (one.tail or "").strip():
        return False
    text = one.text_content()
    return len(text) > _PARAGRAPH_SPAN and len(other.text_content()) > _PARAGRAPH_SPAN and bool(_ENDED.search(text))
