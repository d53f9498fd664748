"""Noun and adjective rules: "his claim that ...", "criticism of ...", "is confident that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.clauses import content_end, interrupted, object_end
from annotator.suggesters.findings import Finding
from annotator.suggesters.lexicon import cues, particles_of_noun
from annotator.suggesters.phrases import phrase_before
from annotator.suggesters.predicates import Predicate
from annotator.suggesters.units import Unit

_POSSESSIVE = frozenset("his her their its my our your".split())


def noun_findings(unit: Unit) -> Iterator[Finding]:
    """The attributions that nouns make: a possessor's, or nobody's where a clause follows."""
    tags, lowers = unit.tags, unit.lowers
    for at, tag in enumerate(tags):
        if tag != "n" or at + 2 >= len(tags):
            continue
        noun = lowers[at].removesuffix("s")
        clausal = noun in cues("nouns", "clause") and tags[at + 1] == "s" and lowers[at + 1] == "that"
        particle = lowers[at + 1] in particles_of_noun(noun)
        if not clausal and not particle:
            continue
        first = at
        while first > 0 and tags[first - 1] in "je" and unit.starts[first] - unit.ends[first - 1] == 1:
            first -= 1
        source = _possessor(unit, first)
        if source is None and not (clausal and lowers[at + 1] == "that"):
            continue
        start = at + 1 if clausal or tags[at + 1] == "t" else at + 2
        end = content_end(unit, start) if clausal else min(object_end(unit, start), interrupted(unit, start))
        if end <= start:
            continue
        yield Finding(
            "noun_clause" if clausal else "noun_object",
            0.6 if source else 0.5,
            source,
            unit.span(first, start - 1),
            (unit.span(start, end - 1),),
            AttributionType.STATEMENT if clausal else AttributionType.ATTITUDE,
        )


def _possessor(unit: Unit, first: int) -> Span | None:
    tags = unit.tags
    if first == 0:
        return None
    if tags[first - 1] == "p" and first > 1:
        phrase = phrase_before(unit, first - 2)
        return unit.span(phrase[0], first - 1) if phrase else None
    if unit.lowers[first - 1] in _POSSESSIVE:
        return unit.span(first - 1, first - 1)
    return None


def adjective_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of "is confident that", "are worried about", "was unwilling to"."""
    tags, lowers = unit.tags, unit.lowers
    for predicate in predicates:
        if predicate.lemma not in ("is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re", "'m", "feel", "remain", "seem") or predicate.subject is None:
            continue
        at = predicate.head + 1
        while at < len(tags) and tags[at] == "r":
            at += 1
        if at + 1 >= len(tags) or lowers[at] not in cues("adjectives", "of_mind"):
            continue
        following = lowers[at + 1]
        if following in ("about", "of", "with", "over", "for"):
            start = at + 2
            end = object_end(unit, start) if start < len(tags) else start
            last = at + 1
        elif tags[at + 1] in "st" or following in ("that", "whether", "if"):
            start = at + 1
            end, last = content_end(unit, start), at
        else:
            continue
        if end > start:
            yield Finding(
                "adjective", 0.6, unit.span(*predicate.subject), unit.span(predicate.start, last),
                (unit.span(start, end - 1),), AttributionType.BELIEF,
            )  # fmt: skip
