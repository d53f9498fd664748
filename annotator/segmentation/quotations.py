"""Block quotes: the line that introduces one, and how many paragraphs it runs.

No quotation mark closes a block quote, so its end is read from the voices: the quotation goes on where its own
voice does, and ends where the article's comes back, with a cue, a quotation of its own, or the source's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.segmentation.cues import NARRATION, SPEECH, has_cue

# No quotation is longer, in paragraphs, even where marks show its end.
LONGEST = 40
# How many paragraphs an outlet's or a document's words are taken to run where no first person marks them.
LONGEST_IMPERSONAL = 3
LONGEST_PERSONAL = 8
# How many paragraphs without a first person may stand between two with one.
LONGEST_BRIDGE = 2
LONGEST_INTRODUCTION = 220

_NARRATED = re.compile(rf"(?<!-)\b{NARRATION}\b")
_NARRATOR_OPENS = re.compile(
    rf"(?:He|She|They)\s(?:\w+\s)?{SPEECH}\b"
    r"|(?:In|During) an? (?:\w+\s)?(?:interview|statement|speech|tweet|post|e-?mail)\b"
)
# A person speaks, or writes something short: then the quotation does not run on in the third person.
_SPOKEN = re.compile(
    r"\b(?:said|says|told|tells|asked|spoke|testified|replied|answered|recalled|speech|interview|[Hh]e|[Ss]he"
    r"|tweet|tweeted|tweets|tweeting|posted|posts|post|commented|comments)\b"
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|I[’']\w+|[Ww]e|[Ww]e[’']\w+|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|[Oo]urselves|[Mm]yself)\b(?!\.)"
)
_QUOTED = re.compile(r"[“\"„«][^“”\"„«»\n]*(?:[”\"»]|$)")
_OPENS_QUOTED = re.compile(r"[“\"„«‘']|''|``")
_CLOSES_QUOTED = re.compile(r"[”\"»’'“]\W{0,2}$")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’-]{2,}")
_NOT_NAMES = frozenset(
    (
        *("The", "This", "That", "These", "But", "And", "For", "Here", "There", "When", "While", "After", "Before"),
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "News", "Times", "Post"),
        *("President", "Minister", "Senator", "Secretary", "Spokesman", "Spokeswoman", "According", "Writing"),
        *("Later", "Then", "His", "Her", "Their", "One", "Prime", "State", "Department", "Union", "Council"),
    )
)


_CLAUSE_ENDS = (". ", "? ", "! ", ".” ", '." ')
# A newspaper's or a columnist's words, which quote and name others and themselves; but not a letter's or a law's.
_REPORT = re.compile(r"\b(?:reports|reported|reporting|writes|wrote|writing|notes|noted|[Aa]ccording to)\b")
_DOCUMENT = re.compile(
    r"\b(?:statement|letter|rul(?:ing|ed)|document|law|act|memo(?:randum)?|e-?mail|transcript|indictment|filing"
    r"|judge?ment|decision|resolution|study|survey|audit|verdict|order|lawsuit|complaint|affidavit|report)\b",
    re.IGNORECASE,
)
_NAME_SPEAKS = re.compile(rf"\b({_NAME.pattern[2:]})\s(?:\w+ly\s|also\s|then\s)?{NARRATION}\b")
# What points at something else on the page, and a clause that says the content already.
_NOT_INTRODUCTION = re.compile(r"(?:Listen|Watch|See|View|Click|I)\b|.*\bbelow[:：]$")
_SAID_ALREADY = re.compile(rf"\b{SPEECH}\b[^,]*\bthat(?:\s[\w’'-]+){{2,}}[:：]$")


def introduces(line: str) -> bool:
    """Whether a line ends with a colon and a cue stands shortly before it: what follows is somebody's words."""
    if not line.endswith((":", "：")):
        return False
    ends = [line.rfind(mark) + len(mark) for mark in _CLAUSE_ENDS if mark in line]
    clause = line[max([0, len(line) - LONGEST_INTRODUCTION, *ends]) :]
    return has_cue(clause) and not _NOT_INTRODUCTION.match(clause)


def is_short(introduction: str) -> bool:
    """Whether the whole line is the introduction, and not a paragraph that ends with one."""
    return len(introduction) <= LONGEST_INTRODUCTION


def opens(paragraph: str) -> bool:
    """Whether a paragraph begins with a quotation mark."""
    return bool(_OPENS_QUOTED.match(paragraph))


def extent(introduction: str, paragraphs: Sequence[str], *, author_speaks: bool = False) -> int:
    """How many of the paragraphs behind an introduction are the quotation; 0 for none.

    `paragraphs` are the lines that follow and may belong to it: the caller has left out everything from the
    first line on that is something else by its looks. With `author_speaks` the article itself is written in the
    first person, which then tells nothing.
    """
    if not paragraphs:
        return 0
    if opens(paragraphs[0]):
        return _marked_extent(paragraphs)
    if _SAID_ALREADY.search(introduction):
        return 0
    names = {_bare(name) for name in _NAME.findall(introduction)} - _NOT_NAMES
    impersonal = not _SPOKEN.search(introduction) and not speaks(paragraphs[0])
    report = impersonal and bool(_REPORT.search(introduction)) and not _DOCUMENT.search(introduction)
    narrated = _narrated_beside_report if report else _narrated
    size = 1
    for ahead in range(1, min(len(paragraphs), LONGEST_PERSONAL)):
        paragraph = paragraphs[ahead]
        if narrated(paragraph, names):
            break
        goes_on = impersonal and size == ahead < LONGEST_IMPERSONAL
        if goes_on or (not author_speaks and ahead - size <= LONGEST_BRIDGE and speaks(paragraph)):
            size = ahead + 1
    return size


def speaks(paragraph: str) -> bool:
    """Whether a first person speaks outside quotation marks."""
    return bool(_FIRST_PERSON.search(_outside(paragraph)))


def _marked_extent(paragraphs: Sequence[str]) -> int:
    """Paragraphs that each open with a quotation mark, up to the one that closes it; 0 if the voices mix."""
    for index, paragraph in enumerate(paragraphs):
        if not opens(paragraph):
            return index
        if _CLOSES_QUOTED.search(paragraph):
            return index + 1 if not _NARRATED.search(_outside(paragraph)) else index
        if any(mark in paragraph[1:] for mark in "”»") or paragraph[1:].count('"') % 2:
            return index
    return len(paragraphs)


def _narrated(paragraph: str, names: set[str]) -> bool:
    """Whether the article's own voice speaks here."""
    own = _outside(paragraph)
    if _NARRATOR_OPENS.match(paragraph) or any(_bare(name) in names for name in _NAME.findall(own)):
        return True
    if speaks(paragraph):
        return own != paragraph and bool(_NARRATED.search(own))
    return own != paragraph or bool(_NARRATED.search(own))


def _narrated_beside_report(paragraph: str, names: set[str]) -> bool:
    """Whether the article's own voice speaks here, where what is quoted is a report with sources of its own."""
    own = _outside(paragraph)
    if _NARRATOR_OPENS.match(paragraph) or (own != paragraph and _NARRATED.search(own)):
        return True
    return any(_bare(found[1]) in names for found in _NAME_SPEAKS.finditer(own))


def _outside(paragraph: str) -> str:
    """The paragraph without what stands in quotation marks."""
    return _QUOTED.sub(" ", paragraph)


def _bare(name: str) -> str:
    return name.removesuffix("’s").removesuffix("'s")
