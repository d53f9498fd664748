"""A claim record as one row of JSON values: the keys, their order, and the checks before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, NoReturn, TypeAlias

from annotator.errors import ExportFailure
from annotator.exporters.json_words import one_line
from annotator.exporters.options import ExportOptions
from annotator.model.article import Publication
from annotator.model.attribution import Attribution
from annotator.model.chain import chain
from annotator.model.judgement import CONTENT, Evidence, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.span import Span
from annotator.model.text import claim_digests

Row: TypeAlias = dict[str, Any]

ATTRIBUTED = "attributed"

_EVIDENCE = tuple(field.name for field in fields(Evidence) if field.name != "claim_id")

# `json.dumps` would make an encoder for every value.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_OF_HTML = {character: f"\\u{ord(character):04x}" for character in "<>&"}


def json_text(value: object) -> str:
    """Compact JSON on one line, not escaped to ASCII, keys in the order they have.

    DEL, the controls from U+0080 and the separators U+2028 and U+2029 are escaped: some readers break lines there.
    """
    return one_line(_ENCODER.encode(value))


def script_safe_json(value: object) -> str:
    """The same JSON with `<`, `>` and `&` escaped: no text in it ends or opens anything in the page that embeds it."""
    written = json_text(value)
    # JSON itself has none of them, so they stand in strings only.
    for character, escaped in _OF_HTML.items():
        written = written.replace(character, escaped)
    return written


def checked(records: Iterable[ClaimRecord]) -> Iterator[ClaimRecord]:
    """The records in the given order; one is held at a time.

    Raises ExportFailure where a text or a claim is not the one that its id names, where a span ends behind the text,
    and where an attribution is nested in one that the record lacks.
    """
    proved: ArticleRecord | None = None
    digest, end = claim_digests(""), 0
    for record in records:
        article = record.article
        if article is not proved:
            if proved is None or (article.id, article.text) != (proved.id, proved.text):
                _check_article(article)
                digest, end = claim_digests(article.id), len(article.text)
            proved = article
        span, attributions = record.span, record.attributions
        if digest(span.start, span.end).hex() != record.claim_id:
            raise ExportFailure(f"{_place(record)}: its offsets are not the ones its id names; run `annotator doctor`")
        if span.end > end:
            _raise_behind(record, end)
        if attributions or record.chains:
            _check_attributions(record, end)
        yield record


def rows(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[Row]:
    """One row a record, in the given order; raises ExportFailure like `checked`."""
    for record, of_article in with_articles(records):
        yield of_article | _of_claim(record, options)


def with_articles(records: Iterable[ClaimRecord]) -> Iterator[tuple[ClaimRecord, Row]]:
    """The records, each with the first part of its row: what its article says. What else there is follows it.

    Records in a row that have one and the same article have one and the same first part, which is not to be changed.
    Raises ExportFailure like `checked`.
    """
    known: ArticleRecord | None = None
    of_article: Row = {}
    for record in checked(records):
        if record.article is not known:
            known, of_article = record.article, _of_article(record.article)
        yield record, of_article


def _check_article(article: ArticleRecord) -> None:
    # Deferred: OpenSSL takes long to load, and a fifth of the time of Python's own for a text as long as an article.
    from hashlib import sha256

    if sha256(article.text.encode("utf-8")).hexdigest() != article.id:
        raise ExportFailure(f"article {article.id[:12]}: the text is not the one its id names; run `annotator doctor`")


def _check_attributions(record: ClaimRecord, end: int) -> None:
    attributions, chains = record.attributions, record.chains
    if len(chains) != len(attributions):
        raise ExportFailure(f"{_place(record)}: {len(attributions)} attributions, {len(chains)} chains")
    if any(chains):
        _check_chains(record)
    for attribution in attributions:
        if attribution.reach > end:
            _raise_behind(record, end)


def _check_chains(record: ClaimRecord) -> None:
    known = {attribution.id for attribution in record.attributions}
    missing = {id_ for chain in record.chains for id_ in chain} - known
    if missing:
        named = f"an attribution is nested in {min(missing)}, which is not in the record"
        raise ExportFailure(f"{_place(record)}: {named}")


def _raise_behind(record: ClaimRecord, end: int) -> NoReturn:
    """Say which span it is that ends behind the text."""
    spans = [record.span, *[span for attribution in record.attributions for span in attribution.spans()]]
    span = next(span for span in spans if span.end > end)
    behind = f"span {span.start}..{span.end} ends behind the text ({end} code points)"
    raise ExportFailure(f"{_place(record)}: {behind}; run `annotator doctor`")


def _place(record: ClaimRecord) -> str:
    return f"article {record.article.id[:12]}, claim {record.ordinal} of {record.reviewer}"


def _of_article(article: ArticleRecord) -> Row:
    publication = article.publications[0] if article.publications else Publication()
    return {
        "article_id": article.id,
        "article_sha256": article.id,
        **_publication(publication),
        "language": article.language,
        "rights": article.rights,
        "origin": article.origin,
        "publications": [_publication(each) for each in article.publications],
    }


def _of_claim(record: ClaimRecord, options: ExportOptions) -> Row:
    row = flat_row(record, options)
    row["attributions"] = [attribution_row(record, *each, options) for each in ordered_attributions(record)]
    row["verdicts"] = [verdict_row(record, verdict) for verdict in ordered_verdicts(record.verdicts)]
    row["evidence"] = evidence_rows(record)
    return row


def flat_row(record: ClaimRecord, options: ExportOptions) -> Row:
    """The second part of the record's row without what is nested in it: its lists are empty."""
    judgement = record.judgement
    return {
        "claim_id": record.claim_id,
        "ordinal": record.ordinal,
        "start": record.span.start,
        "end": record.span.end,
        "block": str(record.kind),
        **({"text": record.text} if options.with_text else {}),
        "reviewer": record.reviewer,
        **({"settled": record.settled, "agreed": list(record.agreed)} if options.adjudicated else {}),
        "state": str(record.state),
        "skipped": judgement.skipped,
        "worth": judgement.worth,
        "voice": voice_of(record),
        "restatement": judgement.restatement,
        "flag": judgement.flag,
        "note": judgement.note,
        "confidence": judgement.confidence,
        "attributions": [],
        "verdicts": [],
        "evidence": [],
        "first_decided_at": record.first_decided_at,
        "last_decided_at": record.last_decided_at,
        "tool_version": options.tool_version,
        "scheme": record.scheme,
    }


def _publication(publication: Publication) -> Row:
    return {
        "title": publication.title,
        "url": publication.url,
        "archived_url": publication.archived_url,
        "publisher": publication.publisher,
        "author": publication.author,
        "published_at": publication.published_at,
    }


def voice_of(record: ClaimRecord) -> str | None:
    """What the reviewer set herself, and else what follows from an attribution."""
    if record.judgement.voice is not None:
        return record.judgement.voice
    for attribution in record.attributions:
        if attribution.covers(record.span):
            return ATTRIBUTED
    return None


def ordered_attributions(record: ClaimRecord) -> list[tuple[Attribution, tuple[str, ...]]]:
    """Each with its ancestors' ids: outermost first, then in text order."""
    if len(record.attributions) == 1:
        return [(record.attributions[0], record.chains[0])]
    pairs = list(zip(record.attributions, record.chains, strict=True))
    if pairs:
        pairs.sort(key=lambda pair: (len(pair[1]), pair[0].content[0], pair[0].id))
    return pairs


def attribution_row(
    record: ClaimRecord, attribution: Attribution, ancestors: Sequence[str], options: ExportOptions
) -> Row:
    """One attribution of the record."""
    return {
        "id": attribution.id,
        **attribution.facets(),
        "parent": attribution.parent,
        "ancestors": list(ancestors),
        **_source(record, attribution, options),
        **({"chain": chain_of(record, attribution, ancestors)} if options.with_text else {}),
        "spans": _spans(attribution, record.article.text, options),
    }


def _source(record: ClaimRecord, attribution: Attribution, options: ExportOptions) -> Row:
    """Its name is mostly the article's own words, so it goes with them."""
    source = record.sources.get(attribution.id)
    named: Row = {"source_name": source.name if source else None} if options.with_text else {}
    return {"source_id": source.id if source else None, **named}


def _spans(attribution: Attribution, text: str, options: ExportOptions) -> dict[str, list[Row]]:
    def written(span: Span) -> Row:
        place: Row = {"start": span.start, "end": span.end}
        if options.with_text:
            place["text"] = span.slice(text)
        return place

    cue, relay = attribution.cue, attribution.relay
    return {
        "source": [written(span) for span in attribution.source],
        "cue": [written(cue)] if cue is not None else [],
        "content": [written(span) for span in attribution.content],
        "relay": [written(relay)] if relay is not None else [],
    }


def chain_of(record: ClaimRecord, attribution: Attribution, ancestors: Sequence[str]) -> list[str | None]:
    """Whom the words passed through, from the publisher in; None is who is not named."""
    article = record.article
    publisher = article.publications[0].publisher if article.publications else ""
    if not ancestors:
        return chain(article.text, publisher, (attribution,))
    by_id = {each.id: each for each in record.attributions}
    return chain(article.text, publisher, [*(by_id[id_] for id_ in ancestors), attribution])


def ordered_verdicts(verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """The verdict on the content first, then those on attributions."""
    if len(verdicts) < 2:
        return verdicts
    return sorted(verdicts, key=lambda verdict: (verdict.target != CONTENT, verdict.target))


def verdict_row(record: ClaimRecord, verdict: Verdict) -> Row:
    """One verdict of the record."""
    return {
        "target": verdict.target,
        "value": verdict.value,
        "reason": verdict.reason,
        "confidence": verdict.confidence,
        "justification": verdict.justification,
        "rests_on_evidence": any(each.target == verdict.target for each in record.evidence),
    }


def evidence_rows(record: ClaimRecord) -> list[Row]:
    """The record's evidence in its order."""
    return [{name: getattr(evidence, name) for name in _EVIDENCE} for evidence in record.evidence]
