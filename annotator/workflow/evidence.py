"""The project's evidence: each piece once, found by its words, to be used again."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.evidence_list import ListedEvidence, UsedEvidence, holding, listed
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, project
from annotator.store.evidence_list import kept_evidence
from annotator.store.fact_checks.checks import outdated


def evidence_list(
    store: Store, reviewers: Sequence[str] = (), words: str = "", viewer: str | None = None
) -> list[ListedEvidence]:
    """The evidence of these reviewers (of all where none are named) that has all of the words, the last used first.

    What the answer keys of exercises rest on is for the lead's eyes alone: `viewer` is who asks, None where that is
    not known.
    """
    pieces = kept_evidence(store, reviewers)
    if viewer is None or viewer != project.load_project(store).lead:
        keys = project.exercises(store)
        pieces = [each for each in pieces if each.reviewer != ADJUDICATED or each.article_id not in keys]
    return holding(_listed(store, pieces), words)


def evidence_to_use(store: Store, reviewer: str, article_id: str) -> list[ListedEvidence]:
    """What a reviewer may use again in an article, the last used first: her own, and what the lead has settled by.

    Nobody sees another's; nor what the lead rests this very article on, which would say what came out, nor anything of
    the lead's in an exercise or of one.
    """
    pieces = kept_evidence(store, [reviewer, ADJUDICATED])
    if reviewer == ADJUDICATED:
        return _listed(store, pieces)
    exercises = project.exercises(store)

    def is_shown(of: str) -> bool:
        return article_id not in exercises and of not in exercises and of != article_id

    return _listed(store, [each for each in pieces if each.reviewer == reviewer or is_shown(each.article_id)])


def _listed(store: Store, pieces: Sequence[UsedEvidence]) -> list[ListedEvidence]:
    return listed(pieces, outdated(store, [each.evidence.url for each in pieces if each.evidence.url]))
