"""Label Studio: tasks as JSON, one article each, as `exporters.label_studio` and Label Studio's JSON export write them.

Every annotation of a task is one reviewer's. Regions of type `labels` are spans; `relation` results lead from an
attribution's cue (or its content) to each of its other spans, labelled by the role of that span, and `nested_in` to the
cue of the outer one. Results with a region's id are what is said of it, under the names of our labelling
configuration. Cancelled annotations are left out. The reviewer is what the result `reviewer` says, else who completed
the annotation (a name or address; numbers mean nothing elsewhere), else "gold". Folders are searched for `.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.kept import Kept, kept_of, reviewer_of
from annotator.importers.annotations.linked import Link, Linked, Mark, number_in
from annotator.importers.annotations.making import Making, Values
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.publications import text_value
from annotator.importers.decoding import decode
from annotator.importers.files import shown
from annotator.model.annotated import GivenClaim, Note
from annotator.model.attribution import Role

CLAIM = "claim"
_TEXTS = ("text", "article", "content")
"""Where the text of a task may be, the usual name first."""


def read_label_studio(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article for each annotation of each task; raises ImportFailure for what is no list of tasks."""
    origin = shown(path)
    try:
        tasks = json.loads(decode(stream.read(), origin))
    except (ValueError, RecursionError) as error:
        raise ImportFailure(origin, f"broken JSON: {error}") from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ImportFailure(origin, "not a list of tasks, as Label Studio's JSON export is")
    for number, task in enumerate(tasks, 1):
        place = f"task {task.get('id', number)}"
        try:
            yield from _task(task, origin, place, options)
        except ImportFailure as failure:
            yield failure


def _task(task: Values, origin: str, place: str, options: AnnotationOptions) -> Items:
    values = task.get("data")
    values = values if isinstance(values, dict) else {}
    text = next((found for name in _TEXTS if (found := text_value(values, name))), "")
    kept = kept_of(text, values, origin, place, options)
    annotations = task.get("annotations")
    for number, annotation in enumerate(annotations if isinstance(annotations, list) else [], 1):
        here = f"{place}, annotation {number}"
        if not isinstance(annotation, dict):
            yield ImportFailure(origin, "an annotation that is no object", here)
        elif annotation.get("was_cancelled"):
            yield Note(origin, "cancelled: left out", here)
        else:
            try:
                yield from _annotation(annotation, kept, here, options)
            except ImportFailure as failure:
                yield failure


def _annotation(annotation: Values, kept: Kept, place: str, options: AnnotationOptions) -> Items:
    making = kept.making(options)
    reading = _Reading(making, making.rows(annotation, "result", place), place)
    linked = Linked(making, reading.marks(), reading.links(), reading.rows())
    attributions = linked.attributions(place)
    claims = list(reading.claims())
    by = annotation.get("completed_by")
    who = text_value(by, "email") if isinstance(by, dict) else by
    yield kept.article(reviewer_of(options, reading.reviewer, who), claims, attributions)
    yield from making.placing.notes
    yield from [*linked.failures, *reading.failures]


@dataclass(slots=True)
class _Reading:
    """The results of one annotation, by the id of their region; what cannot be read is in `failures`."""

    making: Making
    results: list[Values]
    place: str
    reviewer: str = ""
    regions: dict[str, Values] = field(default_factory=dict)
    said: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    failures: list[ImportFailure] = field(default_factory=list)

    def __post_init__(self) -> None:
        for result in self.results:
            value, name = result.get("value"), text_value(result, "from_name")
            if not isinstance(value, dict):
                continue
            texts = [each for each in _list(value, text_value(result, "type")) if isinstance(each, str)]
            if result.get("type") == "labels":
                self.regions[str(result.get("id"))] = value
            elif name == "reviewer":
                self.reviewer = "".join(texts)
            else:
                self.said.setdefault(str(result.get("id")), {})[name] = texts

    def marks(self) -> dict[str, Mark]:
        """The regions that are no claims."""
        return {
            id_: Mark(
                label,
                number_in(value, "start"),
                number_in(value, "end"),
                text_value(value, "text") or None,
                f"{self.place}, region {id_}",
            )
            for id_, value in self.regions.items()
            if (label := _label(value)).lower() != CLAIM
        }

    def links(self) -> list[Link]:
        """The relations; one without a label is of its region's role."""
        found = []
        for result in self.results:
            if result.get("type") == "relation":
                labels = _list(result, "labels")
                label = labels[0] if labels and isinstance(labels[0], str) else ""
                found.append(Link(str(result.get("from_id")), str(result.get("to_id")), label))
        return found

    def rows(self) -> list[Values]:
        """What is said of attributions, by the names that our export gives their regions: "a1.cue.1" is of "a1"."""
        rows: dict[str, dict[str, Any]] = {}
        for id_, value in self.regions.items():
            name, dot, _ = id_.partition(".")
            role = self.making.labels.role(_label(value))
            if role is None or not (dot or self.said.get(id_)):
                continue
            row = rows.setdefault(name, {"id": name, "spans": {each.value: [] for each in Role}})
            row["spans"][role.value].append([number_in(value, "start"), number_in(value, "end")])
            for facet, texts in self.said.get(id_, {}).items():
                row[facet] = "".join(texts)
        return list(rows.values())

    def claims(self) -> Iterator[GivenClaim]:
        """The regions labelled as claims, with what is said of them."""
        for id_, value in self.regions.items():
            if _label(value).lower() != CLAIM:
                continue
            place = f"{self.place}, region {id_}"
            start, end, quoted = number_in(value, "start"), number_in(value, "end"), text_value(value, "text")
            try:
                span = self.making.placing.span(start, end, quoted or None, place)
                said = self.said.get(id_, {})
                scheme = "".join(said.get("scheme", ()))
                yield self.making.claim(span, self._claim_values(said, place), place, ("", "", scheme))
            except ImportFailure as failure:
                self.failures.append(failure)

    def _claim_values(self, said: Mapping[str, list[str]], place: str) -> dict[str, Any]:
        one = {name: texts[0] if texts else None for name, texts in said.items()}
        marks = said.get("marks", [])
        verdicts = [self._object(each, place) for each in said.get("said", ())]
        if one.get("verdict"):
            content = {"value": one["verdict"], "reason": one.get("reason"), "justification": one.get("justification")}
            verdicts.insert(0, {**content, "confidence": one.get("verdict_confidence")})
        return {
            **{name: one.get(name) for name in ("worth", "voice", "confidence", "restatement", "note")},
            "flag": "flag" in marks,
            "skipped": "skipped" in marks,
            "verdicts": verdicts,
            "evidence": [self._object(each, place) for each in said.get("evidence", ())],
        }

    def _object(self, text: str, place: str) -> dict[str, Any]:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self.making.failure(f"evidence or verdict that is no JSON: {error}", place) from error
        if not isinstance(value, dict):
            raise self.making.failure("evidence or verdict that is no JSON object", place)
        return value


def _label(value: Values) -> str:
    labels = _list(value, "labels")
    return labels[0] if labels and isinstance(labels[0], str) else ""


def _list(values: Values, name: str) -> list[Any]:
    """The list under this name; a text area's texts are under "text", whatever its type is called."""
    found = values.get("text" if name == "textarea" else name)
    return found if isinstance(found, list) else [found] if isinstance(found, str) else []
