"""What one reviewer decides of one claim: judgement, verdicts and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, Literal

from annotator.errors import DomainError
from annotator.model.late import dataclass

CONTENT = "content"
"""The verdict target that is the claim's content; any other target is an attribution's id."""

Confidence = Literal["low", "medium", "high"]
CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")

JUDGEMENT_FACETS = ("worth", "voice", "restatement", "flag", "note", "confidence", "skipped")
VERDICT_FACETS = ("value", "reason", "confidence", "justification")


class Stance(StrEnum):
    """What a piece of evidence does for the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class AnswerType(StrEnum):
    """AVeriTeC's kinds of answers."""

    EXTRACTIVE = "extractive"
    ABSTRACTIVE = "abstractive"
    BOOLEAN = "boolean"
    UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The facets of one claim that are not attribution, verdict or evidence; None is "not judged"."""

    worth: str | None = None
    voice: str | None = None
    restatement: str | None = None
    flag: bool = False
    note: str | None = None
    confidence: str | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """One reviewer's verdict on one target of one claim: its content, or one attribution."""

    target: str
    value: str
    reason: str | None = None
    confidence: str | None = None
    justification: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on (AVeriTeC: question and answer); dates are ISO 8601, empty where unknown.

    Raises DomainError where there is neither question, answer, url nor passage.
    """

    id: str
    claim_id: str
    target: str = CONTENT
    question: str = ""
    answer: str = ""
    answer_type: str = ""
    url: str = ""
    archived_url: str = ""
    medium: str = ""
    publisher: str = ""
    published_at: str = ""
    retrieved_at: str = ""
    passage: str = ""
    stance: str = ""

    def __post_init__(self) -> None:
        if not (self.question or self.answer or self.url or self.passage):
            raise DomainError("evidence needs at least a question, an answer, a url or a quoted passage")
        if self.stance and self.stance not in set(Stance):
            raise DomainError(f"no such stance: {self.stance} (known: {', '.join(Stance)})")
        if self.answer_type and self.answer_type not in set(AnswerType):
            raise DomainError(f"no such answer type: {self.answer_type} (known: {', '.join(AnswerType)})")

    def as_payload(self) -> dict[str, Any]:
        """The evidence as JSON values, without its id."""
        values = asdict(self)
        del values["id"]
        return values

    @classmethod
    def from_payload(cls, id: str, payload: Mapping[str, Any]) -> Evidence:  # noqa: A002 - the field's name
        """The evidence from `as_payload`; fields it does not know are an error."""
        known = {field.name for field in fields(cls)} - {"id"}
        if set(payload) - known:
            raise DomainError(f"not evidence: unknown fields {sorted(set(payload) - known)}")
        try:
            return cls(id=id, **payload)
        except TypeError as error:
            raise DomainError(f"not evidence: {error}") from error
