"""The end of a noun phrase, looked for from the token that it begins at, as of the speaker behind "said".

The walk goes from the phrase's first word to the right. For each tag one rule says where to go on, or that the
phrase ends before the word it has come to. What can only follow a head has its rules in a table of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.units import Unit

_BEHIND_ADVERB = pos.any_of(pos.COUNTED_PHRASE, pos.PARTICIPLE)
_BEHIND_MONTH = pos.any_of(pos.NOUNS, pos.NUMBER, pos.ADJECTIVE, pos.POSSESSIVE)
_BEHIND_PREPOSITION = pos.any_of(pos.POSSESSED_PHRASE, pos.OBJECT_PRONOUN)
_BEHIND_REDUCED = pos.any_of(pos.PHRASE, pos.OBJECT_PRONOUN, pos.PREPOSITION)
_ENDS_RELATIVE = pos.QUOTATION + ",.;:?!-"
_HEADS = pos.NOUNS + pos.PRONOUNS + pos.NUMBER
_LINKS = pos.any_of(pos.PREPOSITION, pos.TO)
_NAMED_OCCASION = pos.DETERMINER + pos.NOUN + pos.ADJECTIVE
_PHRASES = pos.any_of(pos.PHRASE)
_TIMES = pos.any_of(pos.TIME, pos.NUMBER)
_WORDS = pos.POSSESSED_PHRASE + pos.PRONOUNS + pos.PARTICIPLE

Step = Callable[[Unit, int], int | None]

_PREPOSITIONS = frozenset(("of", "for", "from", "with", "at", "in", "to", "under"))
_APPOSED = frozenset(("on", "by", "about"))
_OCCASIONAL = frozenset(("in", "at", "on", "during"))


def phrase_end(unit: Unit, start: int, *, apposition: bool = False) -> int | None:
    """Behind the noun phrase that begins at `start`; None where none does. An apposition takes more prepositions."""
    tags = unit.tags
    size = len(tags)
    if start < size and tags[start] == pos.PRONOUN and unit.lowers[start] not in word_list("closed", "indefinite"):
        return start + 1
    if start < size and unit.lowers[start] == "another" and tags[start + 1 : start + 2] in ("", ".", ",", ";"):
        return start + 1
    at, seen = start, False
    while at < size:
        steps = _BEFORE_HEAD if not seen else _APPOSED_STEPS if apposition else _STEPS
        step = steps.get(tags[at])
        following = step(unit, at) if step is not None else None
        if following is None:
            break
        seen = seen or tags[at] in _HEADS or (tags[at] == pos.DETERMINER and unit.lowers[at + 1 : at + 2] == ["of"])
        at = following
    return at if seen and at > start else None


def clause_end(unit: Unit, start: int) -> int:
    """Behind the relative clause that begins at `start`: the next comma, dash, quotation or end; titles are passed."""
    tags = unit.tags
    at = start
    while at < len(tags) and (
        tags[at] not in _ENDS_RELATIVE or (tags[at] == pos.QUOTATION and unit.quotations[at].title)
    ):
        at += 1
    return at


def _word(_unit: Unit, at: int) -> int | None:
    return at + 1


def _participle(unit: Unit, at: int) -> int | None:
    """ "data released Friday", "one man involved in the plan"; before a noun it only modifies."""
    behind = unit.tags[at + 1 : at + 2]
    if behind in _LINKS or (behind == pos.TIME and unit.lowers[at].endswith("ed")):
        return _behind_day(unit, at) or at + 2
    return at + 1


def _behind_day(unit: Unit, at: int) -> int | None:
    """ "Figures published in January by the port", "a study released Monday by it": behind "by"; None without one."""
    tags, behind = unit.tags, at + 1
    if tags[behind : behind + 1] == pos.PREPOSITION:
        behind += 1
    if tags[behind : behind + 1] != pos.TIME:
        return None
    while tags[behind : behind + 1] in _TIMES:
        behind += 1
    led = unit.lowers[behind : behind + 1] in (["by"], ["in"], ["from"])
    return behind + 1 if led and tags[behind + 1 : behind + 2] in _PHRASES else None


def _finite(unit: Unit, at: int) -> int | None:
    """What looks finite is a participle where a preposition follows: "the man charged with the plan"."""
    lowers = unit.lowers
    if not lowers[at].endswith("ed"):
        return None
    dated = _behind_day(unit, at)
    if dated is not None:
        return dated
    if unit.tags[at + 1 : at + 2] == pos.TIME:
        return at + 2
    return at + 1 if lowers[at + 1 : at + 2] and lowers[at + 1] in ("in", "with", "by", "from", "at") else None


def _gerund(unit: Unit, at: int) -> int | None:
    return at + 1 if unit.tags[at + 1 : at + 2] in pos.ANY_NOUN else None


def _reduced(unit: Unit, at: int) -> int | None:
    """ "the officers running the port": a participle right behind its noun."""
    if unit.tags[at - 1] in pos.NOUNS and unit.tags[at + 1 : at + 2] in _BEHIND_REDUCED:
        return at + 1
    return _gerund(unit, at)


def _adverb(unit: Unit, at: int) -> int | None:
    return at + 1 if unit.tags[at + 1 : at + 2] in _BEHIND_ADVERB else None


def _month(unit: Unit, at: int) -> int | None:
    """ "a January study", "Sunday's debate"."""
    return at + 1 if unit.tags[at + 1 : at + 2] in _BEHIND_MONTH else None


def _dash(unit: Unit, at: int) -> int | None:
    hyphen = 0 < at < len(unit.tags) - 1 and unit.ends[at - 1] == unit.starts[at]
    return at + 1 if hyphen and unit.ends[at] == unit.starts[at + 1] else None


def _preposition(unit: Unit, at: int) -> int | None:
    return _behind_preposition(unit, at) if unit.lowers[at] in _PREPOSITIONS else None


def _apposed_preposition(unit: Unit, at: int) -> int | None:
    return _behind_preposition(unit, at) if unit.lowers[at] in _PREPOSITIONS | _APPOSED else None


def _behind_preposition(unit: Unit, at: int) -> int | None:
    tags, lowers = unit.tags, unit.lowers
    if tags[at + 1 : at + 2] not in _BEHIND_PREPOSITION and not (
        lowers[at] == "of" and tags[at + 1 : at + 2] == pos.QUOTATION
    ):
        return None
    # "said Doe in a statement": the occasion is not a part of the speaker.
    occasion = not word_list("closed", "occasion").isdisjoint(lowers[at + 1 : at + 5])
    if occasion and lowers[at] in _OCCASIONAL and tags[at + 1] in _NAMED_OCCASION:
        return None
    if lowers[at] == "to" and tags[at + 1] == pos.DETERMINER and lowers[at + 1] not in ("the", "a"):
        return None
    return at + 1


def _conjunction(unit: Unit, at: int) -> int | None:
    """ "and" joins another name or noun, unless that has a verb of its own."""
    tags = unit.tags
    if tags[at + 1 : at + 2] not in _PHRASES and unit.lowers[at + 1 : at + 2] != ["one"]:
        return None
    behind = at + 1
    while behind < len(tags) and tags[behind] in pos.POSSESSED_PHRASE:
        behind += 1
    return None if behind < len(tags) and tags[behind] in pos.ASSERTING else at + 1


def _relative(unit: Unit, at: int) -> int | None:
    return clause_end(unit, at)


def _bracket(unit: Unit, at: int) -> int | None:
    closing = unit.tags.find(")", at)
    return closing + 1 if closing >= 0 else None


_BEFORE_HEAD: dict[str, Step] = {
    **dict.fromkeys(_WORDS, _word),
    pos.TIME: _month,
    pos.GERUND: _gerund,
    pos.ADVERB: _adverb,
    "-": _dash,
}
_STEPS: dict[str, Step] = {
    **{tag: step for tag, step in _BEFORE_HEAD.items() if tag != pos.TIME},
    pos.PARTICIPLE: _participle,
    pos.GERUND: _reduced,
    pos.FINITE: _finite,
    pos.PREPOSITION: _preposition,
    pos.CONJUNCTION: _conjunction,
    pos.RELATIVE: _relative,
    "(": _bracket,
}
_APPOSED_STEPS: dict[str, Step] = {**_STEPS, pos.PREPOSITION: _apposed_preposition}
