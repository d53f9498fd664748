"""Prodigy: JSON Lines of its `relations` and `spans` interfaces, as `exporters.prodigy` and Prodigy write them.

Spans and relations say what is marked: a relation leads from an attribution's cue (or its content) to each of its other
spans, labelled by the role of that span, and NESTED_IN to the cue of the outer one. What spans cover is proved by the
task's tokens. Facets and claims come from what our export keeps beside them. Tasks that were rejected or ignored, what
was chosen of `options`, and a `label` of the whole text are left out and counted. The reviewer is `_annotator_id`, else
`_session_id` (neither where it is only the time the session began, as Prodigy names one that nobody named), else the
export's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import id_value, number_in, text_value
from annotator.importers.annotations.kept import claims_of_rows, kept_of
from annotator.importers.annotations.lines import Line, objects
from annotator.importers.annotations.linked import Link, Linked, Mark
from annotator.importers.annotations.making import Making, Values
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import person_of
from annotator.importers.files import shown
from annotator.importers.rows import told
from annotator.model.annotated import Note

_LEFT_OUT = {"reject": "rejected task", "ignore": "ignored task"}
_STARTED = re.compile(r"(?:.*-)?\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d")


def read_prodigy(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article a task; a task that cannot be read is a failure with its line."""
    origin = shown(path)
    for line in objects(stream, origin):
        if isinstance(line, ImportFailure):
            yield line
        elif (answer := line.value.get("answer")) not in (None, "accept"):
            what = answer if answer in tuple(_LEFT_OUT) else "none that is known"
            yield Note(origin, f"the answer is {what}: left out", line.place, _LEFT_OUT.get(what, "unanswered task"), 1)
        else:
            yield from told(_task(line, origin, options), origin, line.place)


def _task(line: Line, origin: str, options: AnnotationOptions) -> Items:
    task = line.value
    values = task.get("article")
    values = values if isinstance(values, dict) else {}
    kept = kept_of(text_value(task, "text"), values, origin, line.place, options)
    making = kept.making(options)
    marks, links = _marks(making, task, line.place)
    linked = Linked(making, marks, links, making.rows(task, "attributions", line.place))
    attributions = linked.attributions(line.place)
    claims = claims_of_rows(making, kept, making.rows(task, "claims", line.place), linked.failures)
    making.left_out("choice", _chosen(task), line.place)
    making.left_out("document label", int(bool(text_value(task, "label"))), line.place)
    people = [task.get(name) for name in ("_annotator_id", "_session_id")]
    said = [each for each in people if not (isinstance(each, str) and _STARTED.fullmatch(each))]
    yield kept.article(person_of(options, *said, values.get("reviewer")), claims, attributions)
    yield from making.placing.notes
    yield from linked.failures


def _chosen(task: Values) -> int:
    """How many of the options were chosen."""
    accepted = task.get("accept")
    return len(accepted) if isinstance(accepted, list) else int(accepted is not None)


def _marks(making: Making, task: Values, place: str) -> tuple[dict[str, Mark], list[Link]]:
    """The marks by what they are of, where and what, and the links between them."""
    tokens = making.rows(task, "tokens", place)
    marks: dict[str, Mark] = {}
    links = []

    def marked(span: Mapping[str, Any], attribution: str) -> str:
        start, end = number_in(span, "start"), number_in(span, "end")
        label = text_value(span, "label")
        key = f"{attribution} {label} {start} {end}"
        # An attribution's name is in our exports only; what was marked in Prodigy has none.
        nameless = f" {label} {start} {end}"
        if attribution and nameless in marks:
            marks[key] = marks.pop(nameless)
        marks.setdefault(key, Mark(label, start, end, _quoted(span, tokens), f"{place}, {label} {start}..{end}"))
        return key

    for span in making.rows(task, "spans", place):
        marked(span, id_value(span, "attribution"))
    for relation in making.rows(task, "relations", place):
        head, child = relation.get("head_span"), relation.get("child_span")
        if not isinstance(head, dict) or not isinstance(child, dict):
            raise making.failure("a relation without head_span and child_span", place)
        name, label = id_value(relation, "attribution"), text_value(relation, "label")
        of_child = "" if label.lower() == "nested_in" else name
        links.append(Link(marked(head, name), _known(marks, child, of_child) or marked(child, of_child), label))
    return marks, links


def _known(marks: Mapping[str, Mark], span: Mapping[str, Any], attribution: str) -> str | None:
    """The key of a mark at this place: of the attribution where it is named, else of the first."""
    end = f" {text_value(span, 'label')} {number_in(span, 'start')} {number_in(span, 'end')}"
    keys = [key for key in marks if key.endswith(end)]
    own = f"{attribution}{end}" if attribution else ""
    return own if own in keys else next(iter(keys), None) if not attribution else None


def _quoted(span: Mapping[str, Any], tokens: list[Values]) -> str | None:
    """What the tokens of a span say is there; None where they say nothing."""
    first, last = number_in(span, "token_start"), number_in(span, "token_end")
    if not 0 <= first <= last < len(tokens) or not all(
        isinstance(token.get("text"), str) for token in tokens[first : last + 1]
    ):
        return None
    pieces = [token["text"] + (" " if token.get("ws") else "") for token in tokens[first : last + 1]]
    return "".join(pieces[:-1]) + text_value(tokens[last], "text")
