"""Orphan quotations: one that no verb introduces is given to the person of the sentence next to it.

"Ada Reyes was angry. "They never called us."" - the sentence before in the paragraph is asked first, then the one
behind, then the last one of the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.suggesters.combining.holding import Holders
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Reading, Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, is_negated
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.syntax.predicates import predicates_of
from annotator.suggesters.syntax.verb_groups import Predicate

# Fewer words are a heading or a scrap; a longer sentence's cue is its verb alone.
_FEWEST = 3
_SHORT = 4
# How many words may stand before the subject where no comma does.
_OPENING = 1
_SPEAKING = ("answer", "speak", "talk")
_REFUSING = ("decline", "refuse")
_FOR = re.compile(r"iN{1,3},")


def orphan_quotations(reading: Reading, done: Sequence[Finding]) -> list[Finding]:
    """The quotations that none of the findings `done` holds, each with the person who stands beside it."""
    alone = [at for at, unit in enumerate(reading.units) if _stands_alone(reading.text, unit)]
    if not alone:
        return []
    held = Holders(done)
    found: list[tuple[Finding, list[Span]]] = []
    last = -1
    for at in alone:
        said = reading.units[at].quotations[0].span
        if held.overlap(said):
            continue
        if found and last == at - 1:
            found[-1][1].append(said)
            last = at
            continue
        speaker = _speaker(reading, at)
        if speaker is not None and found and found[-1][0].source == speaker.source:
            found[-1][1].append(said)
            last = at
        elif speaker is not None:
            found.append((speaker, [said]))
            last = at
    return [speaker._replace(content=tuple(content)) for speaker, content in found]


def _stands_alone(text: str, unit: Unit) -> bool:
    """Whether a unit is nothing but whole sentences in quotation marks."""
    if unit.tags[:1] != pos.QUOTATION or unit.kind is not BlockKind.BODY or unit.tags.rstrip(".?!") != pos.QUOTATION:
        return False
    quotation = unit.quotations[0]
    inner = quotation.span.slice(text).rstrip("\"”’' »")
    whole = quotation.closed and quotation.capital and not quotation.title
    return whole and inner.endswith((".", "?", "!", "…")) and len(inner.split()) >= _FEWEST


def _speaker(reading: Reading, at: int) -> Finding | None:
    """The finding, still without content, of whoever the sentences around the unit are about."""
    unit = reading.units[at]
    before = reading.units[at - 1] if at else None
    behind = reading.units[at + 1] if at + 1 < len(reading.units) else None
    if before is not None and before.paragraph == unit.paragraph:
        found = person_of(before, registry.SENTENCE_THEN_QUOTE)
        if found is not None:
            return found
    if behind is not None and behind.paragraph == unit.paragraph:
        found = person_of(behind, registry.QUOTE_THEN_SENTENCE)
        if found is not None:
            return found
    if before is not None and before.kind is BlockKind.BODY:
        return person_of(before, registry.PARAGRAPH_THEN_QUOTE) if before.paragraph == unit.paragraph - 1 else None
    # An article that opens with a quotation names the speaker in the next paragraph.
    return person_of(behind, registry.QUOTE_THEN_PARAGRAPH) if behind is not None else None


def person_of(unit: Unit, rule: Rule) -> Finding | None:
    """What makes the subject of a sentence a speaker: it is a person, and what is told of it is no event done to it."""
    if unit.kind is not BlockKind.BODY or "Q" in unit.tags:
        return None
    opening = _FOR.match(unit.tags) if unit.lowers[0] == "for" else None
    if opening is not None:
        # "For Duarte, the matter is simple."
        return Finding(rule, unit.span(1, opening.end() - 2), unit.span(0, 0), ())
    for predicate in predicates_of(unit):
        if predicate.form != "finite" or predicate.subject is None or predicate.shared or predicate.after:
            continue
        first, last = predicate.subject
        if unit.lowers[first] in word_list("closed", "relative"):
            continue
        of_mind = unit.lowers[predicate.head] in cues("adjectives", "of_mind")
        if not _names_person(unit, first, last) or (first > _OPENING and unit.tags[first - 1] != ","):
            return None
        if (predicate.passive and not of_mind) or _keeps_silent(unit, predicate):
            return None
        end = len(unit.tags.rstrip(".?!")) - 1
        end = end if end - predicate.head <= _SHORT else predicate.head
        return Finding(rule, unit.span(first, last), unit.span(predicate.start, end), ())
    return None


def _keeps_silent(unit: Unit, predicate: Predicate) -> bool:
    """ "The mayor did not answer", "Doe declined to comment"."""
    speaks = predicate.lemma in cues("verbs", "say") or predicate.lemma in _SPEAKING
    return predicate.lemma in _REFUSING or (speaks and is_negated(unit, predicate))


def _names_person(unit: Unit, first: int, last: int) -> bool:
    """Whether the phrase is a pronoun of a person, a name without an article, or a role."""
    if first == last and unit.tags[first] == pos.PRONOUN:
        return unit.lowers[first] in ("he", "she")
    core = unit.tags[first : last + 1].split(",")[0]
    head = first + len(core) - 1
    known = word_list("sources", "role") | word_list("sources", "person") | word_list("closed", "title")
    if unit.lowers[head] in known:
        return True
    outlets = word_list("closed", "outlet") | unit.outlets
    return not core.strip("N") and outlets.isdisjoint(unit.lowers[first : head + 1])
