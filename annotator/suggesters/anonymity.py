"""Anonymity: how far a source's own words name it."""

from __future__ import annotations

import re

from annotator.model.attribution import Anonymity
from annotator.suggesters.words import words_of

_PRONOUNS = frozenset(
    "i he she we it they you who which that his her its their my our your him me us them himself herself themselves itself".split()
)
# Words that say no more than that there is somebody.
_NOBODY = frozenset(
    """a an the some many several few most one two three other others another any every all both more multiple various
    source sources person persons people critic critics observer observers someone somebody anyone everyone everybody
    nobody none no insider insiders supporter supporters opponent opponents skeptic skeptics sceptic sceptics
    of who which say those them that anonymous unnamed unidentified expert experts analyst analysts familiar with matter
    you one's""".split()
)
_UNNAMING = re.compile(
    r"\b(anonymous|unnamed|unidentified|condition of anonymity|sources?|not be (named|identified))\b", re.I
)


def proposed_anonymity(source_text: str) -> Anonymity:
    """Named, described or unnamed by the words of the source; none for the empty string (design.md, section 3)."""
    forms = [form for form in words_of(source_text).forms if form[0].isalnum()]
    if not forms:
        return Anonymity.NONE
    lowers = [form.lower() for form in forms]
    if len(forms) <= 2 and lowers[0] in _PRONOUNS and lowers[-1] in _PRONOUNS:
        return Anonymity.NAMED
    if all(lower in _NOBODY for lower in lowers) or _UNNAMING.search(source_text):
        return Anonymity.UNNAMED
    head = forms[: _head_length(lowers)]
    if any(form[0].isupper() and lower not in _NOBODY for form, lower in zip(head[1:], lowers[1:], strict=False)):
        return Anonymity.DESCRIBED if _only_modifies(head) else Anonymity.NAMED
    if forms[0][0].isupper() and lowers[0] not in _NOBODY and len(head) == 1:
        return Anonymity.NAMED
    return Anonymity.DESCRIBED


def _head_length(lowers: list[str]) -> int:
    """How many words stand before the first preposition or relative pronoun."""
    for index, lower in enumerate(lowers):
        if index and lower in ("of", "who", "which", "that", "in", "for", "from", "at", "with", "on"):
            return index
    return len(lowers)


def _only_modifies(head: list[str]) -> bool:
    """Whether the names only modify a common noun: "an SDF official", not "SDF official Mustafa Bali"."""
    return head[-1][0].islower()
