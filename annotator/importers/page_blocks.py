"""The tree of a web page as paragraphs of text: before and after trafilatura has found the article in it.

Trees are lxml's, which come from trafilatura and have no types here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from annotator.model.article import Block, BlockKind
from annotator.model.span import Span

_INLINE = frozenset({"hi", "ref", "del", "ins", "code", "span", "graphic"})
_LISTS = frozenset({"list", "table"})
_KINDS = {"head": BlockKind.HEADLINE, "quote": BlockKind.BLOCK_QUOTE}
_BETWEEN = "\n\n"
_QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›「『"
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def prepare(tree: Any, *, unwrap: bool) -> None:
    """Make of a page, in place, what would get lost: quotation marks of `q`, and the lines of `pre`.

    With `unwrap` only blank lines part what is in a `pre`.
    """
    for quote in list(tree.iter("q")):
        if not quote.text_content().lstrip().startswith(tuple(_QUOTATION_MARKS)):
            quote.text = "“" + (quote.text or "")
            if len(quote):
                quote[-1].tail = (quote[-1].tail or "") + "”"
            else:
                quote.text += "”"
        quote.drop_tag()
    for pre in list(tree.iter("pre")):
        paragraphs = _BLANK_LINE.split(pre.text_content().strip())
        for child in list(pre):
            pre.remove(child)
        pre.tag, pre.text = "div", None
        for paragraph in paragraphs:
            made = pre.makeelement("p")
            first, *others = [paragraph] if unwrap else paragraph.splitlines() or [""]
            made.text = first
            for line in others:
                broken = pre.makeelement("br")
                broken.tail = line
                made.append(broken)
            pre.append(made)


def letters(text: str) -> str:
    """The text without white space: what stays the same however its markup is changed."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page says in its block quotes, and in its paragraphs, as `letters`."""

    quoted: Collection[str]
    written: Collection[str]


def wording_of(tree: Any) -> Wording:
    """The wording of a page, before the article is looked for."""
    return Wording(
        quoted={letters(part.text_content()) for quote in tree.iter("blockquote") for part in quote.iter()},
        written={letters(part.text_content()) for part in tree.iter("p", "div") if part.tag == "p" or not len(part)},
    )


def text_of(body: Any, wording: Wording) -> tuple[str, tuple[Block, ...]]:
    """The text of an article that trafilatura found, a blank line between paragraphs, and its headings and quotes.

    Items of a list and rows of a table have a line each. `wording` is the page's, and tells block quotes that
    trafilatura has flattened, and a text that it has put into one paragraph line by line.
    """
    reader = _Reader()
    reader.read(body, None, in_list=False)
    paragraphs = reader.paragraphs
    if len(paragraphs) == 1 and letters(paragraphs[0].text) not in wording.written:
        lines = "".join(body.itertext()).splitlines()
        paragraphs = [_Paragraph(" ".join(line.split()), None) for line in lines if line.strip()]
    hints: list[Block] = []
    at = 0
    for paragraph in paragraphs:
        kind = BlockKind.BLOCK_QUOTE if letters(paragraph.text) in wording.quoted else paragraph.kind
        if kind is not None:
            hints.append(Block(Span(at, at + len(paragraph.text)), kind))
        at += len(paragraph.text) + len(_BETWEEN)
    return _BETWEEN.join(paragraph.text for paragraph in paragraphs), tuple(hints)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    kind: BlockKind | None


@dataclass(slots=True)
class _Reader:
    """A walk through the article's tree: `words` are those of the line that is being read, `lines` the paragraph's."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    kind: BlockKind | None = None

    def read(self, element: Any, kind: BlockKind | None, *, in_list: bool) -> None:
        """Take an element that lies in a block of the kind, if of any, and in a list or table or not."""
        tag = element.tag
        block = tag not in _INLINE
        if tag == "lb":
            if not self.end_line() and not in_list:
                self.end_paragraph()
        elif tag == "cell":
            self.words += [" | "] if "".join(self.words).strip() else []
        elif block:
            self.end(in_list=in_list)
        kind = _KINDS.get(tag, kind)
        self.kind = kind
        self.words.append(element.text or "")
        for child in element:
            self.read(child, kind, in_list=in_list or tag in _LISTS)
            self.kind = kind
            self.words.append(child.tail or "")
        if block and tag not in ("lb", "cell"):
            self.end(in_list=in_list)

    def end(self, *, in_list: bool) -> None:
        """End the line, and the paragraph where it is not one of a list or table."""
        self.end_line()
        if not in_list:
            self.end_paragraph()

    def end_line(self) -> bool:
        """Whether there was a line to end."""
        line = " ".join("".join(self.words).split())
        self.words.clear()
        self.lines += [line] if line else []
        return bool(line)

    def end_paragraph(self) -> None:
        if self.lines:
            self.paragraphs.append(_Paragraph("\n".join(self.lines), self.kind))
            self.lines.clear()
