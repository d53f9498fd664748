"""What stands around and inside articles on web pages and is no part of them: the names and words it is known by."""

from __future__ import annotations

import re
from collections.abc import Hashable
from itertools import pairwise
from typing import Any

from annotator.importers.pages.blocks import PageBlock, letters, names_speaker
from annotator.importers.pages.vocabulary import listed, one_of, pattern

_PARTS = re.compile(r"[^A-Za-z]+")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NAMES = one_of("furniture")
_PAIRS = frozenset(tuple(pair.split("-")) for pair in listed("furniture_pairs"))
_ROLES = frozenset(
    ("navigation", "search", "banner", "complementary", "contentinfo", "menu", "toolbar", "dialog", "alert")
)
_TAGS = frozenset(("nav", "footer", "form", "aside"))
_QUOTING = frozenset(("blockquote", "figure"))
_ABOUT = re.compile(rf"{pattern('to_others')}\s*[:：!?…»›>-]*", re.IGNORECASE)
_PROMPT = re.compile(rf"{pattern('prompts')}\s*[:：!…]*", re.IGNORECASE)
_APPEAL = re.compile(rf"\W*{pattern('appeals')}", re.IGNORECASE)
_ACCOUNT = re.compile(pattern("accounts"), re.IGNORECASE)
_BOXES = one_of("boxes")


def is_appeal(text: str) -> bool:
    """Whether a paragraph asks the reader to subscribe, follow or give, or says what may be done with the text."""
    return _APPEAL.match(text) is not None


def is_aside(element: Any) -> bool:
    """Whether an element is named as a box of its own."""
    return any(word in _BOXES for word in names_of(element))


_NAMING = re.compile(r"data-(?:[a-z]+-)?(?:component|test-?id|name|qa|type|module)")
"""Attributes that name the parts of a page, as where a machine makes the classes."""


def naming(element: Any) -> str:
    """An element's classes, its id and the names in its `data-` attributes, with spaces between."""
    names = [element.get("class") or "", element.get("id") or ""]
    names += [value for key, value in element.attrib.items() if key[:5] == "data-" and _NAMING.fullmatch(key)]
    return " ".join(names)


def holds_account_form(element: Any) -> bool:
    """Whether an element is the parent of a form that asks for an address, a password or the like."""
    form = element.find("form")
    return form is not None and _ACCOUNT.search(form.text_content()) is not None


def names_of(element: Any) -> list[str]:
    """The parts of an element's names, in lower case."""
    words = []
    for name in naming(element).split():
        for part in _PARTS.split(name):
            humps = _HUMPS.findall(part)
            # Where the capitals come at random, the name was made by a machine and says nothing.
            if len(humps) == 1 or all(len(hump) > 2 for hump in humps):
                words += [hump.lower() for hump in humps]
    return words


_QUOTED = frozenset(("quote", "quotation", "pullquote", "zitat", "citation", "cita"))
_GATES = frozenset(("paywall", "piano", "regwall", "gate", "offer", "offers"))
GATE = "gate"
"""The sign of a box that asks a reader to pay or to log in."""

NAVIGATION = frozenset(("<nav>", "role=navigation"))
"""Signs that hold on every page: what is under them is never text, even where trafilatura has found nothing else."""


def signs_of(element: Any) -> set[Hashable]:
    """What an element's tag, role and names have that says it stands beside the text; empty for most elements."""
    signs: set[Hashable] = set()
    if element.tag in _TAGS and not _is_of_a_quotation(element):
        signs.add(f"<{element.tag}>")
    role = (element.get("role") or "").lower()
    if role in _ROLES:
        signs.add(f"role={role}")
    words = names_of(element)
    if _GATES & set(words) and any(True for _ in element.iter("a", "button", "form")):
        signs.add(GATE)
    signs.update(word for word in words if word in _NAMES)
    signs.update(pair for pair in pairwise(words) if pair in _PAIRS)
    return signs


def _is_of_a_quotation(element: Any) -> bool:
    """Whether an element is around a quotation, or inside one."""
    if names_speaker(element) or any(outer.tag in _QUOTING for outer in element.iterancestors()):
        return True
    if element.tag not in ("aside", "div", "section"):
        return False
    return element.find(".//blockquote") is not None or bool(_QUOTED & set(names_of(element)))


def introduces_others(text: str) -> bool:
    """Whether a block's text leads to other articles."""
    return _ABOUT.fullmatch(text.strip()) is not None


def leads_to_another(block: PageBlock) -> bool:
    """Whether a block is words that lead to another article, and the link to it."""
    lead = _ABOUT.match(block.text.strip())
    return lead is not None and block.linked > 0 and len(letters(lead[0])) + block.linked >= len(block.letters) - 2


def is_control(text: str) -> bool:
    """Whether words are a control of the page: "Share", "3 comments"."""
    return _PROMPT.fullmatch(text.strip()) is not None
