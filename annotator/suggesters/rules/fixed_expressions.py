"""Fixed expressions: "according to X", "in the latest poll", and what attributes to nobody ("reportedly")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.syntax.clauses import content_end
from annotator.suggesters.syntax.phrase_end import phrase_end
from annotator.suggesters.syntax.phrases import phrase_after, phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate

_COMMA_OR_CONJUNCTION = pos.CONJUNCTION + ","
_GOES_ON = pos.any_of(pos.ASSERTING, pos.PREPOSITION, pos.CONJUNCTION)

_CITING = (["citing"], ["quoting"])

_OPENING = frozenset(("according", "in", "per", "by"))


def fixed_expression_findings(unit: Unit, _predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of a unit that a fixed expression makes."""
    opening = words_of_expressions()
    for at, lower in [word for word in enumerate(unit.lowers) if word[1] in opening]:
        finding = _expression(unit, at, lower)
        if finding is not None:
            yield finding


@cache
def words_of_expressions() -> frozenset[str]:
    """The words that tell of an expression."""
    return cues("fixed", "adverb") | cues("fixed", "worded") | _OPENING


def _expression(unit: Unit, at: int, lower: str) -> Finding | None:
    """The attribution of the expression whose first word, or in "in his words" whose noun, stands at a token."""
    lowers, following = unit.lowers, unit.tags[at + 1 : at + 2]
    if lower == "according" and lowers[at + 1 : at + 2] == ["to"]:
        return _sourced(unit, registry.ACCORDING_TO, at, at + 1)
    if lower == "in" and not cues("fixed", "survey").isdisjoint(lowers[at + 1 :]):
        return _sourced(unit, registry.IN_POLL, at, at, among=cues("fixed", "survey"))
    if lower == "per" and following in pos.DETERMINER_OR_NAME and (not at or unit.tags[at - 1] == ","):
        return _sourced(unit, registry.ACCORDING_TO, at, at)
    if lower in cues("fixed", "worded"):
        return _worded(unit, at)
    if lower in cues("fixed", "adverb"):
        return _sourceless(unit, at, at)
    if lower == "by" and lowers[at + 1 : at + 3] == ["many", "accounts"]:
        return _sourceless(unit, at, at + 2)
    return None


def _sourced(unit: Unit, rule: Rule, first: int, last: int, among: frozenset[str] = frozenset()) -> Finding | None:
    """The cue from `first` to `last` and the source behind it, which has one of the words in `among`, if any."""
    source = phrase_after(unit, last + 1)
    if source is not None and first <= 1 and unit.tags[source[1] + 1 : source[1] + 2] != ",":
        # "According to the port, 12 ships are late": where nothing closes it, it is no apposition.
        core = phrase_end(unit, last + 1)
        if core is not None and unit.tags[core : core + 1] == ",":
            source = (source[0], core - 1)
    if source is None or (among and among.isdisjoint(unit.lowers[source[0] : source[1] + 1])):
        return None
    content = _around(unit, first, source[1] + 1)
    return Finding(rule, unit.span(*source), unit.span(first, last), content) if content else None


def _worded(unit: Unit, noun: int) -> Finding | None:
    """In his words, "..."; the ramp, in the mayor's view, is safe; in the words of Doe, ..."""
    tags, lowers = unit.tags, unit.lowers
    if lowers[noun + 1 : noun + 2] == ["of"] and lowers[max(noun - 2, 0) : noun] == ["in", "the"]:
        source, first, last = phrase_after(unit, noun + 2), noun - 2, noun + 1
        after = source[1] + 1 if source is not None else noun
    elif noun > 1 and lowers[noun - 1] in cues("nouns", "possessive"):
        source, first, last, after = (noun - 1, noun - 1), noun - 2, noun, noun + 1
    elif noun > 2 and tags[noun - 1] == pos.POSSESSIVE:
        owner = phrase_before(unit, noun - 2)
        led = max((at for at in range(noun - 1) if lowers[at] == "in"), default=-1)
        if owner is None or led < 0 or owner[0] > led + 1:
            return None
        source, first, last, after = (led + 1, noun - 1), led, noun, noun + 1
    else:
        return None
    set_off = tags[after : after + 1] == "," and (not first or tags[first - 1] in _COMMA_OR_CONJUNCTION)
    if source is None or lowers[first] != "in" or not set_off:
        return None
    cue = unit.span(first if lowers[last] == "of" else last, last)
    content = _around(unit, first, after)
    return Finding(registry.IN_WORDS, unit.span(*source), cue, content) if content else None


def _around(unit: Unit, first: int, after: int) -> tuple[Span, ...]:
    """The clause behind the expression where that opens the unit; otherwise what is before it, and what goes on."""
    tags = unit.tags
    if tags[after : after + 1] == ",":
        cited = tags.find(",", after + 1) if unit.lowers[after + 1 : after + 2] in _CITING else -1
        # "According to Reuters, citing police, the ramp is shut": who is cited is no part of what is said.
        after = max(after, cited) + 1
    before = first
    while before > 0 and tags[before - 1] in ",-(":
        before -= 1
    alone = before <= 1 and tags[:1] != pos.QUOTATION
    if alone or (before == 2 and tags[0] == pos.CONJUNCTION) or tags[before - 1] == pos.SUBORDINATOR:
        return _right(unit, after)
    start = tags.rfind(";", 0, before) + 1
    if start >= before:
        start = 0
    inserted = tags[first - 1] == "," and tags[after - 1] == "," and tags[after : after + 1] in _GOES_ON
    return (unit.span(start, before - 1), *(_right(unit, after) if inserted else ()))


def _sourceless(unit: Unit, first: int, last: int) -> Finding | None:
    """What stands on both sides of the adverb, which belongs to nobody."""
    tags = unit.tags
    before, after = first, last + 1
    while before > 0 and tags[before - 1] == ",":
        before -= 1
    if tags[after : after + 1] == ",":
        after += 1
    left = (unit.span(0, before - 1),) if before else ()
    content = (*left, *_right(unit, after))
    return Finding(registry.ADVERB, None, unit.span(first, last), content) if content else None


def _right(unit: Unit, start: int) -> tuple[Span, ...]:
    if start >= len(unit.tags):
        return ()
    end = content_end(unit, start)
    return (unit.span(start, end - 1),) if end > start else ()
