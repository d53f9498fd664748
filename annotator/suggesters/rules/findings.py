"""Findings: what a rule proposes, in offsets of the text, before it becomes an Attribution."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model.attribution import AttributionType
from annotator.model.late import NamedTuple
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import KINDS_OF_VERB, cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.syntax.recipients import interviewer
from annotator.suggesters.syntax.verb_groups import Predicate

_WORDS_OF_NOUN = pos.NOUNS + pos.ADJECTIVAL

_TYPES = {
    "say": AttributionType.STATEMENT,
    "think": AttributionType.BELIEF,
    "intend": AttributionType.INTENTION,
    "object": AttributionType.ATTITUDE,
}


class Finding(NamedTuple):
    """One proposed attribution: spans in code points, and the rule that made it.

    `block` says that the content is a block quote; a finding without content introduces what follows it.
    """

    rule: Rule
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    type: AttributionType = AttributionType.STATEMENT
    negated: bool = False
    relay: Span | None = None
    block: bool = False


def of_predicate(
    unit: Unit, predicate: Predicate, rule: Rule, content: Sequence[Span], *,
    last: int | None = None, frame: str = "say", relay: Span | None = None,
) -> Finding:  # fmt: skip
    """The finding of a verb and its subject; the cue ends at token `last` where that lies behind the verb."""
    assert predicate.subject is not None
    end = max(_cue_end(unit, predicate, spoken=rule.takes_manner), last or 0)
    if rule.takes_colon and unit.tags[end + 1 : end + 2] == ":":
        # An introducing colon belongs to the cue (PolNeAR, annotation guidelines).
        end += 1
    kinds = KINDS_OF_VERB[predicate.lemma]
    kind = _TYPES["say" if frame == "object" and "say" in kinds else frame]
    return Finding(
        rule,
        unit.span(*predicate.subject),
        unit.span(predicate.start, end),
        tuple(content),
        AttributionType.DECREE if "decree" in kinds else kind,
        is_negated(unit, predicate),
        relay or interviewer(unit),
    )


_DENYING = frozenset(("nor", "hardly"))


def is_negated(unit: Unit, predicate: Predicate) -> bool:
    """Whether the verb is denied, by itself ("never said", "nor said") or by its subject ("no minister said")."""
    lowers, negation = unit.lowers, word_list("closed", "negation")
    first = predicate.start
    if not negation.isdisjoint(lowers[first : predicate.head]) or (first and lowers[first - 1] == "nor"):
        return True
    if predicate.subject is None:
        return False
    # "Nor did she say", "hardly anyone believes".
    begin = predicate.subject[0]
    return lowers[begin] in negation or not _DENYING.isdisjoint(lowers[max(begin - 2, 0) : begin])


# "said Friday.", "said repeatedly.", "said with a laugh.": the day and the manner, where nothing follows them.
_MANNER = re.compile(r"(?:z|r|idj?n)(?=[.,;]|$)")


def _cue_end(unit: Unit, predicate: Predicate, *, spoken: bool) -> int:
    """The last word of a verb's cue: "in a statement", "on Twitter" and a particle ("pointed out") belong to it."""
    tags, lowers = unit.tags, unit.lowers
    end = predicate.head
    if spoken and "_".join([predicate.lemma, *lowers[end + 1 : end + 2]]) in cues("verbs", "particled"):
        return end + 1
    manner = _MANNER.match(tags, end + 1) if spoken and not predicate.after else None
    if manner is not None and (tags[end + 1] != pos.PREPOSITION or lowers[end + 1] == "with"):
        return manner.end() - 1
    if lowers[end + 1 : end + 2] == ["on"] and lowers[end + 2 : end + 3] in (["twitter"], ["facebook"]):
        return end + 2
    if lowers[end + 1 : end + 3] not in (["in", "a"], ["in", "an"]) or "say" not in KINDS_OF_VERB[predicate.lemma]:
        return end
    written = cues("light", "written")
    at = end + 3
    while at < len(tags) and tags[at] in _WORDS_OF_NOUN and lowers[at] not in written:
        at += 1
    return at if at < len(tags) and lowers[at] in written else end
