"""Edges: what stands before or behind a name in a mention and is no part of it: dates, counts, what joins sentences.

The rules are for English news text; words of other languages pass through them unchanged.
"""

from __future__ import annotations

import re

LONGEST_NAME = 60
"""Code points of the longest name that is proposed for a source."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DAYS = _words("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight")
_MONTHS = _words(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec"""
)
_TIMES = _words("day week weekend month year decade morning afternoon evening night past same moment")
_WHICH = _words("this last next late early earlier")
_BEFORE_TIME = _WHICH | _words("on in by since until at during of")
_JOINING = _words("and but or nor yet so as that though although while because if by from")
_ARTICLES = _words("a an the")
_DANGLING = _JOINING | _ARTICLES | _words("of in at on for to with who whom which whose where when including such")
_SELVES = _words("himself herself itself themselves myself yourself ourselves")
# Where a name that is too long can end: before one of these.
_SEAMS = _DANGLING | _words("about between against over under through into after before among")
# "the University of ..." goes on behind the seam.
_GOES_ON = _words(
    """university college institute school bank ministry department bureau office city state court board house council
    committee association secretary minister"""
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NUMBER = re.compile(r"[.,:/%$€£#–-]*\d[\d.,:/%$€£#–-]*(?:st|nd|rd|th)?$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_ABBREVIATIONS = _words("jr sr inc corp co ltd bros gov sen rep lt dr mr ms st gen mt ave univ dept assn")
_MARKS = "~*•,.-–—―"
_SHORTEST = 2


def without_edges(piece: str) -> str:
    """The words of a mention without what does not belong to the name at either end; empty where nothing is left.

    "2024 the Northshore Board", "But on Monday the Northshore Board" and "the Northshore Board itself" lose all but
    "the Northshore Board"; what has no letter ("41%") and what is only a time ("last year") is no name.
    """
    words = _before_end(_behind_beginning(piece.split()))
    if _is_time(words) or not any(char.isalpha() for word in words for char in word):
        return ""
    return _stopped(words)


def shortened(name: str) -> str:
    """The name in at most 60 code points, ended where a phrase ends if there is such a place, else behind a word."""
    if len(name) <= LONGEST_NAME:
        return name
    words = name.split()
    while len(words) > 1 and len(" ".join(words)) > LONGEST_NAME:
        words.pop()
    lowers = [word.casefold() for word in words]
    seams = [at for at in range(_SHORTEST, len(words)) if lowers[at] in _SEAMS and lowers[at - 1] not in _GOES_ON]
    if seams:
        words = words[: seams[-1]]
    return " ".join(_before_end(words))[:LONGEST_NAME].strip()


def _behind_beginning(words: list[str]) -> list[str]:
    """Without a date, a count or a conjunction before the name."""
    while len(words) > 1:
        length = _led_by(words)
        if not length:
            break
        words = words[length:]
    return words


def _led_by(words: list[str]) -> int:
    """How many words at the beginning are no part of the name."""
    first, second = (word.casefold().strip(_MARKS) for word in words[:2])
    if not first or (first in _JOINING and second != "many"):
        return 1
    if first in _BEFORE_TIME:
        return 2 if second in _DAYS | _TIMES or _YEAR.match(second) else int(second in _MONTHS)
    if first in _MONTHS:
        third = "".join(words[2:3])
        if _NUMBER.match(second):
            return 2 if third[:1].isupper() or third.casefold() in _ARTICLES else 0
        return int(second in _ARTICLES)
    return int((_NUMBER.match(first) is not None and second in _ARTICLES) or _dates(words))


def _dates(words: list[str]) -> bool:
    """Whether the first word is a year or a day that the name behind it does without."""
    first, rest = words[0].strip(","), words[1:]
    if _YEAR.match(first) is None and first.casefold() not in _DAYS:
        return False
    return rest[0].casefold() in _ARTICLES or (len(rest) > 1 and rest[0][:1].isupper() and rest[-1][:1].isupper())


def _before_end(words: list[str]) -> list[str]:
    """Without a day, "himself" or a word that leads on to something else behind the name."""
    while len(words) > 1:
        last, before = (word.casefold().strip(_MARKS) for word in (words[-1], words[-2]))
        if not last or last in _DANGLING | _SELVES:
            words = words[:-1]
        elif last in _DAYS | _TIMES and before in _WHICH:
            words = words[:-2]
        elif last in _DAYS and (before in _BEFORE_TIME or (len(words) > _SHORTEST and words[-2][:1].isupper())):
            words = words[:-1]
        else:
            break
    return words


def _is_time(words: list[str]) -> bool:
    """Whether nothing but a time is named: "last year", "March 3"; one month alone may be somebody's name."""
    plain = [word.casefold().strip(_MARKS) for word in words]
    times = _DAYS | _TIMES | _BEFORE_TIME | _ARTICLES | (_MONTHS if len(plain) > 1 else frozenset())
    return all(word in times or _NUMBER.match(word) for word in plain)


def _stopped(words: list[str]) -> str:
    """Without the full stop of a sentence, and with that of initials: "the F.A.A" is cut short."""
    name, last = " ".join(words), words[-1]
    if _INITIALS.match(last):
        return f"{name}."
    bare = last.removesuffix(".")
    if len(bare) == 1 or bare.casefold() in _ABBREVIATIONS or _INITIALS.match(bare):
        return name
    return name.rstrip(" .,?-–—―")
