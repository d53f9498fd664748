"""What a reader does not see of a page is taken out of its tree, and what markup alone says is written out.

Trees are lxml's, which come from trafilatura and have no types here.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from annotator.importers.pages.raised import write_out_raised
from annotator.importers.pages.typed import write_out_lines, write_out_quotations, write_out_readings
from annotator.importers.pages.vocabulary import one_of
from annotator.model.late import dataclass

STRUCK = "struck-out passage"
HIDDEN = "hidden passage"
NOTE_MARK = "note mark"

_NEVER_SHOWN = one_of("never_shown")
_STRUCK = frozenset(("del", "s", "strike"))
# For the ear only: a screen reader says these words, and nobody sees them.
_FOR_THE_EAR = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|(?:u|is|a11y|g)-(?:visually-?hidden|hidden-visually|hidden)|hidden-visually"
    r"|screen-?reader(?:s?-?(?:text|only))?|sr-?text|element-invisible|assistive-text|off-?screen|for-screen-?readers?"
    r"|hide-text|clip(?:ped)?-text)(?:$|\s)",
    re.IGNORECASE,
)
_OUT_OF_SIGHT = re.compile(r"(?:^|\s)(?:hidden|hide|d-none|is-hidden|display-none|visually-none)(?:$|\s)")
# Shown again on wide screens: `hidden md:block`, `d-none d-lg-block`.
_SHOWN_AGAIN = re.compile(
    r"(?:(?:sm|md|lg|xl|2xl):(?:block|inline|flex|grid|table|contents)|d-(?:sm|md|lg|xl|xxl)-(?:block|inline|flex|grid))"
)
_STYLED_AWAY = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|rem|%)?\s*(?:;|!|$)|(?:left|text-indent)\s*:\s*-\d{4}"
)
_STYLED_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_MOST_OF_IT = 0.5
_LONGEST_CAP = 3


@dataclass(slots=True)
class TakenOut:
    """What was taken out of a tree: what it was, and the element that it lay in."""

    places: list[tuple[str, Any]] = field(default_factory=list)

    def take(self, element: Any, what: str) -> None:
        """Take an element out, not what follows it."""
        if element.text_content().strip():
            self.places.append((what, element.getparent()))
        _empty(element)


def leave_what_is_seen(tree: Any, *, language: str, unwrap: bool) -> TakenOut:
    """Make a page's tree, in place, one of visible words only, and say what was taken out.

    Struck-out words, words that are hidden (`hidden`, `aria-hidden`, inline styles, the usual classes for screen
    readers) and the marks of notes are gone; raised and lowered figures, quotations, readings and preformatted lines
    are written out in characters. With `unwrap` only blank lines part what is preformatted.
    """
    taken = TakenOut()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or (element.tag in _NEVER_SHOWN and not _is_open(element)):
            _empty(element)
    whole = len(tree.text_content()) or 1
    # All of them before any is taken out: a drop cap is known by what stands beside it.
    unseen = [
        (element, what)
        for element in tree.iter()
        if element.tag not in ("html", "body", "main")
        and (what := why_unseen(element))
        and not _is_cap(element, what)
        and len(element.text_content()) < _MOST_OF_IT * whole
    ]
    for element, what in unseen:
        if _inside(element, tree):
            taken.take(element, what)
    write_out_raised(tree, lambda mark: taken.take(mark, NOTE_MARK))
    write_out_readings(tree)
    write_out_quotations(tree, language)
    write_out_lines(tree, unwrap=unwrap)
    return taken


def _is_open(element: Any) -> bool:
    return element.tag == "dialog" and element.get("open") is not None


def _empty(element: Any) -> None:
    """Leave nothing of an element but what follows it, and nothing that parts the words around it."""
    # Taken out of the tree, each would have its tail copied into the text before it: slow where there are many.
    element.clear(keep_tail=True)
    if isinstance(element.tag, str):
        element.tag = "span"


def _inside(element: Any, tree: Any) -> bool:
    """Whether the element is still in the tree, and not in something that was taken out before."""
    while element is not None and element is not tree:
        element = element.getparent()
    return element is not None


def why_unseen(element: Any) -> str:
    """What an element is that a reader does not see, or not as said; the empty string for what is seen."""
    style = element.get("style") or ""
    if element.tag in _STRUCK or (style and _STYLED_STRUCK.search(style)):
        return STRUCK
    classes = element.get("class") or ""
    hidden = (
        element.get("hidden") not in (None, "until-found")
        or element.get("aria-hidden") == "true"
        or (style and _STYLED_AWAY.search(style.lower()))
        or _FOR_THE_EAR.search(classes)
        or (_OUT_OF_SIGHT.search(classes) and not _SHOWN_AGAIN.search(classes))
    )
    return HIDDEN if hidden else ""


def _is_cap(element: Any, what: str) -> bool:
    """Whether this is the visible writing of a word's beginning, or the only one.

    A drop cap is often written twice: for the eye (`aria-hidden`) and for the ear, in either order. What the eye
    sees stays where the ear's writing stands beside it, and where it is glued to the rest of its word.
    """
    if what != HIDDEN:
        return False
    text = element.text_content().strip()
    if not text or not text[-1].isalnum():
        return False
    glued = (element.tail or "")[:1].isalpha()
    if element.get("aria-hidden") == "true":
        twins = (_beside(element, -1), _beside(element, 1))
        return glued or any(twin is not None and _says_as_well(twin, element) for twin in twins)
    before = _beside(element, -1)
    return (
        glued
        and len(text) <= _LONGEST_CAP
        and (before is None or not _same_start(before.text_content().strip(), text))
        and not _ends_in_word(element)
    )


def _beside(element: Any, way: int) -> Any:
    """The element before (-1) or behind (1) with nothing but white space between, or None."""
    other = element.getprevious() if way < 0 else element.getnext()
    if other is None:
        return None
    between = other.tail if way < 0 else element.tail
    return None if (between or "").strip() else other


def _says_as_well(twin: Any, element: Any) -> bool:
    heard = _FOR_THE_EAR.search(twin.get("class") or "") is not None
    return heard and _same_start(twin.text_content().strip(), element.text_content().strip())


def _same_start(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _ends_in_word(element: Any) -> bool:
    """Whether a letter stands directly before the element."""
    previous = element.getprevious()
    before = (previous.tail if previous is not None else element.getparent().text) or ""
    return before[-1:].isalnum()
