"""Verb rules: a source and what it says, thinks, wants or judges, found from the verb that attributes."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.clauses import content_end, content_start
from annotator.suggesters.findings import Finding
from annotator.suggesters.grammar import lemma_of, word_list
from annotator.suggesters.lexicon import cues
from annotator.suggesters.phrases import Range, phrase_after, phrase_before
from annotator.suggesters.units import Unit

_ADDRESSED = frozenset(
    "tell ask remind assure inform urge convince persuade warn encourage order advise beg press reassure".split()
)


def verb_findings(unit: Unit) -> Iterator[Finding]:
    """The attributions that the verbs of a unit make, in the order of their cues."""
    subject: Range | None = None
    for at, tag in enumerate(unit.tags):
        if tag not in "vgeb":
            continue
        lemma = lemma_of(unit.lowers[at])
        first = _group_start(unit, at)
        own = _subject(unit, first, at, lemma)
        if own is not None:
            subject = own
        elif tag == "g" or (first > 0 and unit.tags[first - 1] == "c"):
            own = subject
        finding = _finding(unit, lemma, tag, first, at, own)
        if finding is not None:
            yield finding


def _group_start(unit: Unit, verb: int) -> int:
    """Where the verb group begins: auxiliaries and adverbs before the verb belong to the cue."""
    at = verb
    while at > 0 and unit.tags[at - 1] in "mhxyr":
        at -= 1
    return at


def _subject(unit: Unit, first: int, verb: int, lemma: str) -> Range | None:
    tags = unit.tags
    if tags[verb] == "g" and not any(tag in "xh" for tag in tags[first:verb]):
        return None
    if tags[verb] == "e" and first == verb:
        return None
    inverted = lemma in cues("verbs", "say") and (first == 0 or tags[first - 1] in ',Q?!"')
    if inverted and first == verb and verb + 1 < len(tags) and tags[verb + 1] in "nNdu#j":
        after = phrase_after(unit, verb + 1)
        if after is not None and (after[1] + 1 >= len(tags) or tags[after[1] + 1] in ",.;:-Qziscrg?!w"):
            return after
    if first > 0:
        if tags[first - 1] in "w" or (tags[first - 1] == "s" and unit.lowers[first - 1] == "that"):
            return first - 1, first - 1
        return phrase_before(unit, first - 1)
    return None


def _finding(unit: Unit, lemma: str, tag: str, first: int, verb: int, subject: Range | None) -> Finding | None:
    tags = unit.tags
    if subject is None or (tag == "e" and not any(t == "h" for t in tags[first:verb])):
        return None
    after = max(verb, subject[1]) + 1 if subject[0] > verb else verb + 1
    after, relay = _addressee(unit, lemma, after)
    content = _content(unit, lemma, verb, after, first, subject)
    colon = unit.tags.endswith(":") and (after >= len(unit.tags) - 1 or lemma in cues("verbs", "say"))
    if not content and not colon:
        return None
    if colon:
        content = []
    negated = any(unit.lowers[at] in word_list("closed", "negation") for at in range(first, verb))
    kind = AttributionType.STATEMENT if lemma in cues("verbs", "say") else AttributionType.BELIEF
    return Finding(
        rule="verb",
        confidence=0.8,
        source=unit.span(*subject),
        cue=unit.span(first, verb),
        content=tuple(content),
        type=kind,
        negated=negated,
        relay=relay,
    )


def _addressee(unit: Unit, lemma: str, at: int) -> tuple[int, Span | None]:
    """Behind the recipient, the day and the occasion; and the recipient where it can be an outlet."""
    tags = unit.tags
    relay = None
    size = len(tags)
    if lemma in _ADDRESSED and at < size and tags[at] in "nNdo#ju":
        start = at
        while at < size and tags[at] in "nNdo#jpei" and not (tags[at] == "i" and at + 1 < size and tags[at + 1] == "z"):
            at += 1
        if tags[start] == "N" or unit.lowers[start] == "the":
            relay = unit.span(start, at - 1)
    while at < size:
        if tags[at] == "z":
            at += 1
        elif tags[at] == "i" and at + 1 < size and tags[at + 1] == "z":
            at += 2
        elif tags[at] == "i" and unit.lowers[at] in ("in", "on", "at", "during", "to", "after", "of"):
            stop = at + 1
            while stop < size and tags[stop] in "nN#djpezi":
                stop += 1
            if stop < size and tags[stop] in "sQ:":
                at = stop
            else:
                break
        else:
            break
    return at, relay


def _content(unit: Unit, lemma: str, verb: int, after: int, first: int, subject: Range) -> list[Span]:
    tags = unit.tags
    size = len(tags)
    rest = after < size and tags[after] not in ".,;?!-)"
    say, think = cues("verbs", "say"), cues("verbs", "think")
    if rest and tags[after] in ":,":
        after += 1
        rest = after < size
    if after < size and tags[after] == "," and tags[after + 1 : after + 2] == "Q" and lemma in say:
        after += 1
        rest = True
    if (
        rest
        and lemma in say | think
        and (tags[after] in "sQ" or lemma in say)
        and not (subject[0] > verb and tags[after] not in "sQ")
    ):
        end = content_end(unit, after)
        return [unit.span(after, end - 1)] if end > after else []
    if lemma in say and (not rest or subject[0] > verb):
        stop = min(first, subject[0])
        while stop > 0 and tags[stop - 1] in ",-;:":
            stop -= 1
        start = content_start(unit, stop)
        if stop > start:
            left = unit.span(start, stop - 1)
            if after < size and tags[after] == ",":
                end = content_end(unit, after + 1)
                if end > after + 1 and tags[after + 1] in "cQ":
                    return [left, unit.span(after + 1, end - 1)]
            return [left]
        return []
    if rest and lemma in cues("verbs", "intend") and tags[after] == "t":
        end = content_end(unit, after)
        return [unit.span(after, end - 1)] if end > after else []
    if rest and lemma in cues("verbs", "object") and tags[after] in "dnNjou#pQ":
        end = content_end(unit, after)
        return [unit.span(after, end - 1)] if end > after else []
    return []
