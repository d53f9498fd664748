"""Label rules: "Poll: ...", "DOE: ..." - a source that stands before a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.model.article import BlockKind
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.syntax.clauses import content_end, is_clause
from annotator.suggesters.syntax.verb_groups import Predicate

_LABEL = re.compile(r"[Nnj#pd]{1,7}:(?=Q|..)")
_SIGNED = re.compile(r"(?:Q[,.?!]?)?-(?P<name>N{1,4}(?:,[dnNjip#]+)*)\.?$")
_ASKS = ("what", "how", "why", "who", "when", "where", "which")
_BEHIND = re.compile(r"(?:(?<!^.):|(?<=Q)-)[Nnjdp]{1,4}$")


def label_findings(unit: Unit, _predicates: list[Predicate]) -> Iterator[Finding]:
    """The attribution of a label: in headlines, and in the body in capitals or before a quotation."""
    if ":" not in unit.tags and "-" not in unit.tags:
        return
    match = _LABEL.match(unit.tags)
    if match is None:
        yield from _behind(unit)
        yield from _signed(unit)
        return
    colon = match.end() - 1
    names = unit.forms[:colon]
    headline = unit.kind is BlockKind.HEADLINE or unit.paragraph == 0
    if not headline and unit.tags[colon + 1] != pos.QUOTATION and not all(name.isupper() for name in names):
        return
    if headline and unit.lowers[colon + 1] in _ASKS:
        # "Ferry: what comes next": a topic, and what is asked about it.
        return
    # A single letter is the Q or the A of an interview.
    if names == [names[0][:1]] or not cues("fixed", "no_source").isdisjoint(unit.lowers[:colon]):
        return
    end = content_end(unit, colon + 1)
    if end > colon + 1:
        yield Finding(
            registry.LABEL, unit.span(0, colon - 1), unit.span(colon, colon), (unit.span(colon + 1, end - 1),)
        )


def _signed(unit: Unit) -> Iterator[Finding]:
    """ "We are not afraid." — Ada Reyes, harbour master: a name behind a dash, in the line below too."""
    match = _SIGNED.match(unit.tags) if unit.kind is not BlockKind.HEADLINE else None
    if match is not None:
        first, last = match.start("name"), match.end("name") - 1
        content = (unit.quotations[0].span,) if 0 in unit.quotations else ()
        yield Finding(registry.SIGNED, unit.span(first, last), unit.span(first - 1, first - 1), content)


def _behind(unit: Unit) -> Iterator[Finding]:
    """Bridge is rotten: mayor - in a headline a person or a study that stands behind what it says."""
    match = _BEHIND.search(unit.tags) if unit.kind is BlockKind.HEADLINE else None
    if match is None:
        return
    colon, last = match.start(), len(unit.tags) - 1
    known = word_list("sources", "role") | word_list("closed", "title") | cues("fixed", "study")
    said = unit.tags[:colon]
    if unit.lowers[last] in known and (is_clause(said) or "Q" in said or "t" in said):
        source, cue = unit.span(colon + 1, last), unit.span(colon, colon)
        yield Finding(registry.LABEL, source, cue, (unit.span(0, colon - 1),))
