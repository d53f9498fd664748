"""Inversion: the subject that stands behind its verb, as in "..., said X"; named vetoes say where it is none."""

from __future__ import annotations

import re
from collections.abc import Callable

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.syntax.phrases import Range, phrase_after, phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate

_ANY_FINITE = pos.any_of(pos.FINITE_GROUP)
_BEFORE_INVERTED = pos.QUOTATION + ',?!.-"'
_BEHIND_SPEAKER = pos.PREPOSITION + pos.TIME + pos.GERUND + pos.SUBORDINATOR + ".,;:-?!"
_OPENS_SPEAKER = pos.any_of(pos.COUNTED_PHRASE, pos.PRONOUN, pos.PARTICIPLE)
_FINITE = re.compile("[vxmhy]")
_QUOTATION_AND_MARK = ("Q,", "Q?", "Q!")

Veto = Callable[[Unit, Predicate], bool]
SpeakerVeto = Callable[[Unit, Predicate, Range], bool]


def inverted(unit: Unit, verb: Predicate) -> Range | None:
    """The subject behind a verb, as in "..., said X"; None where a veto says that what follows is no subject."""
    if _is_led(unit, verb) or any(veto(unit, verb) for veto in _OF_VERB):
        return None
    speaker = phrase_after(unit, verb.head + 1)
    if speaker is None or any(veto(unit, verb, speaker) for veto in _OF_SPEAKER):
        return None
    if _behind_quotation(unit, verb):
        return speaker
    if _goes_on(unit, verb, speaker):
        return None
    return speaker if _interrupts(unit, verb.start, speaker[1] + 1) or not _is_object(unit, verb, speaker) else None


def _is_group(unit: Unit, verb: Predicate) -> bool:
    """Only a single finite verb is inverted: "said X", and not "has said X"."""
    return verb.start != verb.head or unit.tags[verb.head] != pos.FINITE


def _is_silent(unit: Unit, verb: Predicate) -> bool:
    """A verb that does not speak is inverted only right behind a quotation and its comma."""
    return not _speaks(verb) and not (verb.start > 1 and unit.tags[verb.start - 2 : verb.start] in _QUOTATION_AND_MARK)


def _is_led(unit: Unit, verb: Predicate) -> bool:
    """A subject before the verb leaves none behind it: an inverted verb opens the unit, or stands behind a mark."""
    return verb.start > 0 and unit.tags[verb.start - 1] not in _BEFORE_INVERTED


def _has_no_speaker(unit: Unit, verb: Predicate) -> bool:
    return unit.tags[verb.head + 1 : verb.head + 2] not in _OPENS_SPEAKER


def _titled(unit: Unit, verb: Predicate) -> bool:
    """The film, "Harbour Lights," won a prize: what stands between a noun and its verb is the noun's name."""
    quotation = unit.quotations.get(verb.start - 2) or unit.quotations.get(verb.start - 1)
    if quotation is None:
        return False
    first = verb.start - 2 if verb.start - 2 in unit.quotations else verb.start - 1
    named = unit.tags[max(first - 2, 0) : first] in ("n,", "N,")
    return quotation.title and (named or (verb.lemma != "read" and verb.lemma in cues("verbs", "of_works")))


def _is_nobody(unit: Unit, verb: Predicate, speaker: Range) -> bool:
    """Behind a verb that does not speak only a person is the subject: "..." laughed Reyes."""
    return not _speaks(verb) and not _is_person(unit, speaker)


def _is_told(unit: Unit, verb: Predicate, _speaker: Range) -> bool:
    """ "Doe, at noon, told Reyes that ...": without a quotation before it, whoever stands behind is told."""
    if verb.lemma != "tell" or not _behind_comma(unit, verb):
        return False
    return unit.tags[max(verb.start - 2, 0) : verb.start - 1] != pos.QUOTATION


def _has_own_verb(unit: Unit, verb: Predicate, speaker: Range) -> bool:
    """ "Doe, citing "the law," said the plan would fail": the speaker stands before."""
    return unit.tags[speaker[1] + 1 : speaker[1] + 2] in pos.AUXILIARIES and _behind_comma(unit, verb)


_OF_VERB: tuple[Veto, ...] = (_has_no_speaker, _is_group, _is_silent, _titled)
_OF_SPEAKER: tuple[SpeakerVeto, ...] = (_is_nobody, _is_told, _has_own_verb)


def _goes_on(unit: Unit, _verb: Predicate, speaker: Range) -> bool:
    """Whether what follows the phrase cannot follow a speaker."""
    return (unit.tags[speaker[1] + 1 : speaker[1] + 2] or ".") not in _BEHIND_SPEAKER


def _is_object(unit: Unit, verb: Predicate, speaker: Range) -> bool:
    """ "The port, once closed, announced a fund that is ...": a subject before the comma, and a clause of its own."""
    tags = unit.tags
    if not _behind_comma(unit, verb) or phrase_before(unit, verb.start - 1) is None:
        return False
    clausal = _FINITE.search(tags, verb.head + 1) is not None or pos.QUOTATION in tags[verb.head :]
    return clausal or _closes_relative(unit, verb, speaker)


def _speaks(verb: Predicate) -> bool:
    return verb.lemma in word_list("verbs", "inverting")


def _behind_comma(unit: Unit, verb: Predicate) -> bool:
    return unit.tags[verb.start - 1 : verb.start] == ","


def _behind_quotation(unit: Unit, verb: Predicate) -> bool:
    """Whether a quotation stands right before the verb, or before the mark in front of it."""
    tags, first = unit.tags, verb.start
    return first > 0 and pos.QUOTATION in (tags[first - 1], tags[max(first - 2, 0) : first - 1])


def _closes_relative(unit: Unit, verb: Predicate, speaker: Range) -> bool:
    """The port, which has agreed to pay, announced a fund: the relative clause ends before its noun's verb."""
    things = unit.tags[speaker[0]] == pos.DETERMINER and pos.NAME not in unit.tags[speaker[0] : speaker[1] + 1]
    return things and ",w" in unit.tags[: verb.start]


def _interrupts(unit: Unit, first: int, behind: int) -> bool:
    """The ramp, said Doe, is safe: a verb behind the speaker, and before him a subject that no comma has closed."""
    tags = unit.tags
    if tags[first - 1 : first] != "," or tags[behind : behind + 1] != "," or "," in tags[: first - 1]:
        return False
    return tags[behind + 1 : behind + 2] in _ANY_FINITE and phrase_before(unit, first - 2) is not None


def _is_person(unit: Unit, phrase: Range) -> bool:
    """Whether a phrase can name somebody who speaks: by a name, or by what the person is."""
    first, last = phrase
    core = unit.tags[first : last + 1].split(",")[0]
    return "N" in core or unit.lowers[first + len(core) - 1] in word_list("sources", "role")
