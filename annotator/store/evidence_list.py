"""All evidence of some reviewers, whatever claims it stands at."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.evidence_list import UsedEvidence
from annotator.model.judgement import Evidence
from annotator.store.connection import Store, translated

_FIELDS = (
    "evidence.id, claim_id, target, question, answer, answer_type, url, archived_url, medium, publisher, published_at, "
    "retrieved_at, passage, stance"
)


def kept_evidence(store: Store, reviewers: Sequence[str] = ()) -> list[UsedEvidence]:
    """The pieces of these reviewers, of all where none are named, on the articles that are shown."""
    marks = ", ".join("?" for _ in reviewers)
    of_these = f"and reviewer in ({marks})" if reviewers else ""
    with translated(store.path):
        rows = store.connection.execute(
            f"select reviewer, article_id, {_FIELDS} from evidence join article on article.id = article_id "
            f"where hidden = 0 and text is not null {of_these}",
            list(reviewers),
        )
        return [UsedEvidence(row[0], row[1], Evidence(*row[2:])) for row in rows]
