"""Suggestions: what a suggester proposes; never a decision, counted nowhere until a reviewer takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from json.encoder import encode_basestring_ascii as _text

from annotator.errors import DomainError
from annotator.model.attribution import Attribution, check_nesting
from annotator.model.hashing import sha256
from annotator.model.late import dataclass
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class WorthSuggestion:
    """A proposed check-worthiness for one sentence; `confidence` is a probability from 0 to 1."""

    span: Span
    worth: str
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class AttributionSuggestion:
    """A proposed attribution; its `attribution.id` is the suggestion's own name in its article.

    A nested proposal's `parent` is another proposal's id of the same article. `record` is no part of what is proposed:
    for a reviewer from whom something was learned, how many proposals of the rule were right, and of how many.
    """

    attribution: Attribution
    rule: str
    confidence: float
    record: tuple[int, int] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that one suggester proposes for one article; `suggester` is its NAME or NAME@VERSION."""

    suggester: str
    worths: tuple[WorthSuggestion, ...] = ()
    attributions: tuple[AttributionSuggestion, ...] = ()


def check_suggestions(text: str, proposed: Suggestions) -> None:
    """Raise DomainError where a span ends behind the text, two attributions share an id, or nesting would break."""
    spans = [worth.span for worth in proposed.worths]
    for made in proposed.attributions:
        spans += made.attribution.spans()
    if any(span.end > len(text) for span in spans):
        raise DomainError(f"{proposed.suggester} proposes a span that ends behind the text")
    if len({made.attribution.id for made in proposed.attributions}) < len(proposed.attributions):
        raise DomainError(f"{proposed.suggester} gives two attributions one id")
    check_nesting(made.attribution for made in proposed.attributions)


def suggester_name(suggester: str) -> str:
    """The name of a suggester that calls itself NAME or NAME@VERSION."""
    return suggester.partition("@")[0]


def attribution_id(article: str, suggester: str, rule: str, made: Attribution) -> str:
    """32 hexadecimal digits that are the same wherever the same rule proposes the same attribution.

    They are of the SHA-256 of the JSON of article, suggester, rule and `{"attribution": made.as_payload()}`, with keys
    in their order and without blanks. It is put together here: an article has a hundred attributions.
    """
    parent = "null" if made.parent is None else _text(made.parent)
    said = (
        f'"anonymity":"{made.anonymity}","content":{_pairs(made.content)},"cue":{_pair(made.cue)},"form":"{made.form}",'
        f'"negated":{"true" if made.negated else "false"},"parent":{parent},"relay":{_pair(made.relay)},'
        f'"source":{_pairs(made.source)},"type":"{made.type}"'
    )
    return _id_of(article, suggester, rule, f'{{"attribution":{{{said}}}}}')


def worth_id(article: str, suggester: str, made: WorthSuggestion) -> str:
    """The same of a check-worthiness, with `{"span": [start, end], "worth": value}` in the attribution's place."""
    return _id_of(article, suggester, made.rule, f'{{"span":{_pair(made.span)},"worth":{_text(made.worth)}}}')


def _id_of(article: str, suggester: str, rule: str, payload: str) -> str:
    body = f"[{_text(article)},{_text(suggester)},{_text(rule)},{payload}]"
    return sha256(body.encode()).hexdigest()[:32]


def _pairs(spans: Iterable[Span]) -> str:
    return f"[{','.join(map(_pair, spans))}]"


def _pair(span: Span | None) -> str:
    return "null" if span is None else f"[{span.start},{span.end}]"


def _check_confidence(confidence: float) -> None:
    if not 0.0 <= confidence <= 1.0:
        raise DomainError(f"a confidence is between 0 and 1, not {confidence}")
