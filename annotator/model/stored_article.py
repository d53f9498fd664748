"""What is stored of an article for all reviewers, and the claims that a reviewer's boundaries make of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from annotator.model.article import Block, BlockKind, Claim, Publication, Sentence
from annotator.model.attribution import Attribution
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion

CUT, JOIN = "cut", "join"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What is the same for all reviewers of an article; `publications` in the order they were added.

    It is `searched` where suggesters that know its language have looked for attributions.
    """

    id: str
    text: str
    publications: tuple[Publication, ...]
    language: str
    origin: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    worths: tuple[tuple[str, WorthSuggestion], ...] = ()
    attributions: tuple[tuple[str, AttributionSuggestion], ...] = ()
    searched: bool = True

    @property
    def title(self) -> str:
        """The first publication's title, or the text's first line."""
        known = next((publication.title for publication in self.publications if publication.title), "")
        return known or self.text.lstrip()[:200].partition("\n")[0].strip()

    @property
    def published_at(self) -> str:
        """When it was published first, ISO 8601; empty where that is not known."""
        return min((known.published_at for known in self.publications if known.published_at), default="")


def claims_of(
    article_id: str, text: str, sentences: Sequence[Sentence], boundaries: Mapping[int, str]
) -> tuple[Claim, ...]:
    """The claims of a reviewer's own segmentation: the sentences, cut and joined at her boundaries.

    A boundary is an offset in code points: `cut` begins a claim there, `join` takes a sentence's beginning away.
    """
    claims = []
    for span, start, end, kind in _edges(sentences, boundaries) if boundaries else map(_whole, sentences):
        left, right = trimmed(text, start, end)
        # Mostly a claim is a sentence as it is.
        if span is not None and (left, right) == (start, end):
            claims.append(Claim(article_id, span, kind))
        elif left < right:
            claims.append(Claim(article_id, Span(left, right), kind))
    return tuple(claims)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a claim that is cut out of a text from `start` to `end` begins and ends: it has no white space there.

    One that would be nothing but white space does not end behind its beginning.
    """
    words = text[start:end]
    if len(words.strip()) == end - start:
        return start, end
    # White space alone: a claim that was cut beside a zero-width character keeps its id in every version.
    return end - len(words.lstrip()), start + len(words.rstrip())


_Edges = tuple[Span | None, int, int, BlockKind]
"""The sentence that a claim is, and else None; where it begins and ends, white space included; its block's kind."""


def _whole(sentence: Sentence) -> _Edges:
    return sentence.span, sentence.span.start, sentence.span.end, sentence.kind


def _edges(sentences: Sequence[Sentence], boundaries: Mapping[int, str]) -> list[_Edges]:
    edges: list[_Edges] = []
    all_cuts = sorted(at for at, kind in boundaries.items() if kind == CUT)
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        cuts = all_cuts[bisect_right(all_cuts, start) : bisect_left(all_cuts, end)]
        starts = [start, *cuts]
        for piece, piece_end in zip(starts, [*cuts, end], strict=True):
            if edges and boundaries.get(piece) == JOIN:
                _, begun, _, kind = edges[-1]
                edges[-1] = (None, begun, piece_end, kind)
            else:
                edges.append((None, piece, piece_end, sentence.kind))
    return edges


def alike_suggestions(article: StoredArticle) -> Mapping[str, frozenset[str]]:
    """For each suggested attribution's id those of the suggested attributions that say the same."""
    by_said: dict[Attribution, list[str]] = {}
    for id_, made in article.attributions:
        by_said.setdefault(made.attribution.said, []).append(id_)
    same = [frozenset(ids) for ids in by_said.values()]
    return {id_: ids for ids in same for id_ in ids}
