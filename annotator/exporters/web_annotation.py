"""W3C Web Annotation: one JSON-LD document of claims and attributions with quote and position selectors.

An `AnnotationCollection` whose `first` page has every annotation in `items`, one a line
(https://www.w3.org/TR/annotation-model/). `@context` is the W3C's and the prefix `annotator:` for what it has no word
for (`urn:annotator:`, not a registered namespace). For each article, in this order:

- One annotation that describes it (`motivation` describing): `target` is the article with `language`,
  `annotator:rights` and `annotator:publications`, `body` its whole text. Its id is the SHA-256 of the text as a
  Named Information URI (RFC 6920).
- For each reviewer one annotation a claim (assessing): `target` is the claim; bodies are an `annotator:Judgement`
  (worth, voice, confidence, flag, skipped, scheme; `annotator:verdicts` and `annotator:evidence` with the fields of
  JSON Lines, each `annotator:about` this annotation or an attribution's), and a `TextualBody` for a note (purpose
  commenting) and a restatement (purpose describing).
- For each reviewer one annotation an attribution (identifying): `target` is a list of its spans, each with
  `annotator:role` (source, cue, content, relay); the body is an `annotator:Attribution` (type, form, anonymity,
  negated, `annotator:nested_in` the outer one, source_name, source_kind).

A target is a `SpecificResource` with a `TextQuoteSelector` (`exact`, and 32 code points of `prefix` and `suffix`) and a
`TextPositionSelector`; both mean the same. `creator` is the reviewer's handle as `nickname`. Ids are the base URL with
a name behind it, or UUIDs (version 5), both made from nothing but the article, the reviewer and the spans; fields
without a value are absent. Offsets are code points, as that standard asks. Without text there are no quote selectors,
no bodies with the article and no names of sources. `<`, `>` and `&` are escaped, as in ClaimReview.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    annotated_articles,
    count_lost,
    evidence_values,
    verdict_values,
)
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row, script_safe_json
from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.span import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "urn:annotator:"
AROUND = 32
"""Code points of the text before and after a quote."""

_TERMS: Row = {
    "annotator": NAMESPACE,
    "annotator:about": {"@type": "@id"},
    "annotator:nested_in": {"@type": "@id"},
    "annotator:evidence": {"@container": "@list"},
    "annotator:verdicts": {"@container": "@list"},
    "annotator:publications": {"@container": "@list"},
}


def write_web_annotation(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One document; raises ExportFailure like `annotated_articles`."""
    yield "", _document(records, options, losses)


def _document(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    head = {
        "@context": [CONTEXT, _TERMS],
        "id": _iri(options, "collection"),
        "type": "AnnotationCollection",
        "label": "Claims and attributions",
        "generator": {"type": "Software", "name": f"Annotator {options.tool_version}".strip()},
        "first": {"id": _iri(options, "page"), "type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    opening, closing = script_safe_json(head).rsplit("[]", 1)
    yield f"{opening}[".encode()
    before = "\n"
    for _, group in groupby(annotated_articles(records), key=lambda annotated: annotated.article.id):
        for annotation in _annotations(group, options, losses):
            losses.written += 1
            yield (before + script_safe_json(annotation)).encode("utf-8", errors="backslashreplace")
            before = ",\n"
    yield f"\n]{closing}\n".encode()


def _iri(options: ExportOptions, *names: str) -> str:
    made = _uuid(":".join(names))
    return f"{options.base_url.rstrip('/')}/{made}" if options.base_url else f"urn:uuid:{made}"


# A claim is named by its annotation and by each verdict on it.
@lru_cache(maxsize=64)
def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, NAMESPACE + name))


@lru_cache(maxsize=2)
def article_iri(article_id: str) -> str:
    """The Named Information URI of the SHA-256 that the article's id is."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(article_id)).rstrip(b"=").decode()
    return f"ni:///sha-256;{digest}"


def _annotations(group: Iterable[AnnotatedArticle], options: ExportOptions, losses: Losses) -> Iterator[Row]:
    for number, annotated in enumerate(group):
        count_lost(annotated, losses)
        if not number:
            yield _of_article(annotated.article, options)
        for record in annotated.claims:
            yield _of_claim(annotated, record, options, losses)
        for made in annotated.attributions:
            yield _of_attribution(annotated, made, options)


def _of_article(article: ArticleRecord, options: ExportOptions) -> Row:
    body = {"type": "TextualBody", "value": article.text, "format": "text/plain", "language": article.language}
    publications = [_known("annotator:", asdict(each)) for each in article.publications]
    target = {
        "id": article_iri(article.id),
        "type": "Text",
        "format": "text/plain",
        "language": article.language,
        "annotator:rights": article.rights,
        "annotator:publications": publications,
    }
    return {
        "id": _iri(options, article.id),
        "type": "Annotation",
        "motivation": "describing",
        **({"body": _without_empty(body)} if options.with_text else {}),
        "target": _without_empty(target),
    }


def _of_claim(annotated: AnnotatedArticle, record: ClaimRecord, options: ExportOptions, losses: Losses) -> Row:
    judgement = record.judgement
    facets = {
        "worth": judgement.worth,
        "voice": judgement.voice,
        "confidence": judgement.confidence,
        "flag": judgement.flag,
        "skipped": judgement.skipped,
        "scheme": record.scheme,
        "verdicts": [_about(annotated, record, each, options) for each in verdict_values(annotated, record, losses)],
        "evidence": [_about(annotated, record, each, options) for each in evidence_values(annotated, record, losses)],
    }
    bodies: list[Row] = [{"type": "annotator:Judgement", **_known("annotator:", facets)}]
    for purpose, text in (("commenting", judgement.note), ("describing", judgement.restatement)):
        if text:
            bodies.append({"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain"})
    return {
        "id": _claim_iri(annotated, record, options),
        "type": "Annotation",
        "motivation": "assessing",
        "creator": _creator(annotated),
        "body": bodies,
        "target": _target(annotated, record.span, options),
    }


def _of_attribution(annotated: AnnotatedArticle, made: Attribution, options: ExportOptions) -> Row:
    source = annotated.sources.get(made.id)
    facets = {
        **made.facets(),
        "nested_in": None
        if made.parent is None
        else _attribution_iri(annotated, annotated.names[made.parent], options),
        "source_name": source.name if source and options.with_text else None,
        "source_kind": source.kind.value if source else None,
    }
    return {
        "id": _attribution_iri(annotated, annotated.names[made.id], options),
        "type": "Annotation",
        "motivation": "identifying",
        "creator": _creator(annotated),
        "body": {"type": "annotator:Attribution", **_known("annotator:", facets)},
        "target": [
            _target(annotated, span, options) | {"annotator:role": role.value} for role, span in made.role_spans()
        ],
    }


def _about(annotated: AnnotatedArticle, record: ClaimRecord, values: Row, options: ExportOptions) -> Row:
    """A verdict or a piece of evidence with the address of what it is about."""
    target = values.pop("target")
    about = (
        _claim_iri(annotated, record, options) if target == CONTENT else _attribution_iri(annotated, target, options)
    )
    return {"annotator:about": about, **_known("annotator:", values)}


def _claim_iri(annotated: AnnotatedArticle, record: ClaimRecord, options: ExportOptions) -> str:
    return _iri(options, record.claim_id, annotated.reviewer)


def _attribution_iri(annotated: AnnotatedArticle, name: str, options: ExportOptions) -> str:
    return _iri(options, annotated.article.id, annotated.reviewer, name)


def _creator(annotated: AnnotatedArticle) -> Row:
    return {"type": "Person", "nickname": annotated.reviewer}


def _target(annotated: AnnotatedArticle, span: Span, options: ExportOptions) -> Row:
    text = annotated.article.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.slice(text),
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "type": "SpecificResource",
        "source": article_iri(annotated.article.id),
        "selector": [quote, position] if options.with_text else [position],
    }


def _known(prefix: str, values: Row) -> Row:
    """The values that there are, under prefixed keys."""
    return {f"{prefix}{key}": value for key, value in _without_empty(values).items()}


def _without_empty(values: Row) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", False, [])}
