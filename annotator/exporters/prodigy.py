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

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    anchor,
    article_values,
    attribution_values,
    claim_values,
    counted_articles,
)
from annotator.exporters.json_words import Quoted, quoted
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row, json_text
from annotator.model.attribution import Attribution, Role
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.span import Span

NESTED = "NESTED_IN"


def write_prodigy(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One line a reviewer and article; raises ExportFailure like `annotated_articles`."""
    yield "", (_line(annotated, options, losses) for annotated in counted_articles(records, losses))


Token: TypeAlias = tuple[int, int, int]
"""Where a token begins and ends (code points), and where what follows it begins: a space may lie between."""


def _line(annotated: AnnotatedArticle, options: ExportOptions, losses: Losses) -> bytes:
    text = annotated.article.text
    marked = [(span, role, made) for made in annotated.attributions for role, span in made.role_spans()]
    marked.sort(key=lambda each: (each[0], each[1]._value_, int(annotated.names[each[2].id][1:])))
    tokens = tokenised(text, [span for span, _, _ in marked])
    places = _Places([start for start, _, _ in tokens], [end for _, end, _ in tokens])
    more = {
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
    # Most of it is tokens, which are written without making rows first.
    given = f'"text":{quoted(text)},' if options.with_text else ""
    written = _tokens_with_text(tokens, text) if options.with_text else _tokens(tokens)
    return f'{{{given}"tokens":[{written}],{json_text(more)[1:]}\n'.encode("utf-8", errors="backslashreplace")


def _tokens_with_text(tokens: Sequence[Token], text: str) -> str:
    known = Quoted()
    return ",".join(
        [
            f'{{"text":{known[text[start:end]]},"start":{start},"end":{end},"id":{number},"ws":{_YES[end < after]}}}'
            for number, (start, end, after) in enumerate(tokens)
        ]
    )


def _tokens(tokens: Sequence[Token]) -> str:
    return ",".join(
        [
            f'{{"start":{start},"end":{end},"id":{number},"ws":{_YES[end < after]}}}'
            for number, (start, end, after) in enumerate(tokens)
        ]
    )


_YES = {False: "false", True: "true"}


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
            "label": role._name_,
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
            yield relation(places.span(place, other), other._name_)
    outer = next((each for each in annotated.attributions if each.id == made.parent), None)
    if outer is not None:
        outer_role, outer_span = anchor(outer)
        yield relation(places.span(outer_span, outer_role), NESTED)


def tokenised(text: str, spans: Iterable[Span]) -> list[Token]:
    """Words, single marks of punctuation and stretches of white space; tokens end wherever a span begins or ends."""
    spans = list(spans)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    kinds = text.translate(_KINDS)
    tokens: list[Token] = []
    for at, cut in pairwise([0, *sorted((starts | ends) - {0, len(text)}), len(text)]):
        # A space that a span begins or ends with is a token.
        run = _RUN_TO_END if cut in ends else _RUN
        follows = at not in starts and kinds.startswith(" ", at) and (at + 1 < cut or cut not in ends)
        if follows and tokens and kinds[tokens[-1][0]] in "wm":
            start, end, _ = tokens[-1]
            tokens[-1] = start, end, at + 1
            at += 1
        tokens += [(start, end, after) for _, (start, end), (_, after) in [found.regs for found in run(kinds, at, cut)]]
    return tokens


_RUN = re.compile("(w+|m|[ s]+)( ?)").finditer
_RUN_TO_END = re.compile(r"(w+|m|[ s]+)((?: (?!\Z))?)").finditer
"""A token and the space behind it that is in none, by the kinds of their characters."""


class _Kinds(dict[int, str]):
    """The kinds of characters: `w` in words, a space, `s` for other white space, and `m` for a mark by itself."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            kind = " " if character == " " else "s"
        else:
            kind = "w" if character.isalnum() or unicodedata.category(character).startswith("M") else "m"
        if len(self) >= _MOST_KINDS:
            self.clear()
        self[code] = kind
        return kind


_MOST_KINDS = 4096
_KINDS = _Kinds()
