"""What the caller may choose about an import of annotations, and what one yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TypeAlias

from annotator.errors import ImportFailure
from annotator.importers.annotations.label_map import LabelMap
from annotator.model.annotated import GivenArticle, Note
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit

Items: TypeAlias = Iterator[GivenArticle | Note | ImportFailure]


def _no_text(_article_id: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class AnnotationOptions:
    """How to read annotations.

    `reviewer` stands in place of whomever the file names, where it is not empty; `realign` moves spans to the nearest
    place where their quoted text is. `text_of` gives the text of an article by its id, for files that leave it out.
    `offsets` is the unit of the file's offsets, None for what the file or its format says.
    """

    labels: LabelMap = field(default_factory=LabelMap)
    reviewer: str = ""
    realign: bool = False
    text_of: Callable[[str], str | None] = _no_text
    offsets: OffsetUnit | None = None
