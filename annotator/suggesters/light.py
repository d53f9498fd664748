"""Light-verb rules: "made the case for", "threw her support behind", "issued a statement saying"."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.suggesters.clauses import content_end, limit, object_end
from annotator.suggesters.findings import Finding
from annotator.suggesters.grammar import word_list
from annotator.suggesters.lexicon import cues, particles_of_noun
from annotator.suggesters.predicates import Predicate
from annotator.suggesters.units import Unit

_REACH = 6


def light_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of a verb that only carries a noun: the cue is both, with the noun's preposition."""
    for predicate in predicates:
        if predicate.subject is None or predicate.passive or predicate.lemma not in cues("light", "verbs"):
            continue
        clear = _clear(unit, predicate)
        if clear is not None:
            yield clear
            continue
        noun = _noun(unit, predicate)
        if noun is None or noun + 2 >= len(unit.tags):
            continue
        finding = _finding(unit, predicate, noun)
        if finding is not None:
            yield finding


def _clear(unit: Unit, predicate: Predicate) -> Finding | None:
    """Doe made (it) clear that ..."""
    lowers = unit.lowers
    at = predicate.head + 1
    if lowers[at : at + 1] == ["it"]:
        at += 1
    if predicate.lemma != "make" or lowers[at : at + 1] != ["clear"]:
        return None
    start = at + 1
    while start < len(lowers) and start < at + 6 and lowers[start] not in ("that", "he", "she", "they", "how", "what", "why"):
        start += 1
    if start >= len(lowers) or unit.tags[start] not in "suw" or predicate.subject is None:
        return None
    end = min(content_end(unit, start), limit(unit, predicate.subject, start))
    if end <= start:
        return None
    return Finding("made_clear", 0.85, unit.span(*predicate.subject), unit.span(predicate.start, at), (unit.span(start, end - 1),))


def _noun(unit: Unit, predicate: Predicate) -> int | None:
    """The noun that attributes: it follows the verb with no more than its own words between."""
    tags, lowers = unit.tags, unit.lowers
    at = predicate.head + 1
    while at < min(predicate.head + 1 + _REACH, len(tags) - 1):
        following = lowers[at + 1]
        if tags[at] in "ng":
            singular = lowers[at].removesuffix("s")
            if following in particles_of_noun(singular) or (predicate.lemma in cues("light", "any_noun") and tags[at + 1] == "i" and following != "of"):
                return at
            if singular in cues("nouns", "clause") and following == "that":
                return at
            if singular in cues("light", "messages") and tags[at + 1] in "gz":
                return at
        if tags[at] not in "djn#rNpeg":
            return None
        at += 1
    return None


def _finding(unit: Unit, predicate: Predicate, noun: int) -> Finding | None:
    tags, lowers = unit.tags, unit.lowers
    assert predicate.subject is not None
    after = noun + 1
    last = noun
    rule = "light_verb"
    if tags[after] == "z":
        after += 1
    if tags[after : after + 1] == "g":
        rule, last, start = "statement_saying", after, after + 1
        if start >= len(tags):
            return None
        if tags[start] == ":":
            start += 1
        end = content_end(unit, start) if start < len(tags) else start
    elif lowers[after : after + 1] == ["that"] or tags[after : after + 1] == "t":
        start = after
        end = content_end(unit, start)
    elif after == noun + 1:
        last, start = after, after + 1
        end = object_end(unit, start) if tags[start] not in "sw" else content_end(unit, start)
    else:
        return None
    end = min(end, limit(unit, predicate.subject, start)) if end > start else end
    if end <= start:
        return None
    negated = any(lower in word_list("closed", "negation") for lower in lowers[predicate.start : noun])
    kind = AttributionType.STATEMENT if rule == "statement_saying" else AttributionType.ATTITUDE
    return Finding(
        rule, 0.7, unit.span(*predicate.subject), unit.span(predicate.start, last), (unit.span(start, end - 1),), kind, negated,
    )  # fmt: skip
