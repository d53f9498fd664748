"""Exercises: which articles have an answer key, what a reviewer hears of it, and how she scores.

The key of an article is what the lead decided of it in the adjudicated layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from annotator.errors import DecisionRefused
from annotator.model.adjudication import Facet, covering, differing, stand, stand_of
from annotator.model.article import Claim
from annotator.model.exercise import Exercise
from annotator.model.first_decisions import FirstDecision, FirstDecisions
from annotator.model.judgement import CONTENT, Verdict
from annotator.model.review import ArticleReview, State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import name_of
from annotator.model.source import Registry
from annotator.reports.scores import Answer, Score, scores
from annotator.store import Store, project, sources
from annotator.store.review import load_review
from annotator.workflow.agreement.first_decisions import decided_articles
from annotator.workflow.selection import known_reviewers

_COMPARED = (Facet.WORTH, Facet.ATTRIBUTION, Facet.VERDICT)
"""The facets that have a right answer; the name of a source is a matter of the project's list."""


def set_exercise(store: Store, article_ids: Sequence[str], kind: Exercise | None, reviewer: str | None) -> int:
    """Make articles exercises, or (None) ordinary ones again; how many were changed. Raises DecisionRefused.

    Refused for who does not lead the project.
    """
    project.load_project(store).check_lead(reviewer, "exercises")
    present = project.exercises(store)
    changed = [article_id for article_id in article_ids if present.get(article_id) != kind]
    if not changed:
        raise DecisionRefused("these articles are so already")
    for article_id in changed:
        project.set_exercise(store, article_id, kind, reviewer)
    return len(changed)


def feedback(key: ArticleReview, review: ArticleReview, claim: Claim) -> str:
    """What the key says of a claim that the reviewer is done with, in words; empty where the key has nothing on it."""
    if claim.id not in {each.id for each in key.claims} or key.state(claim, "both") is not State.DONE:
        return ""
    none = Registry()
    wrong = [facet for facet in differing([stand(key, claim, none), stand(review, claim, none)]) if facet in _COMPARED]
    if not wrong:
        return "as the answer key has it"
    return "the answer key: " + " · ".join(_said(key, claim, facet) for facet in wrong)


def _said(key: ArticleReview, claim: Claim, facet: Facet) -> str:
    judgement, verdict = key.judgement(claim), key.verdict(claim)
    if facet is Facet.WORTH:
        known = key.scheme.known_worth(judgement.worth)
        return f"worth {judgement.worth} {name_of(known, judgement.worth or '')}"
    if facet is Facet.VERDICT:
        return name_of(key.scheme.known_verdict(verdict.value), verdict.value) if verdict else "no verdict"
    found = covering(key, claim)
    text = key.article.text
    who = [" ".join(" … ".join(span.slice(text) for span in made.source).split()) or "nobody named" for made in found]
    return f"said by {', then '.join(who)}" if who else "author's voice"


def score_report(store: Store, reviewers: Sequence[str] = ()) -> list[Score]:
    """How the reviewers (all where none are named) score on the exercises. Raises NotFoundError."""
    return scores(_answers(store, known_reviewers(store, reviewers)), _week)


def _week(at: str) -> str:
    year, week, _ = datetime.fromisoformat(at).isocalendar()
    return f"{year}-W{week:02}"


def _answers(store: Store, reviewers: Sequence[str]) -> Iterator[Answer]:
    """Every first decision that has a key."""
    exercises, registry = project.exercises(store), sources.registry(store)
    for found in decided_articles(store, reviewers):
        kind = exercises.get(found.article.id)
        if kind is not None:
            key = load_review(store, found.article, ADJUDICATED)
            yield from (answer for each in found.reviewers for answer in _of_reviewer(kind, key, each, registry))


def _of_reviewer(kind: Exercise, key: ArticleReview, found: FirstDecisions, registry: Registry) -> Iterator[Answer]:
    keyed = {claim.id for claim in key.claims if key.state(claim, "both") is State.DONE}
    for made in found.made:
        if made.claim.id in keyed and found.reviewer != ADJUDICATED:
            wrong = _wrong(key, made, registry)
            for facet in _COMPARED:
                yield Answer(found.reviewer, kind.value, facet.value, facet not in wrong, made.at)


def _wrong(key: ArticleReview, made: FirstDecision, registry: Registry) -> tuple[Facet, ...]:
    wanted = stand(key, made.claim, registry)
    verdict = key.verdict(made.claim)
    given = [Verdict(CONTENT, made.verdict, verdict.reason if verdict else None)] if made.verdict is not None else []
    # A first decision keeps the verdict without its reason.
    return differing([wanted, stand_of(made.judgement, made.attributions, given, {})])
