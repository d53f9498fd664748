"""CoNLL: a token a line with BIO columns, for those who train taggers; the dialect is CoNLL-U Plus.

UTF-8, LF. The first line names the columns: `ID` (from 1 in each claim), `FORM` (the token), `MISC` and one column a
role, `ANNOTATOR:SOURCE`, `ANNOTATOR:CUE`, `ANNOTATOR:CONTENT`, `ANNOTATOR:RELAY`, each with `B-` and the role where a
span begins, `I-` and the role where it goes on, and `O`. `MISC` has `StartChar` and `EndChar` (code points of the
article's text, end exclusive), and `SpaceAfter=No`. A claim of a reviewer is a sentence: an empty line behind it,
comments before it: `sent_id` (the claim's id, a full stop, the reviewer as in a url), `text`, `start`, `end`, `block`,
`state`, and `worth` and `verdict` (on the content) where they are decided. The first claim of an article and reviewer
begins a document: `newdoc id`, `article_id`, `reviewer`. Without text, forms are `_` and `text` is absent.

A token is a run of letters, digits and combining marks, with apostrophes inside and points and commas between digits,
or any other single character but white space; none ends inside a grapheme. In scripts without spaces it is a run of
Chinese characters, of hiragana or of katakana, or a syllable as it is written. A token ends wherever a span begins or
ends, so no span is moved. Outer attributions are written before what is nested in them, and a span takes the tokens
that its column has free, or none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, takewhile
from operator import ne
from typing import TypeAlias
from urllib.parse import quote

from annotator.exporters.annotated_article import AnnotatedArticle, annotated_articles
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.model.attribution import Role
from annotator.model.judgement import CONTENT
from annotator.model.language.words import inside_letters, unspaced_edges
from annotator.model.record import ClaimRecord
from annotator.model.span import Span
from annotator.model.spreadsheet import neutral_cell

COLUMNS = "# global.columns = ID FORM MISC " + " ".join(f"ANNOTATOR:{role.name}" for role in Role)
NO_FORM = "_"
OUTSIDE = "O"

Token: TypeAlias = tuple[int, int]
"""Where a token begins and ends (code points)."""

_APOSTROPHES, _POINTS = frozenset("'’"), frozenset(".,")
_APART = "written as spans of [its|their] own"


def write_conll(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """A sentence a record; raises ExportFailure like `checked`."""
    yield "", _sentences(records, options, losses)


def _sentences(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield f"{COLUMNS}\n".encode()
    for annotated in annotated_articles(records):
        taken = _taken(annotated, losses)
        cuts = sorted({edge for spans in taken.values() for span in spans for edge in span.as_pair()})
        for number, record in enumerate(annotated.claims):
            lines = [] if number else _document(annotated)
            lines += _sentence(record, taken, cuts, options, losses)
            yield "\n".join([*lines, "", ""]).encode("utf-8", errors="replace")


def _sentence(
    record: ClaimRecord, taken: dict[Role, list[Span]], cuts: list[int], options: ExportOptions, losses: Losses
) -> list[str]:
    """The lines of one claim: its comments, and its tokens."""
    whole = record.article.text
    tokens = tokens_of(whole, record.span, cuts)
    forms = _forms(tokens, record, losses) if options.with_text else [NO_FORM] * len(tokens)
    after = [whole[end : end + 1] for _, end in tokens]
    spaced = [letter.isspace() or not letter for letter in after]
    text = "".join([f"{form} " if space else form for form, space in zip(forms, spaced, strict=True)]).rstrip()
    starts = [start for start, _ in tokens]
    columns = [_bio(role, _within(record.span, spans), starts) for role, spans in taken.items()]
    places = [
        f"StartChar={start}|EndChar={end}" if space else f"StartChar={start}|EndChar={end}|SpaceAfter=No"
        for (start, end), space in zip(tokens, spaced, strict=True)
    ]
    numbers = map(str, range(1, len(tokens) + 1))
    of_tokens = map("\t".join, zip(numbers, forms, places, *columns, strict=True))
    return [*_claim(record, text if options.with_text else None), *of_tokens]


def _taken(annotated: AnnotatedArticle, losses: Losses) -> dict[Role, list[Span]]:
    """The spans of each column, in order and disjoint; counts what is left out or cut."""
    # By role, in order and disjoint, with the places where they begin.
    taken: dict[Role, tuple[list[int], list[Span]]] = {role: ([], []) for role in Role}
    claims = _Claims([claim.span for claim in annotated.claims])
    for attribution in annotated.attributions:
        losses.add(f"discontinuous content[s] {_APART}", len(attribution.content) > 1)
        losses.add(f"discontinuous source[s] {_APART}", len(attribution.source) > 1)
        for role, span in attribution.role_spans():
            starts, spans = taken[role]
            at = bisect_left(starts, span.start)
            beside = spans[max(0, at - 1) : at + 1]
            if span in beside:
                continue
            if any(span.overlaps(other) for other in beside):
                losses.add("span[s] inside others of [its|their] role left out")
                continue
            starts.insert(at, span.start)
            spans.insert(at, span)
            _count_cuts(span, annotated.article.text, claims.meeting(span), losses)
    return {role: spans for role, (_, spans) in taken.items()}


class _Claims:
    """Claims in order, which may overlap."""

    def __init__(self, claims: Sequence[Span]) -> None:
        self._claims = claims
        self._starts = [claim.start for claim in claims]
        self._reached = [*accumulate([claim.end for claim in claims], max)]

    def meeting(self, span: Span) -> list[Span]:
        """Those that the span has text of."""
        first, behind = bisect_right(self._reached, span.start), bisect_left(self._starts, span.end)
        return [claim for claim in self._claims[first:behind] if span.start < claim.end]


def _count_cuts(span: Span, text: str, claims: Sequence[Span], losses: Losses) -> None:
    """Count what of a span the claims that it meets cut off."""
    if len(claims) == 1 and claims[0].contains(span):
        return
    parts = [text[max(span.start, claim.start) : min(span.end, claim.end)] for claim in claims]
    losses.add("span[s] over several claims cut", len(parts) > 1)
    losses.add("span[s] outside the exported claims cut", _solid("".join(parts)) < _solid(span.slice(text)))


def _solid(text: str) -> int:
    return len("".join(text.split()))


def tokens_of(text: str, span: Span, cuts: list[int]) -> list[Token]:
    """The tokens of a stretch of text, none of which has one of the cuts (ascending offsets) inside."""
    if _PLAIN.fullmatch(text, span.start, span.end):
        return _plain_tokens(text, span, cuts)
    inside = set(cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)])
    whole = inside_letters(text, span.start, span.end) - inside
    inside.update(unspaced_edges(text, span.start, span.end))
    tokens: list[Token] = []
    start, is_word = -1, False
    for at in range(span.start, span.end):
        if start >= 0 and (at in whole or (at not in inside and _goes_on(text, at, span.end, is_word=is_word))):
            continue
        if start >= 0:
            tokens.append((start, at))
        start, is_word = (-1 if text[at].isspace() else at), text[at].isalnum()
    return [*tokens, (start, span.end)] if start >= 0 else tokens


# Of these characters each is a letter to its reader, and none is of a script without spaces.
_PLAIN = re.compile("[ -~\n\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f“”‘’–—…«»]*")
_TOKEN = re.compile(r"[^\W_]+(?:(?:['’]|(?<=[0-9])[.,](?=[0-9]))[^\W_]+)*|\S")


def _plain_tokens(text: str, span: Span, cuts: list[int]) -> list[Token]:
    """The same where all is PLAIN: what `_goes_on` says of one character after another."""
    tokens = [found.span() for found in _TOKEN.finditer(text, span.start, span.end)]
    for cut in cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)]:
        at = bisect_left(tokens, (cut,)) - 1
        start, end = tokens[at] if at >= 0 else (cut, cut)
        if start < cut < end:
            # A number is no number behind its point.
            tokens[at : at + 1] = [(start, cut), *(found.span() for found in _TOKEN.finditer(text, cut, end))]
    return tokens


def _goes_on(text: str, at: int, end: int, *, is_word: bool) -> bool:
    """Whether the character belongs to the token before it."""
    character, after = text[at], text[at + 1 : min(at + 2, end)]
    if character.isalnum():
        return is_word
    if character in _APOSTROPHES:
        return is_word and after.isalnum()
    if character in _POINTS:
        return text[at - 1].isdigit() and after.isdigit()
    category = unicodedata.category(character)
    return category.startswith("M") or category == "Cf"


def _within(claim: Span, spans: list[Span]) -> Iterable[Span]:
    """Those of the spans, which are in order and disjoint, that the claim has words of."""
    first = bisect_right(spans, claim.start, key=lambda span: span.end)
    return takewhile(lambda span: span.start < claim.end, islice(spans, first, None))


def _bio(role: Role, spans: Iterable[Span], starts: list[int]) -> list[str]:
    column, name = [OUTSIDE] * len(starts), role._name_
    for span in spans:
        first = bisect_left(starts, span.start)
        for at in range(first, bisect_left(starts, span.end)):
            column[at] = f"{'B' if at == first else 'I'}-{name}"
    return column


def _document(annotated: AnnotatedArticle) -> list[str]:
    return [
        f"# newdoc id = {annotated.article.id}.{quote(annotated.reviewer, safe='')}",
        f"# article_id = {annotated.article.id}",
        f"# reviewer = {annotated.reviewer}",
    ]


def _claim(record: ClaimRecord, text: str | None) -> list[str]:
    verdict = next((verdict.value for verdict in record.verdicts if verdict.target == CONTENT), None)
    said = {
        "sent_id": f"{record.claim_id}.{quote(record.reviewer, safe='')}",
        "text": text,
        "start": str(record.span.start),
        "end": str(record.span.end),
        "block": record.kind.value,
        "state": record.state.value,
        "worth": record.judgement.worth,
        "verdict": verdict,
    }
    return [f"# {name} = {value}" for name, value in said.items() if value is not None]


def _forms(tokens: list[Token], record: ClaimRecord, losses: Losses) -> list[str]:
    text = record.article.text
    given = [text[start:end] for start, end in tokens]
    if record.text.isprintable():
        return given
    forms = [neutral_cell(form) for form in given]
    losses.add("token[s] with control characters replaced", sum(map(ne, given, forms)))
    return forms
