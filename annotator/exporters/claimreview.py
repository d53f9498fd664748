"""ClaimReview: each verdict as a fact check that search engines and other programs read (schema.org, JSON-LD).

One JSON-LD document in UTF-8: `@context` is schema.org's, `@graph` a list with an object a line, a `ClaimReview` for
each verdict. Its `url` (and `@id`) is the base URL, the claim's id, the reviewer, and the attribution's id where the
verdict is on one. `claimReviewed` is what was judged: the restatement or else the claim's text; for a verdict on an
attribution, its source, cue and content in the order of the text. `itemReviewed` is the `Claim` with its `author`, and
its `appearance` in every known publication. `reviewRating.alternateName` is the verdict's name in the scheme; there is
no `ratingValue`, because a scheme's verdicts are not grades of one scale. `reviewBody` is the justification, `citation`
the evidence: `about` is the question, `abstract` the answer, `text` the passage. `author` is the organisation that
publishes the reviews where it is named, and then the reviewer is a `contributor`; else the reviewer. `<`, `>` and `&`
are escaped, so the document can stand in a page's script element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from annotator.errors import ExportFailure
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import checked, script_safe_json
from annotator.exporters.speaker import Speaker, source_of, speaker_of
from annotator.model.attribution import Attribution
from annotator.model.chain import joined
from annotator.model.judgement import CONTENT, Evidence, Verdict
from annotator.model.record import ClaimRecord
from annotator.model.source import SourceKind

_TYPES = {
    SourceKind.PERSON: "Person",
    SourceKind.ORGANISATION: "Organization",
    SourceKind.GROUP: "Organization",
    SourceKind.PUBLISHER: "Organization",
}


def write_claimreview(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """A JSON-LD document, a review a line; raises ExportFailure without a base URL, and like `checked`."""
    if not options.base_url:
        raise ExportFailure("claimreview: every review needs its address; say where they will stand with --base-url")
    yield "", _document(records, options, losses)


def _document(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield b'{"@context":"https://schema.org","@graph":['
    before = "\n"
    for review in _reviews(records, options, losses):
        losses.written += 1
        yield f"{before}{script_safe_json(review)}".encode("utf-8", errors="backslashreplace")
        before = ",\n"
    yield b"\n]}\n"


def _reviews(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[dict[str, Any]]:
    for record in checked(records):
        losses.add("claim[s] without a verdict left out", not record.verdicts)
        by_id = {attribution.id: attribution for attribution in record.attributions}
        for verdict in sorted(record.verdicts, key=lambda verdict: (verdict.target != CONTENT, verdict.target)):
            attribution = by_id.get(verdict.target)
            words = _words(record, attribution, options)
            if verdict.target != CONTENT and attribution is None:
                losses.add("verdict[s] on attributions that do not cover the claim left out")
            elif not words:
                losses.add("verdict[s] whose claim has no words left out")
            else:
                losses.add("confidence[s] of [a verdict|verdicts] left out", bool(verdict.confidence))
                yield _review(record, verdict, attribution, words, options)


def _words(record: ClaimRecord, attribution: Attribution | None, options: ExportOptions) -> str:
    if attribution is None:
        return record.judgement.restatement or (record.text if options.with_text else "")
    spans = sorted(span for _, span in attribution.role_spans())
    return joined(spans, record.article.text) if options.with_text else ""


def _review(
    record: ClaimRecord, verdict: Verdict, attribution: Attribution | None, words: str, options: ExportOptions
) -> dict[str, Any]:
    # Who says that a source said it is whoever the attribution is nested in, or the article.
    speaker = speaker_of(record, options) if attribution is None else _reporter(record, attribution, options)
    url = _url(record, verdict, options.base_url)
    return _known(
        {
            "@type": "ClaimReview",
            "@id": url,
            "url": url,
            "claimReviewed": words,
            "datePublished": record.last_decided_at[:10],
            "inLanguage": record.article.language,
            **_authors(record, options),
            "itemReviewed": _known({"@type": "Claim", "author": _agent(speaker), "appearance": _appearances(record)}),
            "reviewRating": {"@type": "Rating", "alternateName": _name(verdict, options), **_reason(verdict, options)},
            "reviewBody": verdict.justification,
            "citation": [_citation(each) for each in record.evidence if each.target == verdict.target],
        }
    )


def _authors(record: ClaimRecord, options: ExportOptions) -> dict[str, Any]:
    """Who answers for the review: to search engines its author is whoever publishes it."""
    reviewer = {"@type": "Person", "name": record.reviewer}
    if not options.organisation:
        return {"author": reviewer}
    organisation = {"@type": "Organization", "name": options.organisation, "url": options.organisation_url}
    return {"author": _known(organisation), "contributor": reviewer}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _reporter(record: ClaimRecord, attribution: Attribution, options: ExportOptions) -> Speaker | None:
    outer = next((each for each in record.attributions if each.id == attribution.parent), None)
    if outer is not None:
        return source_of(record, outer, options)
    publisher = record.article.publications[0].publisher if record.article.publications else ""
    return Speaker(publisher, SourceKind.PUBLISHER) if publisher else None


def _url(record: ClaimRecord, verdict: Verdict, base_url: str) -> str:
    base = base_url if base_url.endswith(("/", "#", "=")) else f"{base_url}/"
    target = "" if verdict.target == CONTENT else f".{quote(verdict.target, safe='')}"
    return f"{base}{record.claim_id}.{quote(record.reviewer, safe='')}{target}"


def _agent(speaker: Speaker | None) -> Any:
    if speaker is None:
        return {}
    if speaker.kind is SourceKind.PERSON:
        return _persons(speaker.name)
    kind = _TYPES.get(speaker.kind) if speaker.kind else None
    return _known({"@type": kind, "name": speaker.name})


def _persons(names: str) -> Any:
    """A person, or a list of them: importers write several authors with semicolons between."""
    people = [{"@type": "Person", "name": name.strip()} for name in names.split(";") if name.strip()]
    return people if len(people) > 1 else people[0] if people else {}


def _appearances(record: ClaimRecord) -> list[dict[str, Any]]:
    found = [
        _known(
            {
                "@type": "NewsArticle",
                "headline": publication.title,
                "url": publication.url,
                "archivedAt": publication.archived_url,
                "datePublished": publication.published_at,
                "author": _persons(publication.author),
                "publisher": {"@type": "Organization", "name": publication.publisher}
                if publication.publisher
                else None,
            }
        )
        for publication in record.article.publications
    ]
    return [appearance for appearance in found if len(appearance) > 1]


def _name(verdict: Verdict, options: ExportOptions) -> str:
    values = options.scheme.verdict if options.scheme else ()
    return next((value.name for value in values if value.id == verdict.value), verdict.value)


def _reason(verdict: Verdict, options: ExportOptions) -> dict[str, str]:
    if verdict.reason is None:
        return {}
    values = options.scheme.verdict if options.scheme else ()
    names = {reason.id: reason.name for value in values if value.id == verdict.value for reason in value.reasons}
    return {"ratingExplanation": names.get(verdict.reason, verdict.reason)}


def _citation(evidence: Evidence) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": evidence.publisher} if evidence.publisher else None
    return _known(
        {
            "@type": "CreativeWork",
            "url": evidence.url,
            "archivedAt": evidence.archived_url,
            "publisher": publisher,
            "datePublished": evidence.published_at,
            "text": evidence.passage,
            "about": evidence.question,
            "abstract": evidence.answer,
        }
    )
