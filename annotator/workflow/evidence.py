"""The project's evidence: each piece once, found by its words, to be used again."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.evidence_list import ListedEvidence, holding, listed
from annotator.store import Store
from annotator.store.evidence_list import kept_evidence


def evidence_list(store: Store, reviewers: Sequence[str] = (), words: str = "") -> list[ListedEvidence]:
    """The evidence of these reviewers (of all where none are named) that has all of the words, the last used first.

    The workbench asks for the reviewer's own: nobody sees what another rests her verdicts on.
    """
    return holding(listed(kept_evidence(store, reviewers)), words)
