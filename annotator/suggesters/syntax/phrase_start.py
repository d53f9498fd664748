"""The start of a noun phrase, looked for from the token that it ends at.

The walk goes from the phrase's last word to the left. For each tag one rule says where to go on, or that the
phrase begins behind the word it has come to.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.units import Unit

_AFTER_PRONOUN = pos.PREPOSITION + pos.CONJUNCTION
_ANTECEDENT = pos.COUNTED_HEADS + pos.PRONOUNS + pos.DETERMINER
_BEHIND_GERUND = pos.POSSESSED_PHRASE + pos.PREPOSITION
_BEHIND_PARTICIPLE = pos.NOUNS + pos.ADJECTIVE + pos.PREPOSITION + pos.NUMBER
_GOVERNS_PREPOSITION = pos.COUNTED_HEADS + pos.DETERMINERS + pos.PARTICIPLE + pos.QUOTATION + pos.OBJECT_PRONOUN + '"'
_IN_GROUP = pos.ASSERTING + pos.BASE + pos.ADVERB + pos.PARTICIPLE
_JOINED = pos.COUNTED_HEADS + pos.POSSESSIVE + pos.QUOTATION + pos.ADJECTIVE + pos.PRONOUN
_LAST_OF_RELATIVE = pos.FINITE + pos.PARTICIPLE + pos.BASE
_NEW_PHRASE = pos.DETERMINER + pos.PRONOUN
_NOUN_FOLLOWS = pos.MODIFIERS + pos.PREPOSITION
_OF_THEM = pos.DETERMINER + pos.PRONOUN + pos.NUMBER
_OPENS_CLAUSE = pos.CLAUSE_LINKS + pos.QUOTATION + ",.:;?!-"
_OPENS_GROUP = pos.ASSERTING + pos.BASE
_TAKES_ADVERB = pos.ADJECTIVAL + pos.NUMBER + pos.DETERMINER
_TIME_FOLLOWS = pos.PREPOSITION + pos.TIME
_WORDS = pos.NOUNS + pos.NUMBER + pos.ADJECTIVAL + pos.PRONOUNS + pos.POSSESSIVE + pos.QUOTATION + pos.STRAY_MARK

Step = Callable[[Unit, int, int], int | None]

# "A, B," before "and C": two or more, behind the start of a clause.
_ITEM = r"d?[Nnj#p]+(?:\([^()]*\))?"
_LIST = re.compile(rf"(?:^c?|[,:;s-])(?P<items>(?:{_ITEM},){{2,}})$")
# "A, B" before "and C".
_LISTED = re.compile(rf"(?:^c?|[:;sw-])(?P<items>(?:{_ITEM},)+{_ITEM})$")
# How many verb groups a relative clause inside a subject may have.
_RELATIVE_VERBS = 3


def phrase_start(unit: Unit, end: int) -> int:
    """The first token of the noun phrase that ends at `end`, its prepositional phrases and relative clauses included.

    Where no phrase ends there the result is `end + 1`.
    """
    tags = unit.tags
    if tags[end] == pos.PRONOUN and unit.lowers[end] not in word_list("closed", "indefinite"):
        of_them = end > 1 and unit.lowers[end - 1] == "of" and tags[end - 2] in _OF_THEM
        return end - 2 if of_them else end
    at = end
    while at >= 0:
        if at < end and tags[at : at + 2] in _JOINED_TO_NEXT and unit.lowers[at + 1] != "what":
            at -= 1
            continue
        step = _STEPS.get(tags[at])
        following = step(unit, at, end) if step is not None else None
        if following is None:
            return _with_degree(unit, at + 1, end)
        at = following
    return 0


def _with_degree(unit: Unit, start: int, end: int) -> int:
    """ "At least", "as many as" and "not" before the phrase that begins at `start`."""
    lowers = unit.lowers
    if start > end or not start:
        return start
    if lowers[start - 2 : start] in (["at", "least"], ["at", "most"]):
        return start - 2
    if lowers[start] in ("least", "most") and lowers[start - 1] == "at":
        return start - 1
    if lowers[start - 3 : start] == ["as", "many", "as"]:
        return start - 3
    return start - 1 if lowers[start - 1] in ("not", "almost", "nearly") and unit.tags[start] == pos.PRONOUN else start


def _bracket(unit: Unit, at: int, _end: int) -> int | None:
    opening = unit.tags.rfind("(", 0, at)
    return opening - 1 if opening >= 0 else None


def _word(unit: Unit, at: int, end: int) -> int | None:
    """Nouns, names, adjectives: a new phrase begins where what is behind cannot follow in the same one."""
    if at == end:
        return at - 1
    tag, behind = unit.tags[at], unit.tags[at + 1]
    if tag in pos.NOUNS and behind in _NEW_PHRASE and unit.lowers[at + 1] != "whose":
        return None
    if tag == pos.NOUN and behind == pos.NAME and unit.lowers[at] in word_list("clauses", "no_title"):
        # "An incident Doe mentioned": no title, so the clause behind it has a subject of its own.
        return None
    if tag == pos.NAME and unit.lowers[at + 1] == "what":
        return None
    if tag in pos.PRONOUNS and behind not in _AFTER_PRONOUN:
        return None
    if tag == pos.PARTICIPLE and behind not in _BEHIND_PARTICIPLE:
        return _verb(unit, at, end)
    return at - 1


def _determiner(_unit: Unit, at: int, _end: int) -> int | None:
    return at - 1


def _adverb(unit: Unit, at: int, end: int) -> int | None:
    if at == end:
        return None
    if unit.tags[at + 1] in _TAKES_ADVERB or _approximates(unit, at) or unit.lowers[at : at + 2] == ["first", "lady"]:
        return at - 1
    return None


def _approximates(unit: Unit, at: int) -> bool:
    """ "about 40", "more than six in ten"."""
    return unit.tags[at + 1] == pos.NUMBER and unit.lowers[at] in word_list("closed", "approximate")


def _dash(unit: Unit, at: int, end: int) -> int | None:
    """Only a hyphen joins; a dash with spaces does not."""
    if 0 < at < end and unit.ends[at - 1] == unit.starts[at] and unit.ends[at] == unit.starts[at + 1]:
        return at - 1
    return None


def _time(unit: Unit, at: int, end: int) -> int | None:
    """ "an October report", "Sunday's debate", "the vote Tuesday in Porto"."""
    tags = unit.tags
    if not 0 < at < end:
        return None
    inside = tags[at - 1] in pos.NOUNS and tags[at + 1] == pos.PREPOSITION
    return at - 1 if inside or tags[at - 1] in pos.DETERMINERS or unit.ends[at] == unit.starts[at + 1] else None


def _preposition(unit: Unit, at: int, end: int) -> int | None:
    tags, lower = unit.tags, unit.lowers[at]
    if at < end and _approximates(unit, at):
        return at - 1
    if at == 0:
        return None
    if lower == "than" and tags[at - 1] == pos.DETERMINER:
        return at - 1
    if tags[at - 1] == pos.GERUND and at > 1 and tags[at - 2] in pos.NOUNS:
        return at - 2
    if lower in word_list("clauses", "opener"):
        return None
    if tags[at - 1] == pos.FINITE and unit.lowers[at - 1].endswith("ed") and at > 1 and tags[at - 2] in pos.NOUNS:
        # "research conducted for the port": the real verb is still to come.
        return at - 2
    if tags[at - 1] == pos.PRONOUN and unit.lowers[at - 1] in word_list("closed", "indefinite"):
        return at - 1
    return at - 1 if tags[at - 1] in _GOVERNS_PREPOSITION or _takes_preposition(unit, at) else None


def _takes_preposition(unit: Unit, at: int) -> bool:
    """ "critical of", "people close to the mayor"."""
    if unit.tags[at - 1] != pos.ADJECTIVE:
        return False
    return unit.lowers[at] == "of" or unit.lowers[at - 1 : at + 1] == ["close", "to"]


def _conjunction(unit: Unit, at: int, end: int) -> int | None:
    """ "and" joins two parts of a subject where nothing verbal stands before its left part."""
    tags = unit.tags
    if at in (0, end) or unit.lowers[at] not in ("and", "or", "nor", "&"):
        return None
    if tags[at - 1] == ",":
        listed = _LIST.search(tags, 0, at)
        return listed.start("items") - 1 if listed is not None else None
    listed = _LISTED.search(tags, 0, at)
    if listed is not None:
        return listed.start("items") - 1
    if tags[at - 1] not in _JOINED:
        return None
    before = at - 1
    while before >= 0 and tags[before] in 'nN#jpdeiou)(&"':
        before -= 1
    return at - 1 if before < 0 or tags[before] in _OPENS_CLAUSE else None


def _base(unit: Unit, at: int, end: int) -> int | None:
    """ "attempts to discredit him": an infinitive behind its noun."""
    tags = unit.tags
    if at < end and at > 1 and tags[at - 1] == pos.TO and tags[at - 2] in pos.NOUNS:
        return at - 2
    return _verb(unit, at, end)


def _gerund(unit: Unit, at: int, end: int) -> int | None:
    """ "the ruling party" and "people supporting the plan"."""
    tags = unit.tags
    if 0 < at < end:
        modifies = tags[at + 1] in pos.NOUNS and tags[at - 1] in _NOUN_FOLLOWS
        reduced = tags[at - 1] in pos.NOUNS and tags[at + 1] in _BEHIND_GERUND
        if modifies or reduced:
            return at - 1
    return _verb(unit, at, end)


def _finite(unit: Unit, at: int, end: int) -> int | None:
    """ "a poll released on Monday": what looks finite is a participle where the real verb is still to come."""
    tags = unit.tags
    if 0 < at < end and tags[at - 1] in pos.NOUNS and tags[at + 1] in _TIME_FOLLOWS and unit.lowers[at].endswith("ed"):
        return at - 1
    return _verb(unit, at, end)


def _verb(unit: Unit, at: int, _end: int) -> int | None:
    relative = _relative_before(unit, at)
    return relative - 1 if relative is not None else None


def ends_relative(unit: Unit, end: int) -> bool:
    """ "The officers whose ships were sold": whether a verb ends a relative clause, and so a noun phrase."""
    return unit.tags[end] in _LAST_OF_RELATIVE and _relative_before(unit, end) is not None


def _relative_before(unit: Unit, verb: int) -> int | None:
    """The relative pronoun whose clause the verb is in, where no comma and not too many verbs intervene."""
    tags, lowers = unit.tags, unit.lowers
    verbs = 0
    in_group = False
    for at in range(verb, 0, -1):
        tag = tags[at]
        if (
            tag in pos.RELATIVE
            or lowers[at] == "whose"
            or (tag == pos.SUBORDINATOR and lowers[at] in ("that", "where"))
        ):
            if tags[at - 1] in _ANTECEDENT:
                return at if verbs <= _RELATIVE_VERBS else None
            if tag == pos.RELATIVE:
                return None
        if tag in ",.;:?!-":
            return None
        verbs += tag in _OPENS_GROUP and not in_group
        in_group = tag in _IN_GROUP
    return None


_STEPS: dict[str, Step] = {
    **dict.fromkeys(_WORDS, _word),
    **dict.fromkeys(pos.ANY_AUXILIARY, _verb),
    pos.DETERMINER: _determiner,
    ")": _bracket,
    pos.ADVERB: _adverb,
    "-": _dash,
    pos.TIME: _time,
    pos.PREPOSITION: _preposition,
    pos.CONJUNCTION: _conjunction,
    pos.BASE: _base,
    pos.GERUND: _gerund,
    pos.FINITE: _finite,
}
# Two tags of one phrase, whatever the words are: here the walk goes on without asking the rule of the first.
_JOINED_TO_NEXT = frozenset(
    first + second
    for firsts, seconds in (
        (pos.DETERMINER + pos.NUMBER + pos.ADJECTIVE + pos.POSSESSIVE, "".join(pos.EVERY)),
        (pos.NOUN, pos.NOUN + pos.ADJECTIVE + pos.NUMBER + pos.POSSESSIVE + pos.PREPOSITION + pos.PARTICIPLE),
        (pos.NAME, pos.NOUNS + pos.ADJECTIVE + pos.NUMBER + pos.POSSESSIVE + pos.PREPOSITION + pos.PARTICIPLE),
    )
    for first in firsts
    for second in seconds
)
