"""Taking what was seen before: a fact-check as evidence, an earlier verdict of one's own. Never by itself; as plans.

The ledger's entry says what was taken and what it came to, so that a report can say how often it was right.
"""

from __future__ import annotations

from dataclasses import replace

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.check import Seen
from annotator.model.judgement import CONTENT
from annotator.model.review import ArticleReview
from annotator.workflow import judging
from annotator.workflow.fact_checks.seen_before import evidence_from
from annotator.workflow.plan import Plan

SEEN_BEFORE = "seen_before"
"""Under this name a ledger entry's payload says what was taken."""


def take(review: ArticleReview, claim: Claim, seen: Seen, target: str = CONTENT) -> Plan:
    """Take a fact-check as evidence, or one's own earlier verdict as the verdict.

    Refused where it is there already, and for a verdict that the scheme no longer has.
    """
    return _take_verdict(review, claim, seen) if seen.own else _take_evidence(review, claim, seen, target)


def _take_evidence(review: ArticleReview, claim: Claim, seen: Seen, target: str) -> Plan:
    fields = evidence_from(seen, target)
    here = [each for each in review.evidence_of(claim) if each.target == target]
    known = next((each for each in here if (each.url, each.question) == (fields["url"], fields["question"])), None)
    if known is not None:
        other = "" if known.answer == fields["answer"] else f", as “{known.answer}”: v, X removes that"
        raise DecisionRefused(f"that fact-check is evidence here already{other}")
    plan = judging.evidence(review, claim, fields)
    said = f"evidence kept: {seen.check.publisher or seen.check.title}"
    return replace(plan, said=said, more=_origin(seen))


def _take_verdict(review: ArticleReview, claim: Claim, seen: Seen) -> Plan:
    value = seen.check.value
    known = review.scheme.known_verdict(value)
    now = review.verdict(claim, CONTENT)
    if known is None:
        raise DecisionRefused(f"the scheme no longer has the verdict {value!r}")
    if known.reasons:
        raise DecisionRefused(f"{known.name} takes a reason: give it yourself")
    if "negated" in seen.why:
        raise DecisionRefused("one of the two denies what the other says: decide it yourself")
    if now is not None and now.value == value:
        raise DecisionRefused("the verdict is that already")
    return replace(judging.verdict(review, claim, value), more=_origin(seen))


def _origin(seen: Seen) -> dict[str, dict[str, object]]:
    return {
        SEEN_BEFORE: {
            "key": seen.key,
            "own": seen.own,
            "publisher": seen.check.publisher,
            "value": seen.value,
            "score": seen.score,
        }
    }
