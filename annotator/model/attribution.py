"""Attributions: who says it, and how (PARC3 and PolNeAR: source, cue, content)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeAlias

from annotator.errors import DomainError
from annotator.model.late import dataclass
from annotator.model.span import Span, held_by, spans_from_flat, spans_from_pairs


class AttributionType(StrEnum):
    """What kind of act the attribution reports."""

    STATEMENT = "statement"
    DECREE = "decree"
    INTENTION = "intention"
    BELIEF = "belief"
    ATTITUDE = "attitude"


class Form(StrEnum):
    """How the content is given: quoted, paraphrased, both, or as a block quote."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    BLOCK = "block"


class Anonymity(StrEnum):
    """How far the source is named."""

    NAMED = "named"
    DESCRIBED = "described"
    UNNAMED = "unnamed"
    NONE = "none"


class Role(StrEnum):
    """The part a span plays in an attribution."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    RELAY = "relay"


# To call an enumeration takes several times as long.
TYPES: Mapping[str, AttributionType] = {each.value: each for each in AttributionType}
FORMS: Mapping[str, Form] = {each.value: each for each in Form}
ANONYMITIES: Mapping[str, Anonymity] = {each.value: each for each in Anonymity}


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution of one article; all spans in code points of the article's text.

    Raises DomainError unless there is content, spans of a role are ordered and disjoint, and there is a cue
    (only `block` may lack one). `relay` is the outlet it was told to; `parent` the id of the attribution that
    it is nested in.
    """

    id: str
    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    type: AttributionType = AttributionType.STATEMENT
    form: Form = Form.INDIRECT
    anonymity: Anonymity = Anonymity.NAMED
    negated: bool = False
    parent: str | None = None
    relay: Span | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise DomainError("an attribution needs content: mark what is said")
        if self.cue is None and self.form is not Form.BLOCK:
            raise DomainError(
                "an attribution needs a cue: mark the words that attribute (only a block quote lacks one)"
            )
        for spans in (self.source, self.content):
            if len(spans) > 1 and any(before.end > after.start for before, after in pairwise(spans)):
                raise DomainError("the spans of one role must be in order and must not overlap")
        if self.parent == self.id:
            raise DomainError("an attribution cannot be nested in itself")

    def covers(self, span: Span) -> bool:
        """Whether its content overlaps the span: then the claim there is attributed."""
        start, end, content = span.start, span.end, self.content
        # Nearly all have one part, and an export asks it of most claims.
        if content[0].start < end and start < content[0].end:
            return True
        return any(part.start < end and start < part.end for part in content[1:])

    def touches(self, span: Span) -> bool:
        """Whether any of its spans overlaps the span."""
        start, end = span.start, span.end
        # Written out: of every claim it is asked for all attributions of its article, at every decision.
        for part in (*self.content, *self.source, self.cue, self.relay):
            if part is not None and part.start < end and start < part.end:
                return True
        return False

    def role_spans(self) -> list[tuple[Role, Span]]:
        """Every span with its role: sources, cue, contents, relay."""
        pairs = [(Role.SOURCE, span) for span in self.source]
        if self.cue is not None:
            pairs.append((Role.CUE, self.cue))
        pairs += [(Role.CONTENT, span) for span in self.content]
        if self.relay is not None:
            pairs.append((Role.RELAY, self.relay))
        return pairs

    def spans(self) -> list[Span]:
        """Every span: sources, cue, contents, relay."""
        return [span for span in (*self.source, self.cue, *self.content, self.relay) if span is not None]

    @property
    def extent(self) -> tuple[int, int]:
        """From where the first of its spans begins to where the last ends."""
        parts = (*self.content, *self.source, self.cue, self.relay)
        starts = [part.start for part in parts if part is not None]
        return min(starts), self.reach

    @property
    def reach(self) -> int:
        """Where the last of its spans ends."""
        reach, cue, relay, source = self.content[-1].end, self.cue, self.relay, self.source
        # Written out, as an export asks it of every attribution of every claim.
        if cue is not None and cue.end > reach:
            reach = cue.end
        if source and source[-1].end > reach:
            reach = source[-1].end
        return relay.end if relay is not None and relay.end > reach else reach

    def lies_in(self, other: Attribution) -> bool:
        """Whether the content lies inside the other's content, as nesting requires."""
        return all(held_by(other.content, inner) for inner in self.content)

    @property
    def said(self) -> Attribution:
        """The attribution without its id and its nesting: equal for two that say the same."""
        return self._as("", None)

    def called(self, id: str) -> Attribution:  # noqa: A002 - the field's name
        """The same under another id."""
        return self._as(id, self.parent)

    def _as(self, id_: str, parent: str | None) -> Attribution:
        # What a dataclass is replaced by takes five times as long, and an article has a hundred.
        kind = self.type, self.form, self.anonymity, self.negated
        return Attribution(id_, self.source, self.cue, self.content, *kind, parent, self.relay)

    def says_as(self, other: Attribution) -> bool:
        """Whether the other, whatever its id and its nesting, says the same."""
        return (
            self.content == other.content
            and self.cue == other.cue
            and self.source == other.source
            and self.relay == other.relay
            and (self.type, self.form, self.anonymity, self.negated)
            == (other.type, other.form, other.anonymity, other.negated)
        )

    def facets(self) -> dict[str, Any]:
        """What is said of it besides its words, as JSON values, in the order that every format writes them."""
        return {
            "type": str(self.type),
            "form": str(self.form),
            "anonymity": str(self.anonymity),
            "negated": self.negated,
        }

    def as_payload(self) -> dict[str, Any]:
        """The attribution as JSON values, without its id."""
        return {
            "source": [span.as_pair() for span in self.source],
            "cue": self.cue.as_pair() if self.cue else None,
            "content": [span.as_pair() for span in self.content],
            **self.facets(),
            "parent": self.parent,
            "relay": self.relay.as_pair() if self.relay else None,
        }

    @classmethod
    def from_payload(cls, id: str, payload: Mapping[str, Any]) -> Attribution:  # noqa: A002 - the field's name
        """The attribution from `as_payload`; raises DomainError or SpanError for what is not one."""
        try:
            return cls(
                id=id,
                source=spans_from_pairs(payload["source"]),
                cue=Span(*payload["cue"]) if payload["cue"] else None,
                content=spans_from_pairs(payload["content"]),
                type=AttributionType(payload["type"]),
                form=Form(payload["form"]),
                anonymity=Anonymity(payload["anonymity"]),
                negated=bool(payload["negated"]),
                parent=payload["parent"],
                relay=Span(*payload["relay"]) if payload["relay"] else None,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DomainError(f"not an attribution: {error}") from error


Facets: TypeAlias = tuple[str, str, str, object]
"""What is said of an attribution besides its words, as values of a row: type, form, anonymity, and whether negated."""


def attribution_from_flat(
    id_: str,
    source: Sequence[int],
    cue: Sequence[int] | None,
    content: Sequence[int],
    facets: Facets,
    parent: str | None,
    relay: Sequence[int] | None,
) -> Attribution:
    """The attribution of values as tables have them: spans of a role as `[start, end, start, end, ...]`.

    Raises LookupError, TypeError, DomainError or SpanError for what is not one.
    """
    type_, form, anonymity, negated = facets
    # By their places, as exports make hundreds of thousands.
    return Attribution(
        id_,
        spans_from_flat(source),
        Span(*cue) if cue else None,
        spans_from_flat(content),
        TYPES[type_],
        FORMS[form],
        ANONYMITIES[anonymity],
        bool(negated),
        parent,
        Span(*relay) if relay else None,
    )


def check_nesting(attributions: Iterable[Attribution]) -> None:
    """Raise DomainError where nesting has a cycle, a parent is missing, or a child lies outside its parent."""
    by_id = {attribution.id: attribution for attribution in attributions}
    for attribution in by_id.values():
        seen = {attribution.id}
        child = attribution
        while child.parent is not None:
            parent = by_id.get(child.parent)
            if parent is None:
                raise DomainError(f"attribution {child.id} is nested in one that does not exist")
            if parent.id in seen:
                raise DomainError(f"attribution {attribution.id} is nested in itself")
            if not child.lies_in(parent):
                raise DomainError("a nested attribution's content must lie inside its parent's content")
            seen.add(parent.id)
            child = parent


def same_place(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions are about the same words: the same cue, or content that overlaps at one level."""
    if one.cue is not None and other.cue is not None:
        return one.cue.overlaps(other.cue)
    return any(other.covers(span) for span in one.content) and (one.parent is None) == (other.parent is None)
