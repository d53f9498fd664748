"""What stands behind a stop: the beginning of a sentence, or more of the same one."""

from __future__ import annotations

import re

from annotator.segmentation.lexicon import Lexicon
from annotator.segmentation.stops import NEXT

_QUOTED_NAME = re.compile(r"[\"“][^\"”\n.?!,]{1,24}[\"”]")
_CREDIT_LABEL = re.compile(r"[(\[]?(?:Image|Photo|Photos|Photograph|Picture|Credit|Source|Video|Graphic|File photo):")
_SMALL_OPENER = re.compile(r"[a-z]{1,5}[A-Z]|https?:|www\.|pic\.twitter")
_MARKS = re.compile(r"[\"“‘„,`»«(\[\s–—-]{0,12}")
# A clause that may name the speaker: up to the next comma or stop.
_CLAUSE = re.compile(r"[^.,;:!?،؛؟।۔。，\n]{1,80}")


def is_small(character: str) -> bool:
    """Whether a letter is small where it could be a capital: Georgian is written without any."""
    return character.islower() and not "\u10d0" <= character <= "\u10ff"


def next_word(text: str, behind: int, end: int) -> str:
    """The first word behind a stop, in lower case and with straight apostrophes; empty where none follows."""
    found = NEXT.match(text, behind, end)
    return (found["word"] or "").lower().replace("’", "'") if found else ""


def is_opener(text: str, behind: int, end: int, rules: Lexicon) -> bool:
    """Whether a word follows that opens sentences; an elided one too ("Qu'est-ce", not "L'Oréal")."""
    word = next_word(text, behind, end)
    if word in rules.openers:
        return True
    first, elided, rest = word.partition("'")
    if not elided or not 0 < len(first) < 3 or not rest:
        return False
    at = text.find(rest[0], behind, min(end, behind + 16))
    return at > behind and text[at - 1] in "'’"


def opens(text: str, behind: int, end: int, rules: Lexicon) -> bool:
    """Whether what follows an abbreviation looks like the beginning of a sentence."""
    found = NEXT.match(text, behind, end)
    if found is None or not found["word"] or is_small(found["word"][0]):
        return False
    if is_opener(text, behind, end, rules):
        # One letter with a full stop is an initial, whatever word it could be.
        return len(found["word"]) > 1 or text[found.end() : found.end() + 1] != "."
    if _CREDIT_LABEL.match(text, behind, end):
        return True
    return found["open"][:1] in tuple("\"“‘'«»„,`") and not _QUOTED_NAME.match(text, behind, end)


def opens_small(text: str, behind: int, end: int) -> bool:
    """Whether a small letter opens a sentence: a brand ("iHarbour") or an address."""
    return bool(_SMALL_OPENER.match(text, behind, end))


def goes_on_small(text: str, behind: int, end: int) -> bool:
    """Whether a small letter follows behind opening marks, dashes and white space."""
    marks = _MARKS.match(text, behind, end)
    at = marks.end() if marks else behind
    return behind < at < end and is_small(text[at])


def has_speaker(text: str, behind: int, end: int, rules: Lexicon) -> bool:
    """Whether a short clause behind a closing quotation names its speaker, and so belongs to its sentence."""
    if text[behind].isupper():
        said = rules.speaker is not None and rules.speaker.match(text, behind, end)
        return bool(said) and not is_opener(text, behind, end, rules)
    if not text[behind].isalpha() or is_small(text[behind]):
        return False
    clause = _CLAUSE.match(text, behind, end)
    words = clause[0].split() if clause else []
    # The verb stands last in Hindi and first in Arabic; in the middle it brings something else that was said.
    return bool(words) and not rules.says.isdisjoint((words[0], words[-1]))
