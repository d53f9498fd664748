"""Quoting: an outlet that passes on somebody's words, as in "the Courier quoted the engineer as saying ..."."""

from __future__ import annotations

from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, is_negated
from annotator.suggesters.syntax.clauses import content_end, is_clause
from annotator.suggesters.syntax.phrases import head_of, phrase_after
from annotator.suggesters.syntax.recipients import outlet
from annotator.suggesters.syntax.verb_groups import Predicate

_ENDS_QUOTED = pos.ASSERTING + pos.QUOTATION + ",;:."

# Verbs that "as saying" may follow.
PASSING_ON = frozenset(("quote", "cite"))
_SAYING = frozenset(("saying", "telling", "stating", "claiming", "warning"))


def passes_on(unit: Unit, predicate: Predicate) -> bool:
    """Whether "as saying" follows the verb, and its object or its agent at most between."""
    return _saying(unit, predicate) is not None


def quoted_as(unit: Unit, predicate: Predicate) -> Finding | None:
    """The words of whom somebody quotes "as saying" them; the outlet that quotes is the relay."""
    saying = _saying(unit, predicate)
    if saying is None or predicate.subject is None:
        return None
    behind, start = predicate.head + 1, saying - 1
    if predicate.passive:
        source, first = predicate.subject, predicate.start
        relay = None
        if behind < start:
            # The cue is in one piece: who quotes stands between "was quoted" and "as saying".
            first, relay = start, outlet(unit, behind + 1) if unit.lowers[behind] == "by" else None
    else:
        person = phrase_after(unit, behind)
        if person is None:
            return None
        source, first, relay = person, start, outlet(unit, predicate.subject[0])
    content = _content(unit, predicate, saying + 1)
    if content is None:
        return None
    cue = unit.span(first, saying)
    return Finding(
        registry.QUOTED_AS, unit.span(*source), cue, (content,), negated=is_negated(unit, predicate), relay=relay
    )


def _saying(unit: Unit, predicate: Predicate) -> int | None:
    """The token of "saying" in "quoted ... as saying"; None where there is none before the next mark."""
    if predicate.lemma not in PASSING_ON or predicate.form not in ("finite", "gerund"):
        return None
    for at in range(predicate.head + 1, len(unit.lowers) - 1):
        if unit.lowers[at] == "as" and unit.lowers[at + 1] in _SAYING:
            return at + 1
        if unit.tags[at] in _ENDS_QUOTED:
            return None
    return None


def _content(unit: Unit, predicate: Predicate, after: int) -> Span | None:
    """What follows "saying"; or, where nothing does, what stands before whoever quotes."""
    tags = unit.tags
    while tags[after : after + 1] in (",", ":"):
        after += 1
    if tags[after:].strip(".?!"):
        end = content_end(unit, after)
        return unit.span(after, end - 1) if end > after else None
    assert predicate.subject is not None
    stop = predicate.subject[0]
    if not stop or tags[stop - 1] not in ",.?!":
        return None
    while stop and tags[stop - 1] in ",.?!":
        stop -= 1
    said = tags[:stop]
    return unit.span(0, stop - 1) if "Q" in said or is_clause(said) else None


def with_cited(unit: Unit, found: list[Finding]) -> list[Finding]:
    """The findings; where an outlet reports "citing two officials", these are the source of the same words.

    The people cited become the source, whoever cites them the relay where that is an outlet.
    """
    if _CITING.isdisjoint(unit.lowers):
        return found
    report = next((finding for finding in found if finding.rule.cites), None)
    if report is None or report.source is None:
        return found
    relay = outlet(unit, unit.starts.index(report.source.start)) if report.source.start in unit.starts else None
    return [
        Finding(registry.CITED, finding.content[0], finding.cue, report.content, relay=relay)
        if finding.rule is registry.OBJECT and _cites_somebody(unit, finding, by_outlet=relay is not None)
        else finding
        for finding in found
    ]


# "Reported, quoting police": the verbs that a report may cite its people by.
_CITING = frozenset(("citing", "quoting"))


def _cites_somebody(unit: Unit, finding: Finding, *, by_outlet: bool) -> bool:
    """Whether somebody is cited, and not a reason: "citing two officials", and not "citing weak demand".

    An outlet cites bodies for what it reports; a speaker who cites these, or anybody who cites a paper, gives a reason.
    """
    if finding.cue is None or unit.lowers[unit.starts.index(finding.cue.start)] not in _CITING:
        return False
    head = head_of(unit, finding.content[0])
    if head in word_list("sources", "role") or head in word_list("sources", "hidden"):
        return True
    return by_outlet and any(head in word_list("sources", words) for words in ("common", "cited"))
