"""Complements: what a verb takes behind it - a clause, a quotation, an infinitive or a noun phrase."""

from __future__ import annotations

import re

from annotator.model.article import BlockKind
from annotator.model.late import NamedTuple
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import KINDS_OF_VERB, cues, particles
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, of_predicate
from annotator.suggesters.rules.introductions import before_colon, introduces
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.rules.speech import behind_verb, is_inscribed
from annotator.suggesters.syntax.clauses import (
    comma_before_verb,
    content_end,
    infinitive_end,
    interrupted,
    is_clause,
    limit,
    object_end,
    without_stops,
)
from annotator.suggesters.syntax.recipients import behind_recipient
from annotator.suggesters.syntax.verb_groups import Predicate

_AFTER_SUBJECT = pos.any_of(pos.SUBORDINATOR, pos.QUOTATION, ":,")
_DEGREE_OF = pos.any_of(pos.DETERMINER, pos.ADJECTIVE, pos.NUMBER)
_LINKED = pos.any_of(pos.SUBORDINATING)
_OF_OWN_VERB = pos.any_of(pos.BE, pos.ADVERB)
_OPENS_BARE_CLAUSE = (
    pos.COUNTED_PHRASE
    + pos.PRONOUN
    + pos.ADVERB
    + pos.PREPOSITION
    + pos.PARTICIPLE
    + pos.QUOTATION
    + pos.SUBORDINATOR
    + pos.TIME
    + '"'
)
_OPENS_FINDING = pos.COUNTED_PHRASE + pos.PRONOUN + pos.PREPOSITION
_OPENS_OBJECT = pos.POSSESSED_PHRASE + pos.PRONOUNS + pos.QUOTATION + pos.PARTICIPLE + pos.GERUND
_PERSON = pos.COUNTED_PHRASE + pos.PRONOUNS
_POINTED_AT = pos.any_of(pos.NOUN, pos.ADJECTIVE)
_SHORT_PREDICATE = pos.any_of(pos.ADJECTIVAL)

_INSERTION = re.compile(r",[ridnNj#zsge]{1,6},(?=s)")
_COMMA_AND_QUOTATION = 2
_SECOND = frozenset(("of", "to", "for", "about", "against", "on", "at"))


class _Complement(NamedTuple):
    """The tokens `[start, end)` that a verb takes, by which rule, and the last token of the cue."""

    frame: str
    rule: Rule
    start: int
    end: int
    last: int


def preposed(unit: Unit, predicate: Predicate) -> Finding | None:
    """She said that ...; she wants to ...; she criticized ..."""
    tags = unit.tags
    assert predicate.subject is not None
    behind, relay = behind_recipient(unit, predicate.lemma, behind_verb(predicate))
    if predicate.after and tags[behind : behind + 1] not in _AFTER_SUBJECT:
        return None
    behind = _behind_insertion(unit, behind)
    last = predicate.head
    if behind == last + 1:
        behind = _behind_manner(unit, predicate, behind)
        last = behind - 1
    start = behind
    while tags[behind : behind + 1] == ":" or tags[behind : behind + 2] == ",Q":
        behind += 1
    colon = ":" in tags[start:behind]
    while last + 1 < behind and start <= last + 1 and tags[last + 1] == ":":
        # A colon right behind the verb belongs to the cue.
        last += 1
    introducing = introduces(unit, predicate, behind, colon=colon)
    if introducing is not None:
        return of_predicate(unit, predicate, introducing, [], last=last, relay=relay)
    return _taken(unit, predicate, behind, last, relay) if behind < len(tags) else None


def _taken(unit: Unit, predicate: Predicate, behind: int, last: int, relay: Span | None) -> Finding | None:
    """What the verb, whose cue ends at token `last`, takes from token `behind` on."""
    tags = unit.tags
    if tags[behind] == pos.QUOTATION and tags[behind - 1] == "," and _utters(unit, predicate, behind):
        content = [unit.span(behind, content_end(unit, behind) - 1)]
        return of_predicate(unit, predicate, registry.SPEAKER_THEN_QUOTE, content, relay=relay)
    if unit.lowers[behind] == "this" and tags[behind + 1 : behind + 3] == ":Q":
        return before_colon(unit, predicate)
    if tags[behind] == pos.QUOTATION and _is_work(unit, predicate, behind):
        return None
    taken = _complement(unit, predicate.lemma, predicate.head, behind) or _studied(unit, predicate, behind)
    if taken is None:
        return before_colon(unit, predicate)
    end = _end(unit, predicate, taken)
    if end <= taken.start:
        return None
    rule = taken.rule.as_infinitive() if predicate.form == "infinitive" else taken.rule
    content = [unit.span(taken.start, end - 1)]
    return of_predicate(unit, predicate, rule, content, last=max(last, taken.last), frame=taken.frame, relay=relay)


def _is_work(unit: Unit, predicate: Predicate, at: int) -> bool:
    """She read "The Old Man and the Sea" to the crew: a title behind a verb that takes works."""
    taken = predicate.lemma in cues("verbs", "of_works")
    return taken and unit.quotations[at].title and not is_inscribed(unit, predicate)


def _end(unit: Unit, predicate: Predicate, taken: _Complement) -> int:
    """Where what the verb takes ends, because of the clause that the verb stands in."""
    assert predicate.subject is not None
    tags = unit.tags
    clausal = taken.frame in ("say", "think")
    end = min(taken.end, limit(unit, predicate.subject, taken.start, clausal=clausal))
    if predicate.form == "gerund" and predicate.subject[1] == predicate.start - 1 and not clausal:
        # "Members supporting Doe declined": the participle only says which members.
        end = min(end, interrupted(unit, taken.start))
    if predicate.form == "gerund" and predicate.shared and tags[predicate.subject[1] + 1] == ",":
        # "Doe, saying that ..., left": what is inserted ends before the verb that it interrupts.
        end = min(end, comma_before_verb(tags, taken.start))
    if predicate.subject[0] > taken.start:
        # "After saying that ..., Doe left": the speaker comes behind.
        end = min(end, predicate.subject[0])
    return without_stops(tags, taken.start, end)


def _behind_manner(unit: Unit, predicate: Predicate, at: int) -> int:
    """Behind "repeatedly" in "said repeatedly that" and "evenly" in "replied evenly, "No"": it belongs to the cue."""
    behind = at
    while unit.tags[behind : behind + 1] == pos.ADVERB and unit.lowers[behind] not in particles(predicate.lemma):
        behind += 1
    marked = unit.lowers[behind : behind + 1] == ["that"] or unit.tags[behind : behind + 2] in (",Q", ":Q")
    return behind if marked else at


def _behind_insertion(unit: Unit, at: int) -> int:
    """Behind ", for example," and ", twice," where the clause follows."""
    tags = unit.tags
    if tags[at : at + 1] == "," and unit.lowers[at + 1 : at + 2] == ["that"]:
        return at + 1
    inserted = _INSERTION.match(tags, at)
    return inserted.end() if inserted is not None else at


def _utters(unit: Unit, predicate: Predicate, quotation: int) -> bool:
    """Doe cracked, "...": whatever the verb, a comma and a whole quotation right behind it make it speak."""
    silent = predicate.lemma in cues("verbs", "silent") or predicate.lemma in cues("verbs", "say")
    near = quotation - predicate.head == _COMMA_AND_QUOTATION
    whole = unit.tags[quotation:].rstrip(".?!") == pos.QUOTATION and not unit.quotations[quotation].title
    return near and predicate.form == "finite" and not silent and whole


def _complement(unit: Unit, lemma: str, head: int, behind: int) -> _Complement | None:
    return (
        _phrasal(unit, lemma, head)
        or _clausal(unit, lemma, head, behind)
        or _infinitive(unit, lemma, head, behind)
        or _object(unit, lemma, head, behind)
    )


def _clausal(unit: Unit, lemma: str, head: int, behind: int) -> _Complement | None:
    tags, lower, rest = unit.tags, unit.lowers[behind], unit.tags[behind:]
    kinds = KINDS_OF_VERB[lemma]
    says, thinks = "say" in kinds, "think" in kinds
    tag = tags[behind]
    exact = lower in ("just", "exactly") and rest[1:2] in _LINKED
    rule: Rule | None = None
    if says and tag == pos.QUOTATION and tags[behind - 1] != ":":
        rule = registry.SPEAKER_THEN_QUOTE
    elif (says or thinks) and (tag in pos.SUBORDINATING or exact) and lower not in word_list("clauses", "adverbial"):
        rule = registry.SAID_THAT
    elif _unmarked(lemma, rest) or (says and tags[behind - 1] == ":") or _shortened(unit, lemma, rest):
        rule = registry.SAID_CLAUSE
    if rule is None:
        return None
    return _Complement("say" if says else "think", rule, behind, _clause_end(unit, head, behind), head)


def _clause_end(unit: Unit, head: int, start: int) -> int:
    return content_end(
        unit, start, gerund=unit.tags[head] == pos.GERUND and unit.tags[head - 1 : head] not in _OF_OWN_VERB
    )


def _unmarked(lemma: str, rest: str) -> bool:
    """Whether a clause without "that" follows the verb."""
    if lemma in cues("verbs", "bare") and is_clause(rest, start_only=True):
        return True
    return lemma in cues("verbs", "always") and rest[0] in _OPENS_BARE_CLAUSE and (is_clause(rest) or "Q" in rest)


def _shortened(unit: Unit, lemma: str, rest: str) -> bool:
    """Engineers warn bridge unsafe, council says ferry to close: a headline leaves out "is"."""
    if unit.kind is not BlockKind.HEADLINE or lemma not in cues("verbs", "bare") & cues("verbs", "say"):
        return False
    return rest[0] in pos.COUNTED_PHRASE and (
        "t" in rest[1:] or rest.rstrip(".?!")[-1:] in _SHORT_PREDICATE or lemma == "say"
    )


def _infinitive(unit: Unit, lemma: str, head: int, behind: int) -> _Complement | None:
    tags = unit.tags
    # "Would like to" intends, "likes to" does not.
    intends = lemma in cues("verbs", "intend") and (lemma != "like" or tags[head - 1 : head] == pos.MODAL)
    if intends and (tags[behind] == pos.TO or tags[behind : behind + 2] == "rt"):
        if not word_list("clauses", "nameless").isdisjoint(unit.lowers[behind + 1 : behind + 4]):
            # "An official who asked not to be named": how he is quoted is nothing that he says.
            return None
        person = behind > head + 1 and tags[head + 1] in _PERSON
        return _Complement(
            "intend", registry.INTENDS, head + 1 if person else behind, infinitive_end(unit, behind), head
        )
    if lemma in cues("verbs", "say") and tags[behind] == pos.GERUND:
        return _Complement("say", registry.SAID_DOING, behind, _clause_end(unit, head, behind), head)
    return None


def _object(unit: Unit, lemma: str, head: int, behind: int) -> _Complement | None:
    tags = unit.tags
    if lemma not in cues("verbs", "object"):
        return None
    if tags[behind] in pos.SUBORDINATING and unit.lowers[behind] in word_list("clauses", "indirect"):
        return _Complement("object", registry.SAID_THAT, behind, _clause_end(unit, head, behind), head)
    pointed = unit.lowers[behind] == "that" and tags[behind + 1 : behind + 2] in _POINTED_AT
    degree = tags[behind] == pos.ADVERB and tags[behind + 1 : behind + 2] in _DEGREE_OF
    if tags[behind] not in _OPENS_OBJECT and not pointed and not degree:
        return None
    return _Complement("object", registry.OBJECT, behind, object_end(unit, behind), head)


def _studied(unit: Unit, predicate: Predicate, behind: int) -> _Complement | None:
    """The poll finds Doe ahead: of a study, what is no verb of saying tells something too."""
    assert predicate.subject is not None
    first, last = predicate.subject
    if predicate.lemma not in cues("verbs", "studying") or unit.tags[behind] not in _OPENS_FINDING:
        return None
    if cues("fixed", "study").isdisjoint(unit.lowers[first : last + 1]):
        return None
    return _Complement("say", registry.OBJECT, behind, content_end(unit, behind), predicate.head)


def _phrasal(unit: Unit, lemma: str, head: int) -> _Complement | None:
    particle = _particle(unit, lemma, head)
    if particle is None or particle + 1 >= len(unit.tags) or unit.tags[particle + 1] == pos.TIME:
        return None
    start = particle + 1
    clausal = unit.tags[start] in pos.SUBORDINATING or unit.lowers[particle] == "out"
    end = content_end(unit, start) if clausal else object_end(unit, start)
    return _Complement("object", registry.PHRASAL, start, end, particle)


def _particle(unit: Unit, lemma: str, head: int) -> int | None:
    """The last word of a phrasal cue: "of" in "spoke movingly of", "against" in "spoke out against"."""
    tags, lowers = unit.tags, unit.lowers
    own = particles(lemma)
    at = head + 1
    if lowers[at : at + 3] in (["in", "favor", "of"], ["in", "support", "of"]) and lemma in cues("verbs", "favoring"):
        return at + 2
    while at < len(tags) and tags[at] == pos.ADVERB and lowers[at] not in own:
        if lowers[at] in word_list("clauses", "turning"):
            # "Stood still for a minute" and "stood out for years" are other verbs than "stood for".
            return None
        at += 1
    if at >= len(tags) or lowers[at] not in own or tags[at] in pos.CONTENT_LINKS:
        return None
    if (tags[at] == pos.ADVERB or lowers[at] in ("in", "aim")) and at + 1 < len(tags) and lowers[at + 1] in _SECOND:
        return at + 1 if tags[at + 1] != pos.TO else None
    return at
