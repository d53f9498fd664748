"""What whoever imports a page has to know about how it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotator.importers.pages.blocks import PageBlock
from annotator.importers.pages.visible import HIDDEN, NOTE_MARK, STRUCK, TakenOut
from annotator.model.article import ReadingNote
from annotator.model.counts import counted

_ORDER = (STRUCK, HIDDEN, NOTE_MARK)


def note_on_taken(taken: TakenOut, blocks: Sequence[PageBlock]) -> tuple[ReadingNote, ...]:
    """What was taken out from between the words of the article's blocks, counted."""
    around = {element for block in blocks for element in (block.element, *block.element.iterdescendants())}
    around |= {parent for block in blocks if (parent := block.element.getparent()) is not None}
    counts = Counter(what for what, place in taken.places if place in around or place.getparent() in around)
    if not counts:
        return ()
    listed = ", ".join(counted(counts[what], what) for what in _ORDER if counts[what])
    return (ReadingNote("without their struck-out or hidden words", f"left out: {listed}"),)


def note_on_paid(*, paid: bool, whole: bool) -> tuple[ReadingNote, ...]:
    """That the page says it is not free to read; `whole` is whether it carries a longer text that can be had."""
    if not paid:
        return ()
    more = "; the page carries a longer text, which --prefer metadata takes" if whole else ""
    return (
        ReadingNote(
            "perhaps only the beginning of an article that is not free to read",
            f"only a teaser, perhaps: the page says that the article is not free to read (isAccessibleForFree){more}",
        ),
    )


FROM_METADATA = ReadingNote(
    "with the text of their page's metadata", "the text is the page's articleBody (--prefer metadata)"
)
NO_VISIBLE_TEXT = ReadingNote(
    "with the text of their page's metadata", "the page shows no text by itself: what its metadata carry is taken"
)
