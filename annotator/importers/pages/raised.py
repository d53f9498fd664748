"""The raised and lowered text of a page (`sup`, `sub`), written out so that its meaning stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from annotator.importers.raised_figures import LONGEST_RAISED, is_cents, is_isotope, is_note, lowered, raised_figure

_NOTE_CLASS = re.compile(r"foot-?note|end-?note|\bfn\b|\bref(?:erence)?s?\b|\bcite|citation|\bnote", re.IGNORECASE)
_NOTE_TARGET = re.compile(r"#.*(?:fn|note|ref|cite|\d)|#[a-z_-]*\d", re.IGNORECASE)
_TO_NOTE = re.compile(r"#_?_?(?:\w*[-_:])?(?:fn|foot-?note|end-?note|cite[-_]?note|note|ref|ftn|edn)", re.IGNORECASE)
_MARK = re.compile(r"\[?\(?(?:[0-9]{1,3}|[ivx]{1,5}|[a-z]|[*†‡])\)?\]?")


def write_out_raised(tree: Any, take_out: Callable[[Any], None]) -> None:
    """Write each `sup` and `sub` of a tree out, in place; `take_out` takes the mark of a note out of it."""
    for link in list(tree.iter("a")):
        if _is_note_link(link):
            take_out(link)
    for element in list(tree.iter("sup", "sub")):
        text = "".join(element.itertext()).strip()
        if element.getparent() is None:
            continue
        if len(text) > LONGEST_RAISED:
            # A sentence in small type, or a mark that was never closed.
            element.tag = "span"
            continue
        before = _before(element)
        if is_cents(text, before):
            _replace(element, f".{text}")
        elif element.tag == "sub":
            _replace(element, lowered(text, before, (element.tail or "")[:1]))
        elif not is_isotope(text, before, element.tail or "") and _is_note(element, text, before):
            take_out(element)
        else:
            _replace(element, raised_figure(text))


def _is_note_link(link: Any) -> bool:
    """Whether a link is the mark of a note, or leads back from the note."""
    if not _TO_NOTE.match(link.get("href") or ""):
        return False
    text = "".join(link.itertext()).strip()
    return text in ("↩", "↩︎", "^", "↑") or bool(_MARK.fullmatch(text))


def _is_note(element: Any, text: str, before: str) -> bool:
    if not text:
        return False
    links = [link.get("href") or "" for link in element.iter("a")]
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        links.append(parent.get("href") or "")
    named = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
    if any(_NOTE_TARGET.match(link) for link in links) or _NOTE_CLASS.search(named):
        return True
    return is_note(text, before)


def _before(element: Any) -> str:
    """The text that stands directly before the element in its parent, twenty characters at most."""
    pieces: list[str] = []
    here = element
    while here is not None and sum(map(len, pieces)) < 20:
        previous = here.getprevious()
        if previous is not None:
            pieces.insert(0, previous.tail or "")
            if not (previous.tail or ""):
                pieces.insert(0, "".join(previous.itertext()))
            here = previous
        else:
            here = here.getparent()
            pieces.insert(0, (here.text or "") if here is not None else "")
            if here is not None and here.tag not in ("a", "b", "i", "em", "strong", "span", "font"):
                break
    return "".join(pieces)[-20:]


def _replace(element: Any, text: str) -> None:
    """Have the text in the element alone; what was in it, links among it, is one text."""
    for child in list(element):
        element.remove(child)
    element.text, element.tag = text, "span"
