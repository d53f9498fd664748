"""How good the span mode's candidates are: of what is not as suggested, how much is first and how much has a digit.

Run it with `python -m benchmarks.candidates [GOLD.jsonl[.gz]]` (without a file: two of our own seeds). A gold
attribution is held against the suggestion whose cue overlaps its own. Where there is none, its cue is looked for first,
then its content behind the right cue, then its source with the right cue and the first content that is offered. Where
there is one, what differs is looked for with the right cue and everything else as suggested.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.model.attribution import Role
from annotator.model.candidates import MOST, Marks
from annotator.model.span import Span
from annotator.segmentation import split
from annotator.suggesters import suggest
from annotator.suggesters.candidates import Candidates
from benchmarks.apparatus.table import print_table
from benchmarks.keystroke.gold import Gold, Marked, chosen, marked, read_gold
from benchmarks.keystrokes import SEEDS

Found = tuple[str, int]
"""What was looked for, and which of the candidates it is, counted from 1; 0 where it is none of them."""


def found_in(gold: Gold) -> Iterator[Found]:
    """What is not as suggested in an article, and where among the candidates it is."""
    text = gold.article.text
    segmentation = split(text)
    suggestions = suggest(text, segmentation, publisher=gold.article.publication.publisher)
    suggested = [marked(each.attribution) for each in suggestions.attributions]
    known = Candidates(text, segmentation)
    for wanted in gold.attributions:
        start = wanted.content[0].start
        claims = [sentence.span for sentence in segmentation.sentences]
        claim = next((span for span in claims if span.start <= start < span.end), None)
        if claim is None or wanted in suggested or wanted.cue is None:
            continue
        meant = (each for each in suggested if each.cue is not None and each.cue.overlaps(wanted.cue))
        other = next((each for each in meant if each not in gold.attributions), None)
        yield from _new(known, claim, wanted, wanted.cue) if other is None else _mended(known, claim, wanted, other)


def _new(known: Candidates, claim: Span, wanted: Marked, cue: Span) -> Iterator[Found]:
    yield "nothing suggested: cue", _place(known.of(Role.CUE, claim, Marks()), [cue])
    contents = known.of(Role.CONTENT, claim, Marks(cue=cue))
    yield "nothing suggested: content", _place(contents, wanted.content)
    if wanted.source:
        sources = known.of(Role.SOURCE, claim, Marks((), cue, tuple(contents[:1])))
        yield "nothing suggested: source", _place(sources, wanted.source)
    made = known.completion(claim, cue)
    yield "nothing suggested: content and source by the cue alone", int(_marked(made) == wanted)


def _mended(known: Candidates, claim: Span, wanted: Marked, other: Marked) -> Iterator[Found]:
    suggested = Marks(other.source, other.cue, other.content)
    changes = [_marked(_changed(known, claim, suggested, *change)) for change in known.alternatives(claim, suggested)]
    yield "suggested otherwise: right by one change", changes.index(wanted) + 1 if wanted in changes else 0
    assert wanted.cue is not None
    if other.cue != wanted.cue:
        yield "suggested otherwise: cue", _place(known.of(Role.CUE, claim, suggested), [wanted.cue])
    with_cue = Marks(other.source, wanted.cue, other.content)
    if other.content != wanted.content:
        missing = [span for span in wanted.content if span not in other.content]
        yield "suggested otherwise: content", _place(known.of(Role.CONTENT, claim, with_cue), missing)
    if wanted.source and other.source != wanted.source:
        missing = [span for span in wanted.source if span not in other.source]
        yield "suggested otherwise: source", _place(known.of(Role.SOURCE, claim, with_cue), missing)


def _changed(known: Candidates, claim: Span, marks: Marks, role: Role, span: Span) -> Marks:
    if role is Role.CUE:
        return known.with_cue(claim, marks, span)
    return Marks(*((span,), marks.cue, marks.content) if role is Role.SOURCE else (marks.source, marks.cue, (span,)))


def _marked(marks: Marks) -> Marked:
    return Marked(tuple(sorted(marks.content)), marks.cue, tuple(sorted(marks.source)))


def _place(offered: Sequence[Span], wanted: Sequence[Span]) -> int:
    """The first of the candidates that is one of the wanted pieces, counted from 1; 0 where none is."""
    return next((number for number, span in enumerate(offered, start=1) if span in wanted), 0)


def row(name: str, places: Sequence[int]) -> tuple[str, ...]:
    """A row of the table."""
    shares = (sum(0 < place <= most for place in places) / len(places) for most in (1, 2, MOST))
    return (name, str(len(places)), *(f"{share:.1%}" for share in shares))


def main() -> None:
    """Print one line for each thing that is looked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=SEEDS, help="rows in the scorers' format")
    parser.add_argument("--articles", type=int, default=1000, help="so many at most, chosen by a hash (default 1000)")
    parser.add_argument("--quick", action="store_true", help="one article: show that it runs")
    options = parser.parse_args()
    golds = chosen(read_gold(options.gold), 1 if options.quick else options.articles)
    places: dict[str, list[int]] = {}
    for gold in golds:
        for name, place in found_in(gold):
            places.setdefault(name, []).append(place)
    rows = [row(name, places[name]) for name in sorted(places)]
    print_table(f"Candidates: {len(golds)} articles", ("looked for", "times", "first", "first two", "by a digit"), rows)


if __name__ == "__main__":
    main()
