"""Prodigy: one JSON line a reviewer and article, with tokens, spans and the relations between them.

The format is the one of Prodigy's `relations` interface (https://prodi.gy/docs/api-interfaces#relations), which
`db-in`, `rel.manual` and `spans.manual` take. In each line:

- `text` is the whole article; `tokens` cover it: `text`, `start`, `end`, `id` from 0, and `ws`, whether a space follows
  that is in no token. Other white space is tokens of its own. Tokens end wherever a span does, so spans are always
  whole tokens.
- `spans` are the marked spans of all attributions by place: `start`, `end`, `token_start`, `token_end` (inclusive),
  `label` (SOURCE, CUE, CONTENT, RELAY) and `attribution`, the name of the one it belongs to. Each fragment of a
  discontinuous role is a span. They overlap where attributions are nested.
- `relations` lead from an attribution's anchor (its cue, or its first content where it has none) to each of its other
  spans, labelled by that span's role, and NESTED_IN to the anchor of the attribution that it is nested in. `head` and
  `child` are the last tokens of `head_span` and `child_span`; `attribution` names the attribution.
- `answer` is `accept`; `_annotator_id` and `_session_id` are the reviewer.
- Keys that Prodigy keeps and does not read: `article` (what is known about it), `attributions` (facets, and the spans
  again by role) and `claims` (judgement, verdicts and evidence of each), as `exporters.annotated_article` writes them.

All offsets are code points. Without text, `text` is absent here and in the tokens, and comes back from the article.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise

from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    anchor,
    article_values,
    attribution_values,
    claim_values,
    counted_articles,
    json_line,
)
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row
from annotator.model.attribution import Attribution, Role
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.span import Span

NESTED = "NESTED_IN"


def write_prodigy(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One line a reviewer and article; raises ExportFailure like `annotated_articles`."""
    yield "", (json_line(_task(annotated, options, losses)) for annotated in counted_articles(records, losses))


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `ws` says that one space follows that is in no token."""

    span: Span
    ws: bool


def _task(annotated: AnnotatedArticle, options: ExportOptions, losses: Losses) -> Row:
    text = annotated.article.text
    marked = [(span, role, made) for made in annotated.attributions for role, span in made.role_spans()]
    marked.sort(key=lambda each: (each[0], each[1].value, int(annotated.names[each[2].id][1:])))
    tokens = tokenised(text, [span for span, _, _ in marked])
    places = _Places([token.span.start for token in tokens], [token.span.end for token in tokens])
    return {
        **({"text": text} if options.with_text else {}),
        "tokens": [_token(number, token, text, options) for number, token in enumerate(tokens)],
        "spans": [places.span(span, role) | {"attribution": annotated.names[made.id]} for span, role, made in marked],
        "relations": [relation for made in annotated.attributions for relation in _relations(annotated, made, places)],
        "answer": "accept",
        "_view_id": "relations",
        "_annotator_id": annotated.reviewer,
        "_session_id": annotated.reviewer,
        "article": article_values(annotated, options),
        "attributions": [attribution_values(annotated, made, options) for made in annotated.attributions],
        "claims": [claim_values(annotated, number, losses) for number in range(1, len(annotated.claims) + 1)],
    }


def _token(number: int, token: Token, text: str, options: ExportOptions) -> Row:
    return {
        **({"text": token.span.slice(text)} if options.with_text else {}),
        "start": token.span.start,
        "end": token.span.end,
        "id": number,
        "ws": token.ws,
    }


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the tokens begin and end."""

    starts: list[int]
    ends: list[int]

    def span(self, span: Span, role: Role) -> Row:
        return {
            "start": span.start,
            "end": span.end,
            "token_start": bisect_right(self.starts, span.start) - 1,
            "token_end": bisect_left(self.ends, span.end),
            "label": role.name,
        }


def _relations(annotated: AnnotatedArticle, made: Attribution, places: _Places) -> Iterator[Row]:
    role, span = anchor(made)
    head = places.span(span, role)

    def relation(child: Row, label: str) -> Row:
        return {
            "head": head["token_end"],
            "child": child["token_end"],
            "label": label,
            "head_span": head,
            "child_span": child,
            "attribution": annotated.names[made.id],
        }

    for other, place in made.role_spans():
        if (other, place) != (role, span):
            yield relation(places.span(place, other), other.name)
    outer = next((each for each in annotated.attributions if each.id == made.parent), None)
    if outer is not None:
        outer_role, outer_span = anchor(outer)
        yield relation(places.span(outer_span, outer_role), NESTED)


def tokenised(text: str, spans: Iterable[Span]) -> list[Token]:
    """Words, single marks of punctuation and stretches of white space; tokens end wherever a span begins or ends."""
    spans = list(spans)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    cuts = sorted(starts | ends)
    tokens: list[Token] = []
    at = 0
    for kind, run in groupby(text, key=_kind):
        end = at + len(list(run))
        if kind == " " and tokens and at not in starts and at + 1 not in ends and text[at] == " ":
            tokens[-1] = Token(tokens[-1].span, ws=True)
            at += 1
        inside = cuts[bisect_right(cuts, at) : bisect_left(cuts, end)] if kind else range(at + 1, end)
        pieces = [at, *inside, end]
        tokens += [Token(Span(piece, next_), ws=False) for piece, next_ in pairwise(pieces) if piece < next_]
        at = end
    return tokens


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """A word's character, white space, or (empty) a mark that is a token by itself."""
    if character.isspace():
        return " "
    return "w" if character.isalnum() or unicodedata.category(character).startswith("M") else ""
