"""Making attributions, judgements, verdicts and evidence of what a file says, checked and through the label map.

Values are read as our own exports name them; a format with other names puts them into these first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from annotator.errors import DomainError, ImportFailure
from annotator.importers.annotations.json_values import id_value, parsed, trouble
from annotator.importers.annotations.label_map import LabelMap
from annotator.importers.annotations.placing import Placing, ordered
from annotator.model.annotated import NOT_DECIDED, GivenAttribution, GivenClaim, GivenSource, Note
from annotator.model.article import BlockKind
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form, Role
from annotator.model.citing import checked_fields
from annotator.model.judgement import CONFIDENCES, CONTENT, Evidence, Judgement, Verdict
from annotator.model.late import dataclass
from annotator.model.source import SourceKind
from annotator.model.span import Span
from annotator.model.text import claim_id

Values = Mapping[str, Any]

ATTRIBUTED = "attributed"
"""What exports say of a claim's voice where that follows from an attribution: nothing that anybody decided."""


@dataclass(frozen=True, slots=True)
class Making:
    """Makes what one file says of one article; what it joins or leaves out is noted with the placing's notes."""

    placing: Placing
    labels: LabelMap

    def attribution(
        self, name: str, spans: Mapping[Role, Sequence[Span]], values: Values, place: str, parent: str | None = None
    ) -> GivenAttribution:
        """An attribution of these spans; raises ImportFailure for one without content, and for facets that are none.

        A cue of several pieces becomes what reaches from the first to the last, because ours has one piece.
        """
        cues, relays = ordered(spans.get(Role.CUE, ())), ordered(spans.get(Role.RELAY, ()))
        if not spans.get(Role.CONTENT):
            raise self.failure("an attribution without content", place)
        said = {facet: self._value(values, facet, place) for facet in ("type", "form", "anonymity")}
        form = said["form"] or (Form.INDIRECT if cues else Form.BLOCK)
        try:
            made = Attribution(
                id=name,
                source=ordered(spans.get(Role.SOURCE, ())),
                cue=self._hull(cues, "cue", place),
                content=ordered(spans[Role.CONTENT]),
                type=AttributionType(said["type"] or AttributionType.STATEMENT),
                form=Form(form),
                anonymity=Anonymity(said["anonymity"] or Anonymity.NAMED),
                negated=self._flag(values, "negated", place),
                parent=parent,
                relay=self._hull(relays, "relay", place),
            )
        except (DomainError, ValueError) as error:
            raise self.failure(str(error), place) from error
        unsaid = {facet for facet in ("form", "anonymity") if said[facet] is None}
        if not cues:
            unsaid.discard("form")
        return GivenAttribution(made, place, frozenset(unsaid), self._source(values, place))

    def claim(self, span: Span, values: Values, place: str, decided: tuple[str, str, str] = NOT_DECIDED) -> GivenClaim:
        """What is said of the claim at this span; raises ImportFailure for values that are none."""
        voice = self._value(values, "voice", place)
        judgement = Judgement(
            worth=self._value(values, "worth", place),
            voice=None if voice == ATTRIBUTED else voice,
            restatement=self._text(values, "restatement", place),
            flag=self._flag(values, "flag", place),
            note=self._text(values, "note", place),
            confidence=self._confidence(values, place),
            skipped=self._flag(values, "skipped", place),
        )
        if not all(_is_time(time) for time in decided[:2] if time):
            raise self.failure("first_decided_at and last_decided_at are times in ISO 8601", place)
        claim = claim_id(self.placing.article_id, span)
        return GivenClaim(
            span,
            place,
            judgement,
            tuple(self._verdict(each, place) for each in self.rows(values, "verdicts", place)),
            tuple(self._evidence(each, claim, place) for each in self.rows(values, "evidence", place)),
            decided,
            self._kind(values, place),
        )

    def rows(self, values: Values, name: str, place: str) -> list[Values]:
        """A list of objects under this name, empty where there is none; raises ImportFailure for anything else."""
        rows = values.get(name) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.failure(f"{name}: a list of objects is wanted", place)
        return rows

    def object(self, text: str, place: str) -> Values:
        """A verdict or a piece of evidence that a format keeps as JSON; raises ImportFailure for what is none."""
        try:
            value = parsed(text).value
        except ValueError as error:
            raise self.failure(f"evidence or verdict that is no JSON: {error}", place) from error
        reason = trouble(value)
        if reason or not isinstance(value, dict):
            raise self.failure(reason or "evidence or verdict that is no JSON object", place)
        return value

    def failure(self, reason: str, place: str) -> ImportFailure:
        """An item that cannot be imported, with its place."""
        return ImportFailure(self.placing.origin, reason, place)

    def note(self, said: str, place: str) -> None:
        """Say what was done with an item that goes in all the same, or is left out on purpose."""
        self.placing.notes.append(Note(self.placing.origin, said, place))

    def left_out(self, kind: str, count: int, place: str, said: str = "") -> None:
        """Count something of the file that is not taken over, by a noun in the singular; none at all is nothing."""
        if count:
            self.placing.notes.append(Note(self.placing.origin, said, place, kind, count))

    def _flag(self, values: Values, name: str, place: str) -> bool:
        value = values.get(name)
        if value is not None and value not in (True, False):
            raise self.failure(f"{name}: true or false is wanted", place)
        return bool(value)

    def _kind(self, values: Values, place: str) -> BlockKind | None:
        kind = self._text(values, "block", place)
        try:
            return BlockKind(kind) if kind else None
        except ValueError as error:
            raise self.failure(f"{kind!r} is not a kind of block", place) from error

    def _hull(self, spans: Sequence[Span], what: str, place: str) -> Span | None:
        if not spans:
            return None
        if len(spans) > 1:
            self.note(f"a {what} of {len(spans)} pieces made one", place)
        return Span(spans[0].start, spans[-1].end)

    def _source(self, values: Values, place: str) -> GivenSource | None:
        name, id_ = self._text(values, "source_name", place), self._text(values, "source_id", place)
        kind = self._text(values, "source_kind", place)
        if not name and not id_:
            return None
        try:
            return GivenSource(name or "", id_ or "", SourceKind(kind) if kind else None)
        except ValueError as error:
            raise self.failure(str(error), place) from error

    def _verdict(self, values: Values, place: str) -> Verdict:
        value = self._value(values, "verdict", place, "value")
        if value is None:
            raise self.failure("a verdict without a value", place)
        return Verdict(
            target=self._text(values, "target", place) or CONTENT,
            value=value,
            reason=self._value(values, "reason", place),
            confidence=self._confidence(values, place),
            justification=self._text(values, "justification", place),
        )

    def _evidence(self, values: Values, claim: str, place: str) -> Evidence:
        given = {name: value for name, value in values.items() if name not in ("id", "claim_id") and value is not None}
        if not all(isinstance(value, str) for value in given.values()):
            raise self.failure("evidence that is not text", place)
        try:
            return Evidence.from_payload(id_value(values), {**checked_fields(given), "claim_id": claim})
        except DomainError as error:
            raise self.failure(str(error), place) from error

    def _confidence(self, values: Values, place: str) -> str | None:
        found = self._value(values, "confidence", place)
        if found is not None and found not in CONFIDENCES:
            raise self.failure(f"no such confidence: {found} (known: {', '.join(CONFIDENCES)})", place)
        return found

    def _value(self, values: Values, facet: str, place: str, key: str = "") -> str | None:
        theirs = self._text(values, key or facet, place)
        return self.labels.value(facet, theirs) if theirs else None

    def _text(self, values: Values, name: str, place: str) -> str | None:
        value = values.get(name)
        if value is not None and not isinstance(value, str):
            raise self.failure(f"{name}: text is wanted, not {type(value).__name__}", place)
        return value


def _is_time(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True
