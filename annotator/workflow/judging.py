"""Judging a claim: check-worthiness, voice, verdict, evidence and the rest, as plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.citing import checked_fields
from annotator.model.judgement import CONFIDENCES, CONTENT, VERDICT_FACETS, Evidence
from annotator.model.ledger import Change, uuid7
from annotator.model.review import ArticleReview
from annotator.model.scheme import Value
from annotator.workflow.plan import Plan


def worth(review: ArticleReview, claim: Claim, value: str) -> Plan:
    """Set the check-worthiness; the same value again clears it.

    A value that stands for the author's voice sets that too where nobody is suggested as the source.
    """
    known = review.scheme.worth_value(value)
    if review.judgement(claim).worth == value:
        return _judge(review, claim, "worth", worth=None)
    more: dict[str, Any] = {}
    if known.author_voice and review.author_by_default(claim):
        more = {"voice": review.scheme.voice[0].id}
    return _judge(review, claim, "worth", worth=value, **more)


def worth_all(review: ArticleReview) -> Plan:
    """Take every suggested check-worthiness of the article that waives the verdict, in one entry."""
    changes: list[Change] = []
    taken: list[str] = []
    for claim in review.claims:
        suggestion = review.suggested_worth(claim)
        if suggestion is None or review.judgement(claim).worth is not None:
            continue
        id_, proposed = suggestion
        value = review.scheme.worth_value(proposed.worth)
        if not value.waives_verdict:
            continue
        taken.append(id_)
        changes.append(Change("judgement", (claim.id, "worth"), value.id))
        if value.author_voice and review.author_by_default(claim):
            changes.append(Change("judgement", (claim.id, "voice"), review.scheme.voice[0].id))
    if not taken:
        raise DecisionRefused("nothing in this article is suggested as not worth checking")
    claims = "1 claim" if len(taken) == 1 else f"{len(taken)} claims"
    return Plan("worth-all", None, changes, f"{claims} taken as suggested", suggestions=taken)


def voice(review: ArticleReview, claim: Claim) -> Plan:
    """Set the author's voice, or clear it; the screen asks first where an attribution covers the claim.

    Setting it refuses the attributions that are suggested for the claim's content.
    """
    value = review.scheme.voice[0].id
    if review.judgement(claim).voice == value:
        return _judge(review, claim, "voice", voice=None)
    refused = [
        id_
        for id_, suggestion in review.suggested_attributions(claim)
        if suggestion.attribution.covers(claim.span) and review.claims_covered(suggestion.attribution) == 1
    ]
    plan = _judge(review, claim, "voice", voice=value)
    refusals = [Change("refusal", (id_,), value=True) for id_ in refused]
    return replace(plan, changes=[*plan.changes, *refusals], suggestions=refused)


def flag(review: ArticleReview, claim: Claim) -> Plan:
    """Raise or lower the flag."""
    return _judge(review, claim, "flag", flag=not review.judgement(claim).flag or None)


def skip(review: ArticleReview, claim: Claim) -> Plan:
    """Pass the claim over, or take that back."""
    return _judge(review, claim, "skip", skipped=not review.judgement(claim).skipped or None)


def note(review: ArticleReview, claim: Claim, text: str) -> Plan:
    """Set the note; empty text removes it."""
    return _judge(review, claim, "note", note=text.strip() or None)


def restatement(review: ArticleReview, claim: Claim, text: str) -> Plan:
    """Set the claim in words that stand alone; empty text removes it."""
    return _judge(review, claim, "restatement", restatement=text.strip() or None)


def confidence(review: ArticleReview, claim: Claim, target: str = CONTENT) -> Plan:
    """Step through low, medium, high and none: of the verdict where there is one, else of the judgement."""
    verdict = review.verdict(claim, target)
    now = verdict.confidence if verdict else review.judgement(claim).confidence
    steps: tuple[str | None, ...] = (None, *CONFIDENCES)
    value = dict(pairwise(steps)).get(now)
    if verdict is None:
        return _judge(review, claim, "confidence", confidence=value)
    change = Change("verdict", (claim.id, target, "confidence"), value)
    return Plan("confidence", claim, [change], f"confidence: {value or 'none'}")


def _judge(review: ArticleReview, claim: Claim, action: str, **facets: Any) -> Plan:
    changes = [Change("judgement", (claim.id, facet), value) for facet, value in facets.items()]
    now = review.judgement(claim)
    if all(getattr(now, facet) == value or not (getattr(now, facet) or value) for facet, value in facets.items()):
        raise DecisionRefused("nothing to change")
    return Plan(action, claim, changes)


def verdict(review: ArticleReview, claim: Claim, value: str, target: str = CONTENT, reason: str | None = None) -> Plan:
    """Set the verdict on a target; the same value again clears it. Sets check-worthy where nothing is set.

    With a reason that too is set, in the same entry.
    """
    known = review.scheme.verdict_value(value)
    now = review.verdict(claim, target)
    _check_target(review, target)
    if now is not None and now.value == value:
        cleared = [Change("verdict", (claim.id, target, facet), None) for facet in VERDICT_FACETS]
        return Plan("verdict", claim, cleared, "verdict cleared")
    changes = [Change("verdict", (claim.id, target, "value"), known.id)]
    if reason is not None or (now is not None and now.reason is not None):
        _check_reason(known, reason)
        changes.append(Change("verdict", (claim.id, target, "reason"), reason))
    if review.judgement(claim).worth is None:
        changes.append(Change("judgement", (claim.id, "worth"), review.scheme.checkable.id))
    return Plan("verdict", claim, changes)


def reason(review: ArticleReview, claim: Claim, reason: str, target: str = CONTENT) -> Plan:
    """Set why the verdict is what it is."""
    now = review.verdict(claim, target)
    _check_reason(review.scheme.known_verdict(now.value) if now else None, reason)
    return Plan("reason", claim, [Change("verdict", (claim.id, target, "reason"), reason)])


def _check_reason(value: Value | None, reason: str | None) -> None:
    if reason is not None and (value is None or reason not in {known.id for known in value.reasons}):
        raise DecisionRefused(f"this verdict takes no reason {reason!r}")


def justification(review: ArticleReview, claim: Claim, text: str, target: str = CONTENT) -> Plan:
    """Set the verdict's justification; empty text removes it. Refused without a verdict."""
    if review.verdict(claim, target) is None:
        raise DecisionRefused("give a verdict first: a justification belongs to one")
    change = Change("verdict", (claim.id, target, "justification"), text.strip() or None)
    return Plan("justification", claim, [change])


def _check_target(review: ArticleReview, target: str) -> None:
    if target != CONTENT and target not in {attribution.id for attribution in review.attributions}:
        raise DecisionRefused("that attribution is gone: choose another target")


def evidence(review: ArticleReview, claim: Claim, fields: Mapping[str, str], evidence_id: str | None = None) -> Plan:
    """Add evidence to the claim, or change what is there; what is changed is checked as `citing` says.

    Raises DomainError where nothing is said, and for what is no address, no date, stance or kind of answer.
    """
    _check_target(review, fields.get("target", CONTENT))
    known = next((each.as_payload() for each in review.evidence if each.id == evidence_id), {})
    kept = checked_fields(fields, known)
    made = Evidence(id=evidence_id or uuid7(), claim_id=claim.id, **kept)
    if known == made.as_payload():
        raise DecisionRefused("nothing to change")
    return Plan("evidence", claim, [Change("evidence", (made.id,), made.as_payload())], "evidence kept")


def remove_evidence(review: ArticleReview, claim: Claim, evidence_id: str) -> Plan:
    """Remove a piece of evidence."""
    if evidence_id not in {evidence.id for evidence in review.evidence}:
        raise DecisionRefused("that evidence is gone already")
    return Plan("evidence-remove", claim, [Change("evidence", (evidence_id,), None)])
