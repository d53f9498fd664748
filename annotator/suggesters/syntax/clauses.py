"""Clauses: how far the content of an attribution reaches to the right of its cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of, word_list
from annotator.suggesters.reading.lexicon import cues, particles
from annotator.suggesters.reading.units import Unit

_ANOTHER_VERB = pos.FINITE + pos.ADVERB + pos.BE + pos.HAVE
_COUNTING = pos.DETERMINER + pos.NUMBER
_ENDS_OBJECT = pos.FINITE_GROUP + pos.SUBORDINATING + pos.PRONOUN + pos.GERUND
_HAVE_AND_ADVERBS = pos.HAVE + pos.ADVERB
_NEW_CLAUSE = pos.SUBORDINATING + pos.PRONOUN + pos.QUOTATION
_NEXT_SUBJECT = pos.any_of(pos.DETERMINED, pos.NUMBER)
_NO_SUBJECT = pos.SUBORDINATOR + pos.QUOTATION + pos.BASE + pos.TO + pos.MODAL + pos.BE + ",.;:"
_OCCASION_FOLLOWS = pos.any_of(pos.POSSESSED_PHRASE, pos.TIME)
_OPENING_WORDS = frozenset(("after", "before", "since", "as", "in", "at", "by"))
_OPENS_MAIN = pos.DETERMINED + pos.CONJUNCTION + pos.PRONOUN
_OPENS_SUBORDINATE = pos.any_of(pos.SUBORDINATOR, pos.GERUND, pos.PARTICIPLE)
_RESUMES = pos.FINITE_GROUP + pos.ADVERB
_SET_OFF = pos.SUBORDINATING + pos.BE + pos.GERUND + pos.DO
_SPEAKING = pos.FINITE + pos.PARTICIPLE
_SUBJECT_WORDS = pos.COUNTED_PHRASE + pos.ADVERB + pos.PRONOUN
_VERB_GROUP = pos.FINITE_GROUP + pos.ADVERB + pos.BASE + pos.PARTICIPLE + pos.GERUND + pos.TO

# A subject and a finite verb, with nothing but the subject's own words between.
_CLAUSE = re.compile(r"[\"(]*[ri]?(?:[dnNj#pueQriocz()\"-])*?[nN#uoQdw)pj][\"r]*[vxmhy]")
# An apposition behind a comma, up to the end of the unit.
_FINAL = re.compile(r"[^,;:.c]+[.]?$")
_FINITE = re.compile(r"[vxmhy]")


def is_clause(tags: str, *, start_only: bool = False) -> bool:
    """Whether the tags hold a finite verb; with `start_only`, whether they begin with a subject and its verb."""
    if start_only:
        return _CLAUSE.match(tags) is not None
    return _FINITE.search(tags) is not None


_WITH_VERB = ("cv", "cr", "cx", "ch")


def content_end(unit: Unit, start: int, *, gerund: bool = False) -> int:
    """Behind the clause that begins at token `start`: before what the author adds, or at the end of the unit.

    Where the cue is a `gerund`, "and" with a finite verb goes on with the clause and not with the cue.
    """
    tags = unit.tags
    for at in _possible_stops(tags, start):
        if _stops_clause(unit, at, start) and not (gerund and tags[at : at + 2] in _WITH_VERB):
            return without_stops(tags, start, at)
    return without_stops(tags, start, max(start + 1, len(tags)))


def infinitive_end(unit: Unit, start: int) -> int:
    """Behind the infinitive that begins at token `start`: a clause that a comma sets off is the author's."""
    tags = unit.tags
    for at in _possible_stops(tags, start):
        if _stops_clause(unit, at, start) or _sets_off(unit, at) or _speaks_again(unit, at):
            return without_stops(tags, start, at)
    return without_stops(tags, start, max(start + 1, len(tags)))


def object_end(unit: Unit, start: int) -> int:
    """Behind the noun phrase that begins at token `start`, with what belongs to it."""
    tags = unit.tags
    at = start + 1
    while at < len(tags) and not _stops_clause(unit, at, start) and not _stops_object(unit, at):
        at += 1
    return without_stops(tags, start, at)


def limit(unit: Unit, subject: tuple[int, int], start: int, *, clausal: bool = False) -> int:
    """The token that a content beginning at `start` cannot reach, because the clause around its cue ends there.

    A clause that opens the unit ("While she says ..., he ...") ends before the main clause; a relative
    clause ("those who want ... said") before the verb that it interrupts; a `clausal` content has a verb of its own.
    """
    tags, lowers, first = unit.tags, unit.lowers, subject[0]
    if lowers[first] in ("who", "which", "that") and first == subject[1] and first > 0:
        if tags[first - 1] in ",-":
            return comma_before_verb(tags, start, mark=tags[first - 1])
        return _verb_without_subject(tags, start, own=clausal)
    return _main_clause(tags, start) if _opens_subordinate(unit) else len(tags)


def _opens_subordinate(unit: Unit) -> bool:
    """Whether a unit opens with a clause that is not its main one: "While ...", "And after ...", "Saying ..."."""
    tags, lowers = unit.tags, unit.lowers
    at = 1 if tags[:1] == pos.CONJUNCTION else 0
    return tags[at : at + 1] in _OPENS_SUBORDINATE or lowers[min(at, len(lowers) - 1)] in _OPENING_WORDS


def _main_clause(tags: str, start: int) -> int:
    """The comma before the main clause, where that lies behind `start`; the end of the unit where there is none."""
    at = tags.find(",", 1)
    while at >= 0:
        if is_clause(tags[at + 1 :], start_only=True):
            return at if at > start else len(tags)
        at = tags.find(",", at + 1)
    return len(tags)


def comma_before_verb(tags: str, start: int, mark: str = ",") -> int:
    """The comma (or dash) that closes an inserted clause: the first one behind `start` with a verb right behind it."""
    for at in range(start, len(tags) - 1):
        if tags[at] == mark and tags[at + 1] in _RESUMES:
            return at
    return len(tags)


def interrupted(unit: Unit, start: int) -> int:
    """Where a finite verb without a subject of its own ends the noun phrase that begins at `start`."""
    return _verb_without_subject(unit.tags, start, own=False)


def second_verb(unit: Unit, start: int) -> int:
    """Where a second finite verb without a subject of its own ends the clause whose subject begins at `start`."""
    return _verb_without_subject(unit.tags, start, own=True)


def _verb_without_subject(tags: str, start: int, *, own: bool) -> int:
    """The first finite verb behind `start` that has no subject there; with `own`, the second one."""
    at = start + 1
    while at < len(tags) and tags[at] not in _NEW_CLAUSE:
        if tags[at] not in pos.FINITE_GROUP or tags[at - 1] == pos.TO:
            at += 1
        elif own:
            own = False
            while at < len(tags) and tags[at] in _VERB_GROUP:
                at += 1
        else:
            while tags[at - 1] == pos.ADVERB and at > start + 1:
                at -= 1
            return at
    return len(tags)


def without_stops(tags: str, start: int, end: int) -> int:
    """The end without the punctuation before it, and without a bracket that was opened before the start."""
    while end > start and (tags[end - 1] in ".,;:-?!" or (tags[end - 1] == ")" and _closes_outside(tags, start, end))):
        end -= 1
    return end


def _closes_outside(tags: str, start: int, end: int) -> bool:
    return tags.count("(", start, end) < tags.count(")", start, end)


_MAY_STOP = re.compile(r"[;,c-]|.(?=g)")


def _possible_stops(tags: str, start: int) -> Iterator[int]:
    """The tokens behind `start` at which a clause or an infinitive may end: the tests below hold at no other."""
    if tags[start : start + 1] == pos.QUOTATION and start + 1 < len(tags):
        yield start + 1
    for found in _MAY_STOP.finditer(tags, start + 1):
        yield found.start()


def _stops_clause(unit: Unit, at: int, start: int) -> bool:
    tags, lowers = unit.tags, unit.lowers
    tag = tags[at]
    if tag == ";" or (at == start + 1 and tags[start] == pos.QUOTATION and _leaves(unit, at)):
        return True
    following = tags[at + 1 : at + 2]
    if tag in ",-" and following:
        return _sets_aside(unit, at, start)
    if following == pos.GERUND and lowers[at] in ("before", "after", "while", "without"):
        return lemma_of(lowers[at + 1]) in cues("verbs", "say") | cues("verbs", "object")
    if tag == pos.CONJUNCTION and following == pos.GERUND:
        return lemma_of(lowers[at + 1]) in cues("verbs", "say")
    if tag == pos.CONJUNCTION and following and following in _ANOTHER_VERB:
        return _speaks_soon(unit, at + 1, within=3)
    if tag == pos.CONJUNCTION and (following in _NEXT_SUBJECT or lowers[at + 1 : at + 2] == ["others"]):
        return _another_speaks(unit, at + 1)
    return False


_MEANWHILE = ("as", "when", "while")


def _leaves(unit: Unit, at: int) -> bool:
    """He said "no" and left; she tweeted "Stop" on Friday, or "Go" as it fell: what was done, and when, is not said."""
    following, quotation = unit.tags[at : at + 2], unit.quotations[at - 1]
    circumstance = following in ("iz", "z.") or unit.lowers[at] in _MEANWHILE
    return following in ("cv", "cr") or (circumstance and quotation.capital and not quotation.title)


def _sets_aside(unit: Unit, at: int, start: int) -> bool:
    """Whether what the comma or the dash has behind it is the author's and not a part of the clause from `start` on."""
    tags, lowers = unit.tags, unit.lowers
    following, word = tags[at + 1], lowers[at + 1]
    if following == pos.GERUND:
        return lemma_of(word) in cues("verbs", "say") | cues("verbs", "object") or word in ("referring", "citing")
    if following == pos.ADVERB and tags[at + 2 : at + 3] == pos.GERUND:
        # ", not wanting to ..." as ", wanting to ...".
        return lemma_of(lowers[at + 2]) in cues("verbs", "say") | cues("verbs", "object") | cues("verbs", "intend")
    if word in word_list("clauses", "aside"):
        # A clause with "that" keeps what one without it drops.
        return lowers[start] != "that"
    if word == "according":
        return at > start + 1
    if tags[at] == "-" and following in _COUNTING and unit.starts[at] > unit.ends[at - 1]:
        return True
    if following == pos.CONJUNCTION:
        # "But not ..." and "but that ..." go on with the same words.
        return (word == "but" and tags[at + 2 : at + 3] not in _GOING_ON) or _speaks_soon(unit, at + 2)
    return False


_GOING_ON = ("r", "s")
# How many words the next speaker may have.
_SUBJECT = 5
_ATTRIBUTING = ("say", "object", "think", "intend")


def _speaks_soon(unit: Unit, start: int, within: int = 8) -> bool:
    """Whether a speaking verb comes next, behind no more than a subject."""
    tags, denied = unit.tags, False
    for at in range(start, min(start + within, len(tags))):
        if tags[at] in _SPEAKING or (denied and tags[at] == pos.BASE):
            lemma = lemma_of(unit.lowers[at])
            phrasal = unit.lowers[at + 1 : at + 2] and unit.lowers[at + 1] in particles(lemma)
            return bool(phrasal) or any(lemma in cues("verbs", kind) for kind in _ATTRIBUTING)
        denied = denied or tags[at] == pos.DO
        if tags[at] in _NO_SUBJECT:
            return False
    return False


def _another_speaks(unit: Unit, start: int) -> bool:
    """Whether a new subject and "said" or "say" come next: "some said yes and others have said no"."""
    tags, lowers = unit.tags, unit.lowers
    at = start
    while at < len(tags) and at < start + _SUBJECT and tags[at] in _SUBJECT_WORDS:
        at += 1
    while at < len(tags) and tags[at] in _HAVE_AND_ADVERBS:
        at += 1
    said = start < at < len(tags) and lowers[at] in ("said", "say", "says")
    return said and tags[at + 1 : at + 2] not in (".", ",")


# How many words behind "in" the occasion is named.
_OCCASION = 6


def _sets_off(unit: Unit, at: int) -> bool:
    """Whether a comma has another clause behind it, a participle, or an apposition that ends the unit."""
    tags = unit.tags
    following = tags[at + 1 : at + 2]
    if tags[at] not in ",-" or not following:
        return False
    if following in _SET_OFF:
        return unit.lowers[at + 1] != "including"
    behind = at + 2 if following == pos.CONJUNCTION else at + 1
    if following in _OPENS_MAIN and is_clause(tags[behind:], start_only=True):
        return True
    return following in pos.DETERMINED and _FINAL.match(tags, at + 1) is not None


def _speaks_again(unit: Unit, at: int) -> bool:
    """ "Called it dead in announcing its sale": the participle is the speaker's again."""
    led = unit.lowers[at] in ("in", "when") and unit.tags[at + 1 : at + 2] == pos.GERUND
    return led and lemma_of(unit.lowers[at + 1]) in cues("verbs", "say")


def _stops_object(unit: Unit, at: int) -> bool:
    tags, lowers = unit.tags, unit.lowers
    tag = tags[at]
    following = tags[at + 1 : at + 2]
    if tag in ",-":
        if following and following in _ENDS_OBJECT:
            return lowers[at + 1] != "including"
        return _sets_off(unit, at) or lowers[at + 1 : at + 2] in (["however"], ["though"], ["too"], ["also"], ["then"])
    if tag == pos.CONJUNCTION and following:
        verb = tags[at + 1 :].lstrip("r")[:1]
        if verb and verb in pos.FINITE_GROUP:
            return True
        if verb == pos.GERUND:
            return lemma_of(lowers[at + 1]) in cues("verbs", "say") | cues("verbs", "object")
    if lowers[at] in word_list("clauses", "adjunct"):
        return True
    if _speaks_again(unit, at):
        return True
    spoken = lowers[at] in ("in", "at", "on", "during") and following in _OCCASION_FOLLOWS
    # "criticized the plan in a speech": the occasion is no part of what is judged.
    return spoken and not word_list("clauses", "spoken_at").isdisjoint(lowers[at + 1 : at + _OCCASION])
