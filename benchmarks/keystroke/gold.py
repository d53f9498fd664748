"""Gold: articles with the attributions that a reviewer is to end with, and the judgements drawn for their claims."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.article import Article, BlockKind, Claim, Publication
from annotator.model.attribution import Attribution
from annotator.model.span import Span, trimmed
from annotator.model.text import OffsetMap, normalise

NO_CLAIM = frozenset([BlockKind.BOILERPLATE, BlockKind.BYLINE, BlockKind.CREDIT, BlockKind.QUOTE_INTRO])
_WORTHS = ((25, "0"), (55, "1"), (100, "2"))
_VERDICTS = ((35, "supported"), (70, "refuted"), (90, "not_enough"), (100, "mixed"))


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """The spans of an attribution, and nothing else: what gold and what was stored are compared by (code points)."""

    content: tuple[Span, ...]
    cue: Span | None
    source: tuple[Span, ...]

    @property
    def spans(self) -> list[Span]:
        """Every span, whatever its role."""
        return [*self.content, *self.source, *([self.cue] if self.cue is not None else [])]

    def covers(self, span: Span) -> bool:
        """Whether the content overlaps the span."""
        return any(part.overlaps(span) for part in self.content)

    def touches(self, span: Span) -> bool:
        """Whether any of the spans overlaps the span."""
        return any(part.overlaps(span) for part in self.spans)


def marked(attribution: Attribution) -> Marked:
    """The spans of a stored attribution."""
    return Marked(tuple(sorted(attribution.content)), attribution.cue, tuple(sorted(attribution.source)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim is to be judged: check-worthiness, and the verdict with its reason where it takes them."""

    worth: str
    verdict: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """One article and its attributions; `remarks` says what of the row was left out or played otherwise, and why."""

    name: str
    article: Article
    attributions: tuple[Marked, ...]
    remarks: tuple[str, ...] = ()


def read_gold(path: Path) -> Iterator[Gold]:
    """The articles of a file of JSON lines, packed or not, in the scorers' format."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield gold_of(json.loads(line))


def gold_of(row: Mapping[str, Any]) -> Gold:
    """The gold of a row; what breaks an invariant of ours is left out and remarked."""
    given = normalise(row["text"])
    kept: list[Marked] = []
    remarks: list[str] = []
    for made in row["attributions"]:
        try:
            attribution, remark = _attribution(made, given.text, given.offsets)
        except AnnotatorError as error:
            remarks.append(f"left out: {error}")
            continue
        if attribution in kept:
            remarks.append("left out: the same twice")
            continue
        kept.append(attribution)
        remarks += remark
    publication = Publication(title=row.get("title") or "", publisher=row.get("publisher") or "")
    return Gold(str(row["id"]), Article(given.text, str(row["id"]), publication), tuple(kept), tuple(remarks))


def _attribution(made: Mapping[str, Any], text: str, offsets: OffsetMap) -> tuple[Marked, list[str]]:
    remarks: list[str] = []
    roles: dict[str, tuple[Span, ...]] = {}
    for role in ("source", "cue", "content"):
        given = sorted(Span(*map(offsets.to_text, pair)) for pair in _pairs(made.get(role)))
        tidy = [trimmed(text, *span.as_pair()) for span in given]
        if tidy != given:
            remarks.append("played without the white space at an end of a span")
        roles[role] = tuple(span for span in tidy if span is not None)
    cue = roles["cue"]
    if len(cue) > 1:
        remarks.append("a cue of several pieces is played as one, from the first to the last")
    hull = Span(cue[0].start, cue[-1].end) if cue else None
    if hull is None:
        remarks.append("without a cue: played as a block quote")
    if not roles["content"]:
        raise AnnotatorError("no content")
    if any(before.end > after.start for spans in roles.values() for before, after in pairwise(spans)):
        raise AnnotatorError("pieces of one role overlap")
    return Marked(roles["content"], hull, roles["source"]), remarks


def _pairs(value: Sequence[Any] | None) -> list[Sequence[int]]:
    """A field's pairs; one pair may stand without the list around it."""
    if not value:
        return []
    return [value] if isinstance(value[0], int) else list(value)


def chosen(golds: Iterable[Gold], count: int) -> list[Gold]:
    """So many of the articles, by a hash of their names: the same each time, and in no order of the file."""
    return sorted(golds, key=lambda gold: _draw("article", gold.name))[:count]


def wanted(claim: Claim, *, all_checked: bool = False, reasons: Mapping[str, Sequence[str]]) -> Wanted:
    """The judgement drawn for a claim, by a hash of its article's id and its offset; `reasons` are each verdict's.

    With `all_checked` every claim is check-worthy.
    """
    seed = (claim.article_id, str(claim.span.start))
    worth = "0" if claim.kind in NO_CLAIM else _pick(_WORTHS, _draw("worth", *seed))
    if not all_checked and worth != "2":
        return Wanted(worth)
    verdict = _pick(_VERDICTS, _draw("verdict", *seed))
    known = reasons.get(verdict, ())
    return Wanted("2", verdict, known[_draw("reason", *seed) % len(known)] if known else None)


def _draw(*seed: str) -> int:
    return int(hashlib.sha256(":".join(seed).encode()).hexdigest(), 16)


def _pick(table: Sequence[tuple[int, str]], draw: int) -> str:
    """The value whose share of a hundred the draw falls into; each row says where its share ends."""
    return next(value for below, value in table if draw % 100 < below)
