"""AVeriTeC: claims with a verdict and the questions and answers it rests on, as the dataset of that name has them.

One JSON array in UTF-8, an object a line for each claim and reviewer with a verdict on the content. The keys are those
of AVeriTeC's training files (github.com/michschli/averitec), with null or an empty list for what nobody decides here:
`claim` (the restatement, else the claim's text), `required_reannotation` (false), `label`, `justification`,
`claim_date` (day-month-year of the first publication), `speaker`, `original_claim_url`, `cached_original_claim_url`,
`fact_checking_article`, `reporting_source` (the publisher), `location_ISO_code`, `claim_types`,
`fact_checking_strategies` and `questions`: evidence with the same question is one question with several `answers`
(`answer`, `answer_type`, `source_url`, `cached_source_url`, `source_medium`, and `boolean_explanation` for a boolean
one). Behind them stand our own: `claim_id`, `article_id`, `start`, `end` (code points), `reviewer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import checked, json_text
from annotator.exporters.speaker import publication_of, speaker_of
from annotator.model.judgement import CONTENT, AnswerType, Evidence, Verdict
from annotator.model.record import ClaimRecord

LABELS = {
    "supported": "Supported",
    "refuted": "Refuted",
    "not_enough": "Not Enough Evidence",
    "mixed": "Conflicting Evidence/Cherrypicking",
}
"""AVeriTeC's labels by the ids of ours; the schemes that are shipped have the same ids where they mean the same."""
NO_ANSWER = "No answer could be found."
"""What AVeriTeC has as the answer to an unanswerable question."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")


def write_averitec(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """A JSON array, an object a line; raises ExportFailure like `checked`."""
    yield "", _array(records, options, losses)


def _array(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    before = "["
    for claim in _claims(records, options, losses):
        losses.written += 1
        yield f"{before}\n{json_text(claim)}".encode("utf-8", errors="backslashreplace")
        before = ","
    yield b"[]\n" if before == "[" else b"\n]\n"


def _claims(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[dict[str, Any]]:
    for record in checked(records):
        verdict = next((verdict for verdict in record.verdicts if verdict.target == CONTENT), None)
        words = record.judgement.restatement or (record.text if options.with_text else "")
        losses.add("verdict[s] on attributions left out", sum(each.target != CONTENT for each in record.verdicts))
        if verdict is None:
            losses.add("claim[s] without a verdict left out")
        elif verdict.value not in LABELS:
            losses.add("claim[s] with a verdict that AVeriTeC does not have left out")
        elif not words:
            losses.add("claim[s] without a restatement left out")
        else:
            yield _claim(record, verdict, words, options, losses)


def _claim(record: ClaimRecord, verdict: Verdict, words: str, options: ExportOptions, losses: Losses) -> dict[str, Any]:
    publication, speaker = publication_of(record), speaker_of(record, options)
    questions = _questions(record, losses)
    losses.add("claim[s] without a question", not questions)
    losses.add("reason[s] of [a verdict|verdicts] left out", bool(verdict.reason))
    return {
        "claim": words,
        "required_reannotation": False,
        "label": LABELS[verdict.value],
        "justification": verdict.justification or "",
        "claim_date": _day(publication.published_at),
        "speaker": speaker.name if speaker else None,
        "original_claim_url": publication.url or None,
        "cached_original_claim_url": publication.archived_url or None,
        "fact_checking_article": None,
        "reporting_source": publication.publisher or None,
        "location_ISO_code": None,
        "claim_types": [],
        "fact_checking_strategies": [],
        "questions": questions,
        "claim_id": record.claim_id,
        "article_id": record.article.id,
        "start": record.span.start,
        "end": record.span.end,
        "reviewer": record.reviewer,
    }


def _day(published_at: str) -> str | None:
    """ "2026-03-09" as "9-3-2026"."""
    found = _DAY.match(published_at)
    return "-".join(str(int(number)) for number in reversed(found.groups())) if found else None


def _questions(record: ClaimRecord, losses: Losses) -> list[dict[str, Any]]:
    questions: dict[str, list[dict[str, Any]]] = {}
    for evidence in record.evidence:
        if evidence.target != CONTENT:
            losses.add("piece[s] of evidence about attributions left out")
        elif not evidence.question:
            losses.add("piece[s] of evidence without a question left out")
        else:
            losses.add("stance[s] of evidence left out", bool(evidence.stance))
            losses.add("passage[s] of evidence left out", bool(evidence.passage) and not _is_used(evidence))
            losses.add("[publisher and date|publishers and dates] of evidence left out", _has_more(evidence))
            questions.setdefault(evidence.question, []).extend(_answers(evidence))
    return [{"question": question, "answers": answers} for question, answers in questions.items()]


def _answers(evidence: Evidence) -> list[dict[str, Any]]:
    unanswerable = evidence.answer_type == AnswerType.UNANSWERABLE
    words = evidence.answer or evidence.passage or (NO_ANSWER if unanswerable else "")
    if not words:
        return []
    answer = {
        "answer": words,
        "answer_type": evidence.answer_type.capitalize() or None,
        "source_url": evidence.url or None,
        "cached_source_url": evidence.archived_url or None,
        "source_medium": evidence.medium or None,
    }
    boolean = evidence.answer_type == AnswerType.BOOLEAN
    return [answer | ({"boolean_explanation": evidence.passage} if boolean else {})]


def _is_used(evidence: Evidence) -> bool:
    return not evidence.answer or evidence.answer_type == AnswerType.BOOLEAN


def _has_more(evidence: Evidence) -> bool:
    return bool(evidence.publisher or evidence.published_at or evidence.retrieved_at)
