"""What the readers of documents have in common: the paragraphs they find, and the draft that is made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field

from annotator.importers.draft import Draft
from annotator.importers.raised_figures import written_out
from annotator.model.article import Block, BlockKind, Publication, ReadingNote
from annotator.model.counts import counted
from annotator.model.late import dataclass
from annotator.model.span import Span

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
# What programs put in where nobody gave a title.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint) - .*|(?:document|dokument|documento|untitled|unbenannt|sans titre)[ -]?\d*"
    r"|.*\.(?:docx?|odt|rtf|pdf|indd|qxd)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says about itself; empty where it does not say. `published_at` is when it was made."""

    title: str = ""
    author: str = ""
    published_at: str = ""
    language: str = ""


@dataclass(slots=True)
class Written:
    """The paragraphs of a document in reading order, with the kinds that its styles say; `left_out` counts the rest."""

    paragraphs: list[tuple[str, BlockKind | None]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, kind: BlockKind | None = None) -> None:
        """Add a paragraph on one line, unless there is nothing in it."""
        plain, notes = written_out(text)
        if notes:
            self.left_out["note mark"] += notes
        line = _BLANKS.sub(" ", plain).strip()
        if line:
            self.paragraphs.append((line, kind))

    def draft(self, properties: Properties) -> Draft:
        """The document as a draft: a blank line between paragraphs, and the first heading in front as the title."""
        text, hints = "", []
        for line, kind in self.paragraphs:
            text += "\n\n" if text else ""
            if kind is not None:
                hints.append(Block(Span(len(text), len(text) + len(line)), kind))
            text += line
        given = " ".join(properties.title.split())
        title = "" if _NO_TITLE.fullmatch(given) else given
        first = next((line for line, kind in self.paragraphs[:1] if kind is BlockKind.HEADLINE), "")
        return Draft(
            text,
            Publication(title=first or title, author=properties.author, published_at=properties.published_at),
            properties.language,
            hints=tuple(hints),
            wrapped=False,
            headed=True,
            notes=(*self._notes(), *_dated(properties)),
        )

    def _notes(self) -> Iterable[ReadingNote]:
        counts = ", ".join(counted(count, what) for what, count in self.left_out.items())
        if counts:
            yield ReadingNote("without what their documents strike out, hide or repeat", f"left out: {counts}")


def _dated(properties: Properties) -> Iterable[ReadingNote]:
    if properties.published_at:
        yield ReadingNote("dated by when their document was made", "its date is when the document was made")
