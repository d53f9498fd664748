"""Raised and lowered figures of a page, into characters that keep their meaning: powers, ordinals, note marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_RAISED = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_FIGURE = re.compile(r"[+\-−–]?[0-9]{1,4}[+\-−]?")
_NOTE = re.compile(
    r"[\[(]?\s*(?:[0-9]{1,3}|[a-z]|[ivx]{1,5}|note|N)\s*(?:[,;–-]\s*[0-9]{1,3}\s*)*[\])]?|[*†‡§#¹²³]+", re.IGNORECASE
)
_BRACKETED = re.compile(r"\s*[\[(].*[\])]\s*")
_NOTE_CLASS = re.compile(r"foot-?note|end-?note|\bfn\b|\bref(?:erence)?s?\b|\bcite|citation|\bnote", re.IGNORECASE)
_NOTE_TARGET = re.compile(r"#.*(?:fn|note|ref|cite|\d)|#[a-z_-]*\d", re.IGNORECASE)
_TO_NOTE = re.compile(r"#_?_?(?:\w*[-_:])?(?:fn|foot-?note|end-?note|cite[-_]?note|note|ref|ftn|edn)", re.IGNORECASE)
_MARK = re.compile(r"\[?\(?(?:[0-9]{1,3}|[ivx]{1,5}|[a-z]|[*†‡])\)?\]?")
# What a figure is raised behind as a power: a unit, or a letter of a formula.
_UNITS = frozenset(
    [
        "m",
        "km",
        "cm",
        "mm",
        "dm",
        "nm",
        "µm",
        "μm",
        "hm",
        "ft",
        "in",
        "mi",
        "yd",
        "sq",
        "s",
        "h",
        "min",
        "kg",
        "g",
        "mol",
        "K",
        "N",
        "J",
        "W",
        "V",
        "A",
        "Pa",
        "м",
        "км",
        "см",
        "мм",
        "дм",
        "с",
        "كم",
        "م",
        "χ",
        "π",
        "r",
    ]
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LAST_NUMBER = re.compile(r"(?<![\d.,])\d+$")
_POWER_BASES = frozenset(("10", "2"))
_PRICE = re.compile(r"[$€£¥₹]\s?\d{1,4}$")
_FORMULA = re.compile(r"[=+×·*/^−]\s*\w{1,3}$")
_LONGEST = 30
_TRADE = {"tm": "™", "r": "®", "sm": "℠"}


def write_out_raised(tree: Any, take_out: Callable[[Any], None]) -> None:
    """Write each `sup` and `sub` of a tree out, in place; `take_out` takes the mark of a note out of it."""
    for link in list(tree.iter("a")):
        if _is_note_link(link):
            take_out(link)
    for element in list(tree.iter("sup", "sub")):
        text = "".join(element.itertext()).strip()
        if element.getparent() is None:
            continue
        if len(text) > _LONGEST:
            # A sentence in small type, or a mark that was never closed.
            element.tag = "span"
            continue
        before = _before(element)
        if _PRICE.search(before) and text.isdigit() and len(text) == 2:
            _replace(element, f".{text}")
        elif element.tag == "sub":
            _replace(element, _lowered(text, before, (element.tail or "")[:1]))
        elif not _is_isotope(text, before, element.tail or "") and _is_note(element, text, before):
            take_out(element)
        else:
            _replace(element, _raised(text))


def _is_isotope(text: str, before: str, after: str) -> bool:
    """Whether a figure stands raised before a symbol, as in ¹⁴C."""
    return text.isdigit() and before[-1:].strip() == "" and after[:1].isupper()


def _is_note_link(link: Any) -> bool:
    """Whether a link is the mark of a note, or leads back from the note."""
    if not _TO_NOTE.match(link.get("href") or ""):
        return False
    text = "".join(link.itertext()).strip()
    return text in ("↩", "↩︎", "^", "↑") or bool(_MARK.fullmatch(text))


def _raised(text: str) -> str:
    if _FIGURE.fullmatch(text) or text == "n":
        return text.translate(_RAISED)
    return _TRADE.get(text.lower(), text) if text.lower() in ("tm", "sm") else text


def _lowered(text: str, before: str, after: str) -> str:
    """A lowered figure behind a letter is read rightly as it is (CO2); between figures it must be told from them."""
    return text.translate(_LOWERED) if _FIGURE.fullmatch(text) and (before[-1:].isdigit() or after.isdigit()) else text


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
    if not _NOTE.fullmatch(text) or text.lower() == "n":
        return False
    if _BRACKETED.fullmatch(text):
        return True
    if not text.isascii() or not text.isalnum():
        return not _FIGURE.fullmatch(text)
    if not text.isdigit():
        # A letter behind a figure is an ordinal (5ª, 1e); behind a word or a stop it is a note.
        return not before[-1:].isdigit() and not _LAST_WORD.search(before)
    return not _is_power(before)


def _is_power(before: str) -> bool:
    number = _LAST_NUMBER.search(before)
    if number is not None:
        return number[0] in _POWER_BASES or len(number[0]) == 1
    if before[-1:].isdigit():
        # A longer number, with separators perhaps: no year and no sum is raised to a power in running text.
        return False
    word = _LAST_WORD.search(before)
    if _FORMULA.search(before):
        return True
    return before[-1:] == ")" or (word is not None and (word[0] in _UNITS or len(word[0]) == 1))


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
