"""The reviewer's own segmentation: splitting a claim and joining it with the next, as plans."""

from __future__ import annotations

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.ledger import Change
from annotator.model.review import ArticleReview
from annotator.model.stored_article import CUT, JOIN, claims_of
from annotator.workflow.plan import Plan


def split(review: ArticleReview, claim: Claim, at: int) -> Plan:
    """Split the claim at an offset (code points), or at the next word behind it: hers alone, and undoable."""
    if not claim.span.start < at < claim.span.end:
        raise DecisionRefused("put the cursor inside the claim: behind its first word, before its last")
    # Where a claim begins is where joining looks for the cut.
    while review.article.text[at].isspace():
        at += 1
    sentence_start = any(sentence.span.start == at for sentence in review.article.sentences)
    return _resegment(review, "split", claim, at, None if sentence_start else CUT)


def join(review: ArticleReview, claim: Claim) -> Plan:
    """Join the claim with the next one: hers alone, and undoable."""
    claims = review.claims
    index = [known.id for known in claims].index(claim.id)
    if index + 1 == len(claims):
        raise DecisionRefused("there is no next claim to join with")
    at = claims[index + 1].span.start
    was_cut = review.boundaries.get(at) == CUT
    return _resegment(review, "join", claim, at, None if was_cut else JOIN)


def _resegment(review: ArticleReview, action: str, claim: Claim, at: int, kind: str | None) -> Plan:
    boundaries = {position: known for position, known in review.boundaries.items() if position != at}
    if kind is not None:
        boundaries[at] = kind
    article = review.article
    after = claims_of(article.id, article.text, article.sentences, boundaries)
    known = {claim.id for claim in review.claims}
    new = [made for made in after if made.id not in known]
    change = Change("boundary", (str(at),), kind)
    return Plan(action, claim, [change], new_claims=new)
