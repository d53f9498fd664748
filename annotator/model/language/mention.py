"""Mentions: the words that name a source, without titles, appositions and quotation marks, and what they say of it.

The rules are for English news text; words of other languages pass through them unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from annotator.model.language.mention_edges import shortened, without_edges
from annotator.model.language.titles import (
    INSIDE_NAMES,
    ORGANISATION_WORDS,
    PARTICLES,
    TITLES,
    is_capital,
    title_length,
    without_title,
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_QUOTES = re.compile("[\"“”„«»‹›‘`´]|''|(?<!\\w)['’](?!t\\s)|(?<!s)['’](?!\\w)|['’](?!\\s?\\w)")
# Where a single mark opens, one behind an "s" closes and is no possessive.
_OPENING, _CLOSING = re.compile(r"(?<!\w)['‘](?!t\s)(?=\w)"), re.compile(r"(?<=\w)['’](?!\w)")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*(?:[)\]]|$)")
_APPOSITION = re.compile(
    r",(?!\s*(?:Jr|Sr|II|III|IV|Inc|Ltd|LLC)\b\.?|\d)|\s[–—―]\s|\s-\s|—|--+|;|:|\s(?:who|which|whose|whom|where)\s"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_DETERMINERS = _words("the a an this that these those its his her their our my your")
_HE, _SHE = _words("mr sir lord king prince father"), _words("mrs ms miss lady dame queen")
PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "themselves": "they", "it": "it", "its": "it", "itself": "it",
}  # fmt: skip
"""Pronouns that can stand for a source, and which of he, she, they and it they are."""


# A mention is a phrase, with the name in front or behind one apposition: more code points than these are not looked at.
_LONGEST_MENTION = 1000


def _on_one_line(words: str) -> str:
    return " ".join(words.split())[:_LONGEST_MENTION]


def _plain(words: str) -> str:
    """One line without quotation marks and brackets, and without a possessive ending."""
    line = " ".join(_BRACKETS.sub("", _on_one_line(words)).split())
    if _OPENING.search(line):
        line = _CLOSING.sub("", line)
    return _POSSESSIVE.sub("", _QUOTES.sub("", line).strip(" ,;:•*")).strip()


@lru_cache(maxsize=16384)
def bare_name(mention: str) -> str:
    """The name in a mention: no title, apposition, quotation mark, article or date, and at most 60 code points.

    The plain words where there is no name in them; empty where nothing is named ("41%", "last year").
    "Harbour master Ines Duarte, 52," and "the harbour master, Ines Duarte" are "Ines Duarte"; "the World Bank" is
    "World Bank"; "officials of the ministry" stay what they are. The name of a name is that name.
    """
    name = _once_barer(mention)
    while (barer := _once_barer(name)) != name:
        name = barer
    return name


def _once_barer(mention: str) -> str:
    pieces = [(piece, name) for piece in _APPOSITION.split(_plain(mention)) if (name := without_edges(piece))]
    if not pieces:
        return ""
    first = pieces[0][1]
    named = _is_name(first) and not (len(pieces) > 1 and _is_office(first) and _is_person(pieces[1][1]))
    if len(pieces) > 1 and not named and not _ALSO.match(pieces[1][0]) and not only_described(mention):
        other = pieces[1][1]
        first = other if _is_name(other) and len(other.split()) > 1 else first
    return shortened(_without_body(without_title(_without_owner(_named_end(_without_article(first))))))


def only_described(mention: str) -> bool:
    """Whether the head of a mention is indefinite, goes on behind a preposition, and is named by no apposition.

    In "an aide to Senator Duarte, R-Sela," and "two people close to the yard, Vale & Co" what stands behind the comma
    belongs to the preposition's object. "A spokesman for the yard, Ines Duarte," and "one of them, Ines Duarte," are
    named. Of "a teacher from Sela, Velmora" and "a teacher from Sela, Ines Duarte" words do not say which is which: it
    is taken for no name.
    """
    pieces = _APPOSITION.split(_plain(mention))
    words = pieces[0].split()
    at = next((at for at, word in enumerate(words) if at and word.lower() in _BEHIND_HEAD), 0)
    if not at or not (words[0].lower() in _INDEFINITE or words[0].isdecimal()):
        return False
    if words[0].lower() == "one" and words[-1].lower() in ("them", "these", "those"):
        return False
    others = pieces[1].split(" and ") if len(pieces) > 1 else []
    if not others or not all(map(_is_person, others)):
        return True
    if len(others) > 1:
        return words[0].lower() in _ONE
    role = words[at - 1].lower() in TITLES
    last, placed = words[-1], words[-2].lower() in _PREPOSITIONS or is_capital(words[-2])
    place = is_capital(last) and placed and last.lower() not in ORGANISATION_WORDS and "for" not in words
    return not (role and words[0].lower() in _ONE and last.lower() not in TITLES and not place)


def _is_person(piece: str) -> bool:
    """Whether the words can be the name of a person: two to four, with capitals, and none of an organisation's."""
    words = _without_body(without_title(piece.strip())).split()
    plain = all(word[1:2].islower() or word[1:] in ("", ".") or word.lower() in PARTICLES for word in words)
    return (
        1 < len(words) <= _LONGEST_PERSON
        and plain
        and _is_name(piece)
        and ORGANISATION_WORDS.isdisjoint(word.lower() for word in words)
    )


_ONE = _words("a an one another")
_INDEFINITE = _ONE | _words("some several many most two three four five six seven eight nine ten dozens both")
_BEHIND_HEAD = _words("of for to in from at with on by near inside outside behind close under over about against")
_LONGEST_PERSON = 4


# "the candidates Lima and Reyes, and Governor Duarte": one more, and no apposition.
_ALSO = re.compile(r"\s*(?:and|or)\s", re.IGNORECASE)


def _is_name(piece: str) -> bool:
    """Whether the words are a proper name: capitals but for what stands inside names."""
    words = _without_article(piece).split()
    return (
        bool(words) and all(is_capital(word) or word.lower() in INSIDE_NAMES for word in words) and is_capital(words[0])
    )


def _is_office(piece: str) -> bool:
    """Whether capitals are an office and no name: "Britain's Energy Secretary", "the Mayor", and not "Ana King"."""
    words = piece.split()
    led = words[0].lower() in _DETERMINERS or any(word.endswith(("'s", "’s")) for word in words)
    return words[-1].lower() in TITLES and (led or words[-1].lower() not in _SURNAMES_TOO)


# Titles that people are called by too.
_SURNAMES_TOO = _words(
    """king queen prince princess pope bishop judge justice major constable sergeant captain coach chancellor cardinal
    general lord lady father pastor whip nurse state chair sheriff corporal colonel inspector speaker architect"""
)


def _without_article(piece: str) -> str:
    words = piece.split()
    while len(words) > 1 and words[0].lower() in _DETERMINERS:
        words = words[1:]
    return " ".join(words)


def _named_end(piece: str) -> str:
    """The proper name of two words or more that common words lead up to: "spokeswoman Ana Lima" is "Ana Lima"."""
    words = piece.split()
    start = len(words)
    while start and (is_capital(words[start - 1]) or (start < len(words) and words[start - 1].lower() in INSIDE_NAMES)):
        start -= 1
    while start < len(words) and words[start].lower() in INSIDE_NAMES:
        # "officials of the World Bank": what the name belongs to is not the name.
        if words[start].lower() in ("of", "for", "to", "the", "and", "&") and start:
            return piece
        start += 1
    if not start or len(words) - start < 2:
        return piece
    before = words[start - 1]
    if not _LEADING_ON.isdisjoint(word.lower() for word in words[1:start]):
        # "an aide to the mayor Ines Duarte": it is the mayor's name.
        return piece
    return piece if before.lower() in _PREPOSITIONS or _ORDINAL.match(before) else " ".join(words[start:])


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_LEADING_ON = _words("by to from with near")
_PREPOSITIONS = _words("in from at with on by near inside outside behind close under over")


def _without_body(name: str) -> str:
    """ "Dov Rasmund of Amity Crust" without the body that the person belongs to; "Bank of England" as it is."""
    person, of, _ = name.partition(" of ")
    words = person.split()
    if not of or len(words) < _SHORTEST_PERSON or not all(map(is_capital, words)):
        return name
    # "Duarte's Chief of Staff" is an office.
    return name if words[-1].lower() in ORGANISATION_WORDS | TITLES | _HEADS else person


_SHORTEST_PERSON = 2
_HEADS = _words("chief head chair leader")


# "the People's Daily" is nobody of the people.
_OWNED = _words("people's children's women's men's workers' teachers' veterans' farmers' drivers' mothers' world's")


def _without_owner(name: str) -> str:
    """ "CNN's Ana Lima" without whose she is; "Justice Department's board" as it is."""
    words = name.replace("’", "'").split()
    for at, word in enumerate(words[:-2], start=1):
        if word.endswith(("'s", "s'")) and word.lower() not in _OWNED:
            owned = " ".join(name.split()[at:])
            person = without_title(owned).split()
            ours = len(person) < _LONGEST_PERSON and words[-1].lower() not in ORGANISATION_WORDS
            return owned if ours and all(map(is_capital, (*words[:at], *person))) else name
    return name


def has_title(mention: str) -> bool:
    """Whether the name has a title before it: "Minister Duarte", "Dr. Lima"."""
    words = _without_article(_APPOSITION.split(_plain(mention))[0]).split()
    return bool(title_length(words)) and is_capital(words[-1])


def gender_of_title(mention: str) -> str:
    """ "he" or "she" where a title says so, or empty."""
    words = {word.lower().replace(".", "") for word in _plain(mention).split()}
    return "he" if words & _HE else "she" if words & _SHE else ""


@lru_cache(maxsize=16384)
def name_key(words: str) -> str:
    """What two mentions of one name have in common: the bare name, its case, points and accents' forms aside."""
    return _folded(bare_name(words)) or _folded(words)


@lru_cache(maxsize=16384)
def surname_key(name: str) -> str:
    """The last word of a name, as `name_key` has it; suffixes such as "Jr." are not surnames."""
    words = [word for word in name_key(name).split() if word not in ("jr", "sr", "ii", "iii", "iv")]
    return words[-1] if words else ""


def _folded(words: str) -> str:
    text = unicodedata.normalize("NFKC", _on_one_line(words)).casefold().replace("’", "'")
    return " ".join(
        "".join(c for c in text if unicodedata.category(c)[0] in "LMN" or c in "'&-" or c.isspace()).split()
    )
