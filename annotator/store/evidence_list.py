"""All evidence of some reviewers, whatever claims it stands at."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.evidence_list import UsedEvidence
from annotator.store.connection import Store, translated
from annotator.store.work_rows import EVIDENCE, evidence_of


def kept_evidence(store: Store, reviewers: Sequence[str] = ()) -> list[UsedEvidence]:
    """The pieces of these reviewers, of all where none are named, on the articles that are shown."""
    marks = ", ".join("?" for _ in reviewers)
    of_these = f"and name.text in ({marks})" if reviewers else ""
    with translated(store.path):
        rows = store.connection.execute(
            f"select name.text, article.id, {EVIDENCE} from evidence join article on article.ordinal = article "
            f"join name on name.key = reviewer where hidden = 0 and purged_at is null {of_these}",
            list(reviewers),
        )
        return [UsedEvidence(row[0], row[1], evidence_of(row[2:])) for row in rows]
