"""Reported: what a paraphrase reports of somebody else, as in "Reuters reported that the union said the port is shut".

Only what is sure is found, because one key takes all that is proposed for a claim: a verb of saying or promising
that is a fact, a source that can be named, and a clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.combining.holding import Holders, size_of
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.syntax.clauses import is_clause, without_stops

_NAMELESS = pos.PRONOUN + pos.NUMBER + '"'
_NO_SUBJECT = pos.PREPOSITION + "-"

_HAPPENED = frozenset(pos.FINITE + pos.BE + pos.HAVE + pos.DO)
_NOT_HAPPENED = frozenset(pos.MODAL_OR_TO + pos.GERUND)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SAYING = _words(
    """say tell add argue claim state announce report declare assert acknowledge admit allege contend insist maintain
    warn reveal stress suggest write tweet testify conclude reiterate complain confirm disclose concede deny estimate
    caution explain note promise vow pledge assure inform"""
)
_FINDING = _words("show find indicate suggest conclude estimate reveal")
_PROMISING = _words("promise vow pledge threaten refuse agree urge order ask warn demand call")
# Whoever these are, nobody could name them.
_NOBODY = _words(
    """i we you he she it they one none nobody everybody everyone anybody anyone somebody someone who which that what
    this these those there both all some many most few more half others each neither either people any no every
    his her their its my our your"""
)
_ROUGHLY = _words("about around nearly almost over")
# "He said ..., according to the union": the union is not "he".
_PERSONS = _words("he she")
_OPEN = _words("whether if how why what when where who which")
# Behind these a clause is supposed, or is about something else: "what Bali says she did".
_SUPPOSED = _words("if unless whether lest until what which who whom")
# What is as often a noun needs more than a clause behind it to be a verb.
_NOUNS_TOO = _words("states reports claims notes estimates charges promises")
_PLURAL = _words("people police men women children")


def reported_findings(unit: Unit, inside: Sequence[Finding], outer: Sequence[Finding]) -> Iterator[Finding]:
    """Those of the findings `inside` others' contents that `outer` or each other report, and that are sure."""
    layers = list(outer)
    inside = [_not_relative(unit, finding, outer) for finding in inside]
    for finding in inside:
        around = [other for other in (*outer, *inside) if other is not finding and _reports(other, finding)]
        # A report inside one that is not sure would hang on the wrong one.
        if not around or not all(other in layers for other in around):
            continue
        if is_sure(unit, finding, around) and not any(_same(unit, finding, other) for other in around):
            layers.append(finding)
            content = _tidied(unit, finding.content)
            if content:
                yield finding._replace(rule=finding.rule.as_nested(), content=content)


def _not_relative(unit: Unit, finding: Finding, outer: Iterable[Finding]) -> Finding:
    """ "Told the Courier that Bali promised to pay": what opens another's content as "that" is no relative pronoun."""
    if finding.rule is not registry.FRONTED or len(finding.content) == 1:
        return finding
    that, rest = finding.content[0], finding.content[1:]
    if not any(other.content and other.content[0].start == that.start and _holds(other, finding) for other in outer):
        return finding
    to = unit.tags[_tokens(unit, rest[0]).start] == pos.TO
    return finding._replace(rule=registry.INTENDS if to else registry.SAID_CLAUSE, content=rest)


def fitted(inside: Iterable[Finding], outer: Sequence[Finding]) -> list[Finding]:
    """The findings `inside`, each cut to the smallest other that holds its cue; those that none holds are left out."""
    ordered = sorted(inside, key=size_of, reverse=True)
    if not ordered:
        return []
    kept: list[Finding] = []
    holders = Holders(outer)
    for finding in ordered:
        around = holders.smallest(finding.cue) if finding.cue is not None else None
        content = _common(finding.content, holders.content_near(around, finding.content)) if around else ()
        if content:
            kept.append(finding._replace(content=content))
            holders.add(kept[-1])
    return kept


def _common(content: Iterable[Span], around: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(
        Span(max(span.start, outer.start), min(span.end, outer.end))
        for span in content
        for outer in around
        if span.overlaps(outer)
    )


def _holds(outer: Finding, finding: Finding) -> bool:
    return finding.cue is not None and any(span.contains(finding.cue) for span in outer.content)


def _reports(outer: Finding, finding: Finding) -> bool:
    """Whether the one says what the other is a part of."""
    return outer.rule.reports and _holds(outer, finding)


def is_sure(unit: Unit, finding: Finding, around: Sequence[Finding]) -> bool:
    """Whether a finding reports what somebody other than the speakers `around` it said, promised or showed."""
    if finding.source is None or finding.cue is None or not finding.content:
        return False
    if any(other.type is not AttributionType.STATEMENT for other in around):
        return False
    cue, source, content = (_tokens(unit, span) for span in (finding.cue, finding.source, finding.content[0]))
    another = len(source) == 1 and unit.lowers[source.start] in _PERSONS
    if not _names(unit, finding.source) and not (another and _are_sources_only(around)):
        return False
    if finding.rule is registry.ACCORDING_TO:
        return True
    first = min(cue.start, source.start)
    if not _happened(unit, cue, source) or (first and unit.lowers[first - 1] in _SUPPOSED):
        return False
    lemmas = {lemma_of(unit.lowers[at]) for at in cue}
    if finding.rule is registry.INTENDS:
        return bool(lemmas & _PROMISING)
    if not finding.rule.clause or unit.lowers[content.start] in _OPEN:
        return False
    if finding.rule is registry.SAID_CLAUSE and not _is_bare_clause(unit, cue, content):
        return False
    return bool(lemmas & _SAYING) or (bool(lemmas & _FINDING) and _studies(unit, source))


def _are_sources_only(around: Sequence[Finding]) -> bool:
    return bool(around) and all(other.rule is registry.ACCORDING_TO for other in around)


def _happened(unit: Unit, cue: range, source: range) -> bool:
    """Whether the cue is a finite verb: "would say", "to say" and "saying" report nothing that was said for sure."""
    tags = set(unit.tags[cue.start : cue.stop])
    if tags & _NOT_HAPPENED or not tags & _HAPPENED:
        return False
    verb = unit.lowers[cue.start]
    if len(cue) == 1 and cue.start > source.start and verb == lemma_of(verb):
        head = unit.lowers[source.stop - 1]
        return head.endswith("s") or head in _PLURAL
    return True


def _is_bare_clause(unit: Unit, cue: range, content: range) -> bool:
    """Whether a subject and its verb follow, and the cue cannot be a noun with an apposition."""
    tags = unit.tags[content.start : content.stop]
    if tags.startswith("Q") or unit.tags[content.start - 1] == ":":
        return True
    return tags[0] not in _NO_SUBJECT and unit.lowers[cue.start] not in _NOUNS_TOO and is_clause(tags, start_only=True)


def _names(unit: Unit, source: Span) -> bool:
    """Whether somebody or something particular can be meant: no pronoun, no share of people, nothing with a verb."""
    head = _head(unit, source)
    lowers, tags = unit.lowers[head.start : head.stop], unit.tags[head.start : head.stop]
    if (
        not tags
        or lowers[0] in _NOBODY
        or "percent" in lowers
        or tags[0] in _NAMELESS
        or (tags[0] == pos.PREPOSITION and lowers[0] not in _ROUGHLY)
    ):
        return False
    if tags == pos.NOUN and not lowers[0].endswith("s") and cues("fixed", "study").isdisjoint(lowers):
        # One bare noun is a part of something else that was not understood.
        return False
    return tags[-1] in pos.HEADS and set(tags).isdisjoint(pos.FINITE_GROUP + pos.QUOTATION)


def _head(unit: Unit, source: Span) -> range:
    """The source's tokens without what is set off behind a comma or a dash."""
    tokens = _tokens(unit, source)
    end = next((at for at in tokens if unit.tags[at] in ",-"), tokens.stop)
    return range(tokens.start, end)


def _same(unit: Unit, finding: Finding, parent: Finding) -> bool:
    """Whether both sources end in one name: somebody who reports himself is no other source."""
    if finding.source is None or parent.source is None:
        return False
    if parent.cue is not None and finding.source.overlaps(parent.cue):
        return True
    mine, theirs = _head(unit, finding.source), _head(unit, parent.source)
    return not mine or not theirs or unit.lowers[mine[-1]] == unit.lowers[theirs[-1]]


def _studies(unit: Unit, source: range) -> bool:
    return not cues("fixed", "study").isdisjoint(unit.lowers[source.start : source.stop])


def _tidied(unit: Unit, content: Iterable[Span]) -> tuple[Span, ...]:
    """The content without stops at its end, which a speaker set off by commas leaves there."""
    kept = []
    for span in content:
        tokens = _tokens(unit, span)
        end = without_stops(unit.tags, tokens.start, tokens.stop)
        if end > tokens.start:
            kept.append(unit.span(tokens.start, end - 1))
    return tuple(kept)


def _tokens(unit: Unit, span: Span) -> range:
    """The numbers of the unit's tokens that begin in the span."""
    return range(bisect_left(unit.starts, span.start), bisect_left(unit.starts, span.end))
