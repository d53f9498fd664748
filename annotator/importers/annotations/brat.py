"""brat: pairs of .txt and .ann, as this tool exports them and as PolNeAR publishes them.

An .ann file is brat standoff. Its text is in the .txt file of the same name beside it, or in a folder `text` beside
its folder, where the name may lack the annotator's `_xxxx` at the end (PolNeAR). Where there is none, the .json file
that our export puts beside it names the article, and the text is the database's.

- An event whose label the label map calls an attribution is one; its arguments are its spans, by the argument's name or
  else by the label of the `T` line; a number behind the name means nothing. The trigger is not looked at.
- Fragments are pieces of their role, those that only line breaks divide are one piece. A cue of several pieces becomes
  one. An event without content is left out and said so.
- An event as another's argument, and a `NestedIn` relation, nest it there.
- `T` lines labelled Claim, attributes and notes are read as `exporters.brat` writes them.

The reviewer is the one that the .json file names; else "gold", and where several .ann files belong to one text, what
their names have behind the text's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import parsed, text_value, trouble
from annotator.importers.annotations.making import Making
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import person_of
from annotator.importers.annotations.placing import Placing, given_text
from annotator.importers.annotations.publications import publications_of
from annotator.importers.annotations.standoff import Event, Standoff, TextBound, read_standoff
from annotator.importers.decoding import decode
from annotator.importers.files import open_regular, os_failure, shown
from annotator.importers.rows import one_row
from annotator.model.annotated import NOT_DECIDED, GivenArticle, GivenAttribution, GivenClaim
from annotator.model.attribution import Role
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.model.text import NormalisedText, OffsetMap

CLAIM, NESTED = "claim", "nestedin"
_NOTES = ("Verdict", "Evidence", "Scheme", "AnnotatorNotes", "Restatement", "SourceName")
_MARKS = ("flag", "skipped", "negated")
"""Attributes that say something by being there, whatever their value."""
_OF_CLAIMS = {
    "worth": "worth",
    "voice": "voice",
    "confidence": "confidence",
    "flag": "flag",
    "skipped": "skipped",
}
_OF_ATTRIBUTIONS = {
    "type": "type",
    "form": "form",
    "anonymity": "anonymity",
    "negated": "negated",
    "sourcekind": "source_kind",
}


def read_brat(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """The article and the annotations of one .ann file; raises ImportFailure where there is no text for it."""
    origin = shown(path)
    beside = _beside(Path(path))
    text_path, annotator = _text_of(Path(path), options)
    if text_path is not None:
        with open_regular(str(text_path)) as article:
            read = decode(article.read(), shown(str(text_path)))
            given = given_text(read, origin, "", text_value(beside, "article_id"))
    else:
        known = options.text_of(text_value(beside, "article_id"))
        if known is None:
            raise ImportFailure(origin, "no .txt file of the same name beside it, and the text is not in the database")
        given = NormalisedText(known, OffsetMap())
    placing = Placing(given.text, origin, given.offsets, options.realign)
    reading = _Reading(read_standoff(decode(stream.read(), origin), origin), Making(placing, options.labels))
    claims, attributions = reading.claims(), reading.attributions()
    reading.count_rest()
    person = person_of(options, beside.get("reviewer"), annotator)
    yield GivenArticle(
        text=given.text,
        reviewer=person.name,
        named=person.named,
        origin=origin,
        article_origin=shown(str(text_path)) if text_path else origin,
        publications=publications_of(beside),
        language=text_value(beside, "language"),
        rights=text_value(beside, "rights"),
        claims=tuple(claims),
        attributions=tuple(attributions),
    )
    yield from placing.notes
    yield from reading.standoff.failures


def _beside(path: Path) -> Mapping[str, Any]:
    """What the .json file of our export says of the pair; nothing where there is none."""
    try:
        with open_regular(str(path.with_suffix(".json"))) as stream:
            found = parsed(stream.read().decode("utf-8-sig")).value
    except (ImportFailure, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and trouble(found) is None else {}


def _text_of(path: Path, options: AnnotationOptions) -> tuple[Path | None, str]:
    """The text's file, None where there is none, and the reviewer that the names of the files mean, empty for none.

    Raises ImportFailure where several files annotate the text and one reviewer is to be all of them.
    """
    beside = path.with_suffix(".txt")
    if beside.is_file():
        return beside, ""
    folder = path.absolute().parent.parent / "text"
    exact = folder / f"{path.stem}.txt"
    if exact.is_file():
        return exact, ""
    stem, _, annotator = path.stem.rpartition("_")
    text = folder / f"{stem}.txt"
    if not stem or not text.is_file():
        return None, ""
    try:
        others = [name for name in path.absolute().parent.iterdir() if name.suffix == path.suffix]
    except OSError as error:
        raise os_failure(shown(str(path)), error) from error
    if sum(other.stem.rpartition("_")[0] == stem for other in others) == 1:
        return text, ""
    if options.reviewer:
        reason = f"several files annotate {shown(text.name)}: leave --reviewer out, or give one of them alone a folder"
        raise ImportFailure(shown(str(path)), reason)
    return text, annotator


@dataclass(slots=True)
class _Reading:
    """One .ann file's claims and attributions; what cannot be made goes to the failures."""

    standoff: Standoff
    making: Making
    said: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.standoff.attributes:
            name = each.name.lower()
            self.said.setdefault(each.of, {})[name] = name in _MARKS or each.value or True

    def claims(self) -> list[GivenClaim]:
        """The claims: every `T` line with that label."""
        found: list[GivenClaim] = []
        for id_, bound in self.standoff.text_bounds.items():
            if bound.label.lower() == CLAIM:
                found += self._tried(self._claim, id_, bound)
        return found

    def attributions(self) -> list[GivenAttribution]:
        """The attributions: every event that the label map knows as one."""
        found: list[GivenAttribution] = []
        used = {target for event in self.standoff.events.values() for _, target in event.arguments}
        used |= {event.trigger for event in self.standoff.events.values()}
        parents = self._parents()
        for id_, event in self.standoff.events.items():
            if self.making.labels.attribution(event.label) is None:
                said = f"{event.label} is no attribution in the label map: left out"
                self.making.left_out("unmapped event", 1, _place(event.line, id_), said)
            elif not any(target in self.standoff.text_bounds for _, target in event.arguments):
                said = "an event that marks nothing: left out"
                self.making.left_out("empty event", 1, _place(event.line, id_), said)
            else:
                found += self._tried(self._attribution, id_, event, parents.get(id_))
        lone = [
            bound.label
            for id_, bound in self.standoff.text_bounds.items()
            if id_ not in used and bound.label.lower() != CLAIM
        ]
        of_roles = sum(self.making.labels.role(label) is not None for label in lone)
        said = f"{of_roles} marked {'span is' if of_roles == 1 else 'spans are'} in no event: left out"
        self.making.left_out("unlinked span", of_roles, "", said)
        self.making.left_out("unmapped span", sum(not self.making.labels.knows_role(each) for each in lone), "")
        return found

    def count_rest(self) -> None:
        """Count the lines that nothing was made of: relations and notes that are not ours, and what is said of them."""
        known = {id_ for id_, bound in self.standoff.text_bounds.items() if bound.label.lower() == CLAIM}
        known |= {
            id_
            for id_, event in self.standoff.events.items()
            if self.making.labels.attribution(event.label) is not None
        }
        counts = Counter(self.standoff.others)
        counts["relation"] += sum(each.name.lower() != NESTED for each in self.standoff.relations)
        counts["attribute"] += sum(each.of not in known for each in self.standoff.attributes)
        counts["note"] += sum(each.of not in known or each.name not in _NOTES for each in self.standoff.notes)
        for kind, count in counts.items():
            self.making.left_out(kind, count, "")

    def _tried(self, make: Any, *args: Any) -> Iterator[Any]:
        try:
            with one_row(self.making.placing.origin, args[0]):
                made = make(*args)
            yield made
        except ImportFailure as failure:
            self.standoff.failures.append(failure)

    def _parents(self) -> dict[str, str]:
        parents = {
            target: id_
            for id_, event in self.standoff.events.items()
            for _, target in event.arguments
            if target in self.standoff.events
        }
        nested = (each for each in self.standoff.relations if each.name.lower() == NESTED)
        return parents | {each.of: each.value for each in nested}

    def _claim(self, id_: str, bound: TextBound) -> GivenClaim:
        place = _place(bound.line, id_)
        spans = self._spans(bound, place)
        span = Span(spans[0].start, spans[-1].end)
        said = self.said.get(id_, {})
        values: dict[str, Any] = {ours: said[theirs] for theirs, ours in _OF_CLAIMS.items() if theirs in said}
        verdicts: list[Any] = []
        evidence: list[Any] = []
        scheme = ""
        for note in self.standoff.notes:
            if note.of != id_:
                continue
            value = _json(note.value)
            if note.name == "Verdict":
                verdicts.append(value)
            elif note.name == "Evidence":
                evidence.append(value)
            elif note.name == "Scheme":
                scheme = _text_of_note(note.value)
            elif note.name in ("AnnotatorNotes", "Restatement"):
                values["note" if note.name == "AnnotatorNotes" else "restatement"] = _text_of_note(note.value)
        if not verdicts and "verdict" in said:
            verdicts.append({"value": said["verdict"], "reason": said.get("reason")})
        made = {**values, "verdicts": [_rested(each) for each in verdicts], "evidence": evidence}
        return self.making.claim(span, made, place, (*NOT_DECIDED[:2], scheme))

    def _attribution(self, id_: str, event: Event, parent: str | None) -> GivenAttribution:
        place = _place(event.line, id_)
        labels = self.making.labels
        spans: dict[Role, list[Span]] = {}
        for name, target in event.arguments:
            bound = self.standoff.text_bounds.get(target)
            if bound is None:
                if target not in self.standoff.events:
                    raise self.making.failure(f"{target} is not in the file", place)
                continue
            role = labels.role(name) if labels.knows_role(name) else labels.role(bound.label)
            if role is None:
                no_role = f"{name} is no role in the label map: left out"
                self.making.left_out("unmapped span", 1, place, no_role)
                continue
            spans.setdefault(role, []).extend(self._spans(bound, _place(bound.line, target)))
        said = self.said.get(id_, {})
        values = dict(labels.attribution(event.label) or {})
        values |= {ours: said[theirs] for theirs, ours in _OF_ATTRIBUTIONS.items() if theirs in said}
        for note in self.standoff.notes:
            if note.of == id_ and note.name == "SourceName":
                values["source_name"] = _text_of_note(note.value)
        return self.making.attribution(id_, spans, values, place, parent)

    def _spans(self, bound: TextBound, place: str) -> list[Span]:
        """The fragments in the text; those that only line breaks divide are one, because brat cuts spans there."""
        joined: list[Span] = []
        text = self.making.placing.text
        for piece in self.making.placing.pieces(bound.pairs, bound.quoted, place):
            between = text[joined[-1].end : piece.start] if joined and joined[-1].end < piece.start else ""
            if between and not between.strip("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
                joined[-1] = Span(joined[-1].start, piece.end)
            else:
                joined.append(piece)
        return sorted(joined)


def _place(line: int, id_: str) -> str:
    return f"line {line}, {id_}"


def _json(text: str) -> Any:
    """The value of a note of ours; anybody else's note is its text."""
    try:
        value = parsed(text).value
    except ValueError:
        return text
    return text if trouble(value) else value


def _text_of_note(text: str) -> str:
    value = _json(text)
    return value if isinstance(value, str) else text


def _rested(verdict: Any) -> Any:
    """A verdict's values, all of them text or nothing."""
    return {name: value for name, value in verdict.items() if value} if isinstance(verdict, dict) else verdict
