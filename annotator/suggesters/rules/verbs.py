"""Verb rules: a source and what it says, thinks, wants or judges, found from the verb that attributes."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import attributing, cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules.complements import preposed
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.introductions import introduction
from annotator.suggesters.rules.quoting import PASSING_ON, quoted_as
from annotator.suggesters.rules.speech import as_said, fronted, postposed, so_said
from annotator.suggesters.syntax.phrases import phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate

# How many words may stand between an infinitive and the verb that it hangs on.
_NEAR = 3

_CAUSED = frozenset(pos.NOUNS + pos.PRONOUNS)
_SEPARATES = (
    pos.NAME_OR_PRONOUN
    + pos.OBJECT_PRONOUN
    + pos.CLAUSE_LINKS
    + pos.PREPOSITION
    + pos.PARTICIPLE
    + pos.QUOTATION
    + ",;:-"
)


def speaking_verbs() -> frozenset[str]:
    """The lemmas of the verbs that these rules know."""
    return attributing() | PASSING_ON


def verb_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions that the verbs of a unit make, in the order of their cues."""
    # Whatever its verb, a quotation may have a speaker and a colon a speaker before it.
    around_any = pos.QUOTATION in unit.tags or ":" in unit.tags
    introducing = introduction(unit, predicates)
    if introducing is not None:
        yield introducing
    for predicate in predicates:
        finding = quoted_as(unit, predicate) if predicate.lemma in PASSING_ON else None
        if finding is None and _attributes(unit, predicate):
            if predicate.form == "infinitive":
                finding = _of_infinitive(unit, predicate, predicates)
            elif predicate.lemma in attributing() or around_any:
                finding = _of_verb(unit, predicate)
        if finding is not None:
            yield finding


def _attributes(unit: Unit, predicate: Predicate) -> bool:
    if predicate.subject is None or predicate.passive or predicate.form in ("participle", "base"):
        return False
    return not _asks(unit, predicate)


def _of_verb(unit: Unit, predicate: Predicate) -> Finding | None:
    """What the first of the rules of verbs finds that finds anything."""
    for rule in (so_said, postposed, fronted, as_said, preposed):
        finding = rule(unit, predicate)
        if finding is not None:
            return finding
    return None


def _of_infinitive(unit: Unit, infinitive: Predicate, predicates: list[Predicate]) -> Finding | None:
    if infinitive.lemma not in cues("verbs", "say") and infinitive.lemma not in cues("verbs", "object"):
        return None
    governed = _governed(unit, infinitive, predicates)
    if governed is not None:
        return _of_verb(unit, governed)
    # "To praise the plan" is a purpose; only "to say that ..." is said all the same.
    spoken = preposed(unit, infinitive)
    return spoken if spoken is not None and spoken.rule.id in ("to_said_that", "to_said_clause") else None


def _asks(unit: Unit, predicate: Predicate) -> bool:
    """ "Who knew?" asks for a source and has none; "Do they support the ramp?" tells of no support."""
    assert predicate.subject is not None
    first, last = predicate.subject
    if first == last == 0:
        return unit.tags[0] == pos.RELATIVE
    asked = first > 0 and unit.tags[first - 1] == pos.DO and unit.tags.rstrip('"').endswith("?")
    return asked and predicate.lemma not in cues("verbs", "think")


def _governed(unit: Unit, infinitive: Predicate, predicates: list[Predicate]) -> Predicate | None:
    """The infinitive with the verb that it hangs on: "did little to discourage" is one cue; None for mere purposes."""
    for governor in reversed(predicates):
        if governor.head >= infinitive.start or governor.form != "finite":
            continue
        if any(governor.lemma in cues("verbs", kind) for kind in ("say", "think", "intend")):
            return None
        first, last = governor.head + 1, infinitive.start
        between = unit.tags[first:last]
        if governor.lemma in cues("verbs", "causing") and set(between) & _CAUSED:
            led = phrase_before(unit, last - 1)
            return infinitive._replace(subject=led) if led is not None and led[0] >= first else None
        impersonal = unit.lowers[infinitive.subject[0]] in ("it", "that", "this") if infinitive.subject else True
        if (
            governor.subject == infinitive.subject
            and not impersonal
            and (between or governor.lemma not in cues("verbs", "silent"))
            and len(between) <= _NEAR
            and set(between).isdisjoint(_SEPARATES)
        ):
            return infinitive._replace(start=governor.start)
        return None
    return None
