"""Passive rules: "is expected to ...", "was criticized by X", "asked whether ..." - often without a source."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import KINDS_OF_VERB, cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, is_negated
from annotator.suggesters.rules.quoting import PASSING_ON, passes_on
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.syntax.clauses import content_end, infinitive_end, is_clause, object_end
from annotator.suggesters.syntax.phrases import phrase_after, phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate

_ASKED_FOR = pos.DETERMINED + pos.QUOTATION
_CONTENT_LINKS = pos.any_of(pos.PREPOSITION, pos.SUBORDINATOR, pos.TO)
_LED = pos.SUBORDINATING + pos.TO + pos.QUOTATION
_STATE = pos.ADJECTIVAL + pos.TO + pos.ADVERB
_TAKEN_BY_SEEM = pos.DETERMINED + pos.SUBORDINATOR + pos.PREPOSITION + pos.GERUND


def passive_verbs() -> frozenset[str]:
    """The lemmas of the verbs that these rules know."""
    kinds = ("say", "think", "object", "passive", "reduced", "seeming")
    return frozenset({"ask"}).union(*(cues("verbs", kind) for kind in kinds))


def passive_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of passive verbs, of "seems" and "appears", and of "asked whether"."""
    for predicate in predicates:
        if predicate.lemma in PASSING_ON and passes_on(unit, predicate):
            continue
        if predicate.passive and predicate.subject is not None:
            finding = _by_agent(unit, predicate) or _sourceless(unit, predicate)
        else:
            finding = _without_auxiliary(unit, predicate)
        if finding is not None:
            yield finding


def _without_auxiliary(unit: Unit, predicate: Predicate) -> Finding | None:
    """What a bare participle attributes, and "seems", "appears" and "asked"."""
    form, kinds = predicate.form, KINDS_OF_VERB[predicate.lemma]
    if form == "participle" and unit.lowers[predicate.start - 1 : predicate.start] == ["as"]:
        return _as_reported(unit, predicate)
    if form == "participle" and "reduced" in kinds:
        return _reduced(unit, predicate)
    if form == "finite" and "seeming" in kinds:
        return _seeming(unit, predicate)
    if predicate.lemma == "ask" and form in ("participle", "finite") and predicate.subject is None:
        return _asked(unit, predicate)
    return None


def _by_agent(unit: Unit, predicate: Predicate) -> Finding | None:
    tags = unit.tags
    by = predicate.head + 1
    if (
        predicate.subject is None
        or by + 1 >= len(tags)
        or unit.lowers[by] != "by"
        or tags[by + 1] == pos.GERUND
        or unit.lowers[by + 1] == "name"
    ):
        return None
    if not any(predicate.lemma in cues("verbs", kind) for kind in ("say", "think", "object")):
        return None
    agent = phrase_after(unit, by + 1)
    if agent is None:
        return None
    content = [unit.span(*predicate.subject)]
    after = agent[1] + 1
    if tags[after : after + 1] in _CONTENT_LINKS:
        end = content_end(unit, after)
        if end > after:
            content.append(unit.span(after, end - 1))
    cue = unit.span(predicate.start, predicate.head)
    negated = is_negated(unit, predicate)
    return Finding(
        registry.PASSIVE_BY, unit.span(*agent), cue, tuple(content), AttributionType.ATTITUDE, negated=negated
    )


def _reduced(unit: Unit, predicate: Predicate) -> Finding | None:
    """The plan, opposed by the guild, ...; a fact first reported by the Courier."""
    by, before = predicate.head + 1, predicate.start - 1
    if unit.lowers[by : by + 1] != ["by"] or by + 1 >= len(unit.tags) or before < 0:
        return None
    agent = phrase_after(unit, by + 1)
    thing = phrase_before(unit, before - 1 if unit.tags[before] == "," else before)
    if agent is None or thing is None:
        return None
    cue = unit.span(predicate.start, predicate.head)
    return Finding(registry.PASSIVE_BY, unit.span(*agent), cue, (unit.span(*thing),), AttributionType.ATTITUDE)


def _as_reported(unit: Unit, predicate: Predicate) -> Finding | None:
    """As first reported by the Courier, the ramp is closed."""
    tags, by = unit.tags, predicate.head + 1
    if predicate.lemma not in cues("verbs", "say") or unit.lowers[by : by + 1] != ["by"] or by + 1 >= len(tags):
        return None
    agent = phrase_after(unit, by + 1)
    if agent is None:
        return None
    before, after = predicate.start - 1, agent[1] + 2
    if before <= 1 and tags[after - 1 : after] == "," and after < len(tags):
        content = unit.span(after, max(content_end(unit, after), after + 1) - 1)
    elif before > 1 and tags[before - 1] == ",":
        content = unit.span(0, before - 2)
    else:
        return None
    return Finding(registry.AS_SAID, unit.span(*agent), unit.span(predicate.start, predicate.head), (content,))


def _sourceless(unit: Unit, predicate: Predicate) -> Finding | None:
    tags, lowers = unit.tags, unit.lowers
    after = predicate.head + 1
    if predicate.lemma not in cues("verbs", "passive") or after >= len(tags) or predicate.subject is None:
        return None
    impersonal = lowers[predicate.subject[0]] == "it" and tags[after] == pos.SUBORDINATOR
    if not impersonal and lowers[predicate.head] in cues("adjectives", "of_mind"):
        # "Doe is convinced that ...": nobody did it, he thinks so.
        return None
    pair = f"{predicate.lemma}_{lowers[after]}"
    with_preposition = pair in cues("verbs", "passive_pair")
    named = predicate.lemma in cues("verbs", "naming") and tags[after] in pos.PHRASE
    led = tags[after] in _LED or lowers[after] in ("as", "of", "about") or with_preposition or named
    if not impersonal and not led:
        return None
    # "is seen as": here the preposition is a part of the cue, as in an active phrasal verb.
    last = after if (lowers[after] == "as" or with_preposition) and after + 1 < len(tags) else predicate.head
    # Who was asked is no part of the question.
    return _nobodys(unit, registry.PASSIVE, predicate, last, whole=not impersonal and predicate.lemma != "ask")


def _seeming(unit: Unit, predicate: Predicate) -> Finding | None:
    tags = unit.tags
    after = predicate.head + 1
    if after >= len(tags) or predicate.subject is None:
        return None
    if unit.lowers[predicate.subject[0]] == "it" and is_clause(tags[after:], start_only=True):
        return _nobodys(unit, registry.SEEMING, predicate, predicate.head, whole=False)
    state = tags[after] in _STATE or unit.lowers[after].endswith("ed")
    taken = state or (predicate.lemma == "seem" and tags[after] in _TAKEN_BY_SEEM)
    whole = unit.lowers[predicate.subject[0]] != "it" or tags[after] == pos.TO
    return _nobodys(unit, registry.SEEMING, predicate, predicate.head, whole=whole) if taken else None


def _nobodys(unit: Unit, rule: Rule, predicate: Predicate, last: int, *, whole: bool) -> Finding | None:
    """A finding without a source, its cue up to token `last`; `whole` where the subject is a part of the content."""
    after = last + 1
    end = infinitive_end(unit, after)
    if end <= after or predicate.subject is None:
        return None
    subject = (unit.span(*predicate.subject),) if whole else ()
    cue = unit.span(predicate.start, last)
    content = (*subject, unit.span(after, end - 1))
    return Finding(rule, None, cue, content, AttributionType.BELIEF, negated=is_negated(unit, predicate))


def _asked(unit: Unit, predicate: Predicate) -> Finding | None:
    """Asked whether the bridge was safe, she said no: often nobody is named who asked."""
    tags, lowers = unit.tags, unit.lowers
    if predicate.start > 2 and lowers[predicate.start - 1] != "when":
        return None
    start, last = predicate.head + 1, predicate.head
    source: Span | None = None
    if lowers[start : start + 1] == ["by"]:
        agent = phrase_after(unit, start + 1)
        if agent is not None:
            source, start = unit.span(*agent), agent[1] + 1
    if lowers[start : start + 1] == ["about"]:
        last, start = start, start + 1
    if start >= len(tags):
        return None
    comma = tags.find(",", start + 1)
    end = object_end(unit, start) if tags[start] in _ASKED_FOR else content_end(unit, start)
    end = min(end, comma) if comma > 0 else end
    if end <= start:
        return None
    return Finding(registry.ASKED, source, unit.span(predicate.head, last), (unit.span(start, end - 1),))
