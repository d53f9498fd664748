"""Questions to the lead: asked of a claim by a reviewer, answered once, and kept beside the claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from annotator.errors import DomainError
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A reviewer's question about a claim, by its span in code points; `answer` is empty until there is one."""

    id: str
    article_id: str
    start: int
    end: int
    reviewer: str
    text: str
    answer: str = ""
    answered_by: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise DomainError("a question needs words")

    def answered(self, answer: str, by: str) -> Question:
        """The same with an answer. Raises DomainError where that says nothing."""
        if not answer.strip():
            raise DomainError("an answer needs words")
        return replace(self, answer=answer.strip(), answered_by=by)

    def as_payload(self) -> dict[str, Any]:
        """The question as JSON values, without its id and the article's: the entry says these."""
        values = asdict(self)
        del values["id"], values["article_id"]
        return values

    @classmethod
    def from_payload(cls, id: str, article_id: str, payload: Mapping[str, Any]) -> Question:  # noqa: A002 - the field's name
        """The question from `as_payload`; raises DomainError for what is none."""
        try:
            return cls(id, article_id, **payload)
        except TypeError as error:
            raise DomainError(f"not a question: {error}") from error
