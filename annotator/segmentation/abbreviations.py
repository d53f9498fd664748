"""The word before a full stop: whether the stop belongs to it and the sentence goes on."""

from __future__ import annotations

import re

from annotator.segmentation.lexicon import Lexicon
from annotator.segmentation.openings import next_word, opens

# How far before a stop the word it may abbreviate begins, in code points.
LONGEST_WORD = 40

# German prints «so» and »so«, so that either of these marks may open.
_OPENING = "\"'“‘([„‚«»‹›¿¡"
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){0,12}[^\W\d_]")
_SPACED = re.compile(r"[^\W\d_]\.")
_SPACED_BEFORE = re.compile(rf"(?:^|[\s{re.escape(_OPENING)}])((?:[^\W\d_]{{1,2}}\.\s?){{1,3}})$")
_ROMAN = re.compile("[IVXLC]{1,6}")
# A lone I is a word in too many languages.
_FIGURE = re.compile(r"\d|(?!I\b)[IVXLC]{1,6}\b(?!['’])")
# What is left of a date behind its day or its month: "3. 5. 2020", "3. 5. in Bonn".
_REST_OF_DATE = re.compile(r"\d{1,2}\.\s?\d{2,4}\b|(?:1[5-9]|20)\d\d\b|(?:0?[1-9]|1[0-2])\.(?=\s[^\W\d_A-Z])")
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\.\s?$")
_JOINT = re.compile("[-'’]")
# A sentence that has nothing yet but a figure: "В 2020 г.", "In 5 Std.".
_ONLY_A_FIGURE = re.compile(r"\W{0,3}(?:\w{1,12}\s)?(?:\d[\d.,–-]{0,9}(?:-\w{1,2})?|[IVXLC]{1,6})\s?\w{0,6}")
_FIGURE_BEFORE = re.compile(r"(?:\d(?:-\w{1,2})?|[IVXLC])[\s\xa0\u202f]?$")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœąęőűāēīōūаеёиоуыэюяіїєαεηιουωάέήίόύώı")


class Word:
    """What stands between white space and a stop at offset `stop`, in a stretch of a line from `at` to `end`."""

    __slots__ = ("end", "low", "start", "stop", "text")

    def __init__(self, text: str, at: int, stop: int, end: int) -> None:
        pieces = text[max(at, stop - LONGEST_WORD) : stop].rsplit(None, 1)
        piece = pieces[-1] if pieces and not text[stop - 1].isspace() else ""
        self.stop, self.end, self.start = stop, end, stop - len(piece)
        self.text = piece.lstrip(_OPENING)
        self.low = self.text.lower()


def _forms(text: str) -> tuple[str, ...]:
    """How the lists may have a word: as it stands, in small letters (but a letter only as it stands), and so its last
    part where a hyphen or an elision joins it to another ("Vice-Gov", "dell'art")."""
    forms = (text, text.lower()) if len(text) > 1 else (text,)
    tail = _JOINT.search(text)
    return (*forms, *_forms(text[tail.end() :])) if tail and tail.end() < len(text) else forms


def is_abbreviation(word: Word, rules: Lexicon) -> bool:
    """Whether the word before a full stop is an abbreviation of any kind."""
    return bool(_INITIALS.fullmatch(word.text)) or not rules.abbreviations.isdisjoint(_forms(word.text))


def looks_complete(word: Word, rules: Lexicon) -> bool:
    """Whether the word is no abbreviation, so that a sentence ends though a small letter follows.

    Words are cut short behind a consonant, and hardly ever behind seven letters.
    """
    text = word.text
    if not text.isalpha() or len(text) < 4 or (text[-1].lower() not in _VOWELS and len(text) < 7):
        return False
    return text not in rules.listed and word.low not in rules.listed


def last_word(text: str, at: int, stop: int) -> str:
    """What stands between the last space and a full stop, with the marks that open on it."""
    return text[max(at, stop - LONGEST_WORD) : stop].rpartition(" ")[2]


def is_plain(word: str, rules: Lexicon) -> bool:
    """Whether the word before a full stop is in no list and looks like no abbreviation, as before nearly all stops."""
    if len(word) < 2 or not word.isalpha() or word in rules.listed or word.lower() in rules.listed:
        return False
    return not (rules.roman_ordinals and _ROMAN.fullmatch(word)) and not word.lower().endswith(rules.compounds)


def belongs(text: str, at: int, word: Word, behind: int, rules: Lexicon) -> bool:
    """Whether the full stop belongs to the word before it and the sentence that began at `at` goes on at `behind`."""
    low, begin, end = word.low, word.stop, word.end
    if low.isdecimal():
        return _is_ordinal(text, at, word, behind, rules)
    if rules.roman_ordinals and _ROMAN.fullmatch(word.text) and text[behind].isalpha():
        return not opens(text, behind, end, rules)
    forms = _forms(word.text)
    if len(word.text) < 3:
        before = _SPACED_BEFORE.search(text, max(at, word.start - 9), word.start)
        if before:
            forms = (re.sub(r"\s", "", before[1]) + word.text, *forms)
    if not rules.last.isdisjoint(forms):
        return False
    if not rules.units.isdisjoint(forms) and _FIGURE_BEFORE.search(text, max(at, word.start - 5), word.start):
        return begin - at < LONGEST_WORD and bool(_ONLY_A_FIGURE.fullmatch(text, at, begin))
    if not rules.never_last.isdisjoint(forms):
        return True
    if low in rules.times:
        return not _begins_behind_time(text, behind, end, rules)
    introduces = not rules.before_figures.isdisjoint(forms) or low.endswith(rules.compounds)
    if introduces and _FIGURE.match(text, behind, end):
        return True
    return _may_go_on(text, word, forms, behind, rules)


def _begins_behind_time(text: str, behind: int, end: int, rules: Lexicon) -> bool:
    """Whether a sentence begins behind "p.m.": with a word or a quotation, but not with a day or a time zone."""
    word = text[behind].isalpha() or (text[behind] in _OPENING and opens(text, behind, end, rules))
    return word and next_word(text, behind, end) not in rules.after_times


def _may_go_on(text: str, word: Word, forms: tuple[str, ...], behind: int, rules: Lexicon) -> bool:
    """The same for abbreviations that may be the last word of a sentence, and for initials."""
    end, first = word.end, word.text[:1]
    if first.islower():
        if len(word.text) == 1 and _SPACED.match(text, behind, end):
            return True
        if len(word.text) < 6 and word.text.isalpha() and text[word.start : word.start + 1] in ("(", "["):
            return True
        return not rules.may_be_last.isdisjoint(forms) and not opens(text, behind, end, rules)
    if not first.isupper() and len(word.text) > 1:
        # Letters without case: "कि.मी", "ق.م".
        return first.isalpha() and "." in word.text and not opens(text, behind, end, rules)
    if not rules.states.isdisjoint(forms) and _ends_place(text, word, behind, rules):
        return False
    initial = bool(_INITIALS.fullmatch(word.text))
    if len(word.text) == 1 and next_word(text, behind, end) in rules.particles and _names(text, behind, end):
        return True
    listed = not rules.may_be_last.isdisjoint(forms) or not rules.states.isdisjoint(forms)
    return (initial or listed) and not opens(text, behind, end, rules)


def _is_ordinal(text: str, at: int, word: Word, behind: int, rules: Lexicon) -> bool:
    """Whether a figure with a full stop is an ordinal number ("der 17. Bürgermeister")."""
    end = word.end
    if text[behind].isdecimal() and rules.ordinals | rules.roman_ordinals:
        rest = _REST_OF_DATE.match(text, behind, end)
        return rest is not None and (
            "." in rest[0] or bool(_DAY_BEFORE.search(text, max(at, word.start - 4), word.start))
        )
    if len(word.low) > 3 or not text[behind].isalpha():
        return False
    if next_word(text, behind, word.end) in rules.after_ordinals:
        return True
    if opens(text, behind, word.end, rules):
        return False
    return rules.ordinals or (at < word.start and Word(text, at, word.start - 1, word.end).low in rules.before_ordinals)


def _names(text: str, behind: int, end: int) -> bool:
    """Whether the particle at `behind` is part of a name: a capital follows it."""
    at = text.find(" ", behind, min(end, behind + 8))
    return 0 < at < end - 1 and text[at + 1].isupper()


def _ends_place(text: str, word: Word, behind: int, rules: Lexicon) -> bool:
    """Whether a state ends its sentence: a place that is not last has a comma behind it ("in Dover, Del., on")."""
    begin = word.stop
    last = text.startswith(", ", begin - len(word.text) - 2) and text[begin + 1] != ")" and text[behind].isalpha()
    return last and next_word(text, behind, word.end) not in rules.after_states
