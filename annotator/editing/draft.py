"""Drafts: an attribution in the making, as the span mode edits it and as it outlives a crash."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.errors import DomainError, SpanError
from annotator.model.article import Claim
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form, Role
from annotator.model.chain import nested_order
from annotator.model.late import dataclass
from annotator.model.ledger import uuid7
from annotator.model.review import ArticleReview
from annotator.model.span import Span, spans_from_pairs


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in the making; None for form and anonymity means "as proposed"."""

    id: str
    source: tuple[Span, ...] = ()
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    relay: Span | None = None
    type: AttributionType = AttributionType.STATEMENT
    form: Form | None = None
    anonymity: Anonymity | None = None
    negated: bool = False
    parent: str | None = None
    suggestion: str | None = None
    kept: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing has been marked."""
        return not (self.source or self.cue or self.content or self.relay)

    def role_spans(self) -> list[tuple[Role, Span]]:
        """Every mark with its role."""
        pairs = [(Role.SOURCE, span) for span in self.source] + [(Role.CONTENT, span) for span in self.content]
        pairs += [(Role.CUE, self.cue)] if self.cue else []
        return pairs + ([(Role.RELAY, self.relay)] if self.relay else [])

    def attribution(self, form: Form, anonymity: Anonymity) -> Attribution:
        """The finished attribution; raises DomainError that says what is missing."""
        return Attribution(
            id=self.id,
            source=self.source,
            cue=self.cue,
            content=self.content,
            type=self.type,
            form=self.form or form,
            anonymity=self.anonymity or anonymity,
            negated=self.negated,
            parent=self.parent,
            relay=self.relay,
        )

    def as_payload(self) -> dict[str, Any]:
        """The draft as JSON values."""
        return {
            "id": self.id,
            "source": [span.as_pair() for span in self.source],
            "cue": self.cue.as_pair() if self.cue else None,
            "content": [span.as_pair() for span in self.content],
            "relay": self.relay.as_pair() if self.relay else None,
            "type": self.type.value,
            "form": self.form.value if self.form else None,
            "anonymity": self.anonymity.value if self.anonymity else None,
            "negated": self.negated,
            "parent": self.parent,
            "suggestion": self.suggestion,
            "kept": self.kept,
        }

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Draft:
        """The draft from `as_payload`; raises DomainError for what is not one."""
        try:
            return cls(
                **{
                    **payload,
                    "source": spans_from_pairs(payload["source"]),
                    "cue": Span(*payload["cue"]) if payload["cue"] else None,
                    "content": spans_from_pairs(payload["content"]),
                    "relay": Span(*payload["relay"]) if payload["relay"] else None,
                    "type": AttributionType(payload["type"]),
                    "form": Form(payload["form"]) if payload["form"] else None,
                    "anonymity": Anonymity(payload["anonymity"]) if payload["anonymity"] else None,
                }
            )
        except (KeyError, TypeError, ValueError, SpanError) as error:
            raise DomainError(f"not a draft: {error}") from error


def draft_of(attribution: Attribution, suggestion: str | None = None, *, kept: bool, new_id: str = "") -> Draft:
    """An attribution, or a suggested one under a new id, opened for editing."""
    return Draft(
        id=new_id or attribution.id,
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        relay=attribution.relay,
        type=attribution.type,
        form=attribution.form,
        anonymity=attribution.anonymity,
        negated=attribution.negated,
        parent=attribution.parent,
        suggestion=suggestion,
        kept=kept,
    )


def drafts_at(review: ArticleReview, claim: Claim) -> list[Draft]:
    """What the span mode steps through at a claim, in the panel's order: her attributions, then what is suggested."""
    kept = [draft_of(made, kept=True) for made, _ in nested_order(review.attributions_of(claim))]
    ids = {made.attribution.id: id_ for id_, made in review.suggested_attributions(claim)}
    order = nested_order([made.attribution for _, made in review.suggested_attributions(claim)])
    suggested = [draft_of(made, ids[made.id], kept=False, new_id=uuid7()) for made, _ in order]
    known = {draft.id for draft in kept}
    return [*kept, *(replace(draft, parent=draft.parent if draft.parent in known else None) for draft in suggested)]
