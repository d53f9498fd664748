"""What a draft belongs to."""

from __future__ import annotations

from annotator.model.late import NamedTuple


class DraftKey(NamedTuple):
    """What is being typed or marked, and where: in which article, of which kind, about what.

    `kind` is "note", "attribution" and the like; `subject` is a claim's id, or whatever else the kind is about.
    """

    article_id: str
    kind: str
    subject: str
