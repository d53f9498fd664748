"""Label Studio: tasks as JSON, one article each, as `exporters.label_studio` and Label Studio's exports write them.

Read are JSON (a list of tasks, one task, or what a target storage gets for each annotation) and JSON-MIN, where a row
is one annotation. Every annotation of a task is one reviewer's: what its result `reviewer` says, else who completed it
(an address or a name; a number is called `user-3`, because it means nothing elsewhere), else "gold". What an annotation
marks is read by `label_studio_results`. Cancelled annotations, drafts and predictions are left out and counted.

Offsets are code points, which Label Studio's editor makes of the browser's (`charsToCodePoints`); its versions of 2021
and before kept UTF-16 code units. What the regions quote decides for each annotation. Folders are searched for `.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import id_value, parsed, text_value, trouble
from annotator.importers.annotations.kept import Kept, kept_of
from annotator.importers.annotations.label_studio_results import PAGE, Results, results_of, unit_of
from annotator.importers.annotations.linked import Linked
from annotator.importers.annotations.making import Values
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import NOBODY, Person, person_of, several
from annotator.importers.decoding import decode
from annotator.importers.files import shown
from annotator.importers.rows import one_row, told
from annotator.model.annotated import Note

_TEXTS = ("text", "article", "content", "body")
"""Where the text of a task may be, the usual name first; else it is the longest of several words."""

_MARKUP = re.compile(r"<(?:html|body|div|p|span|br|h[1-6]|ul|table|a|b|i|em|strong)\b[^>]*>", re.IGNORECASE)


def read_label_studio(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article for each annotation of each task; raises ImportFailure for what is no list of tasks."""
    origin = shown(path)
    try:
        document = parsed(decode(stream.read(), origin))
    except ValueError as error:
        raise ImportFailure(origin, f"broken JSON: {error}") from error
    found = document.value
    rows = found if isinstance(found, list) else [found] if _is_task(found) else None
    if rows is None:
        raise ImportFailure(origin, "not a list of tasks, as Label Studio's JSON export is")
    tasks: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, 1):
        reason = trouble(row) if document.suspect else None
        if reason or not isinstance(row, dict):
            yield ImportFailure(origin, reason or "a task that is no object", f"task {number}")
            continue
        task = _task_of(row)
        place = f"task {id_value(task) or number}"
        same = tasks.get(place)
        if same is not None and not isinstance(row.get("data"), dict) and same["data"] == task["data"]:
            same["annotations"] += task["annotations"]
        else:
            tasks[place if same is None else f"task {number}"] = task
    for place, task in tasks.items():
        yield from told(_task(task, origin, place, options), origin, place)


def _is_task(value: object) -> bool:
    return isinstance(value, dict) and (isinstance(value.get("data"), dict) or isinstance(value.get("task"), dict))


def _task_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as a task with `data` and `annotations`."""
    if isinstance(row.get("data"), dict):
        return dict(row)
    if isinstance(row.get("task"), dict) and "result" in row:
        return {**row["task"], "annotations": [row]}
    names = list(row)
    # In JSON-MIN the task's data come first, then its id, then the answers, and who gave them last.
    begin = names.index("id") + 1 if "id" in names else 0
    end = names.index("annotator") if "annotator" in names[begin:] else len(names)
    answers = {name: row[name] for name in names[begin:end] if name not in _TEXTS}
    data = {name: value for name, value in row.items() if name not in answers and name in (*names[:begin], *_TEXTS)}
    annotation = {"completed_by": row.get("annotator"), "result": [*_answered(answers)]}
    return {"id": row.get("id"), "data": data, "annotations": [annotation]}


def _answered(answers: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The answers of a row of JSON-MIN as results; what they say of the whole text has no region."""
    for name, value in answers.items():
        for number, each in enumerate(value if isinstance(value, list) else [value], 1):
            if isinstance(each, dict):
                type_ = next((key for key in each if isinstance(each[key], list)), "")
                yield {"id": f"{name} {number}", "from_name": name, "type": type_, "value": each}
            elif isinstance(each, str):
                yield {"from_name": name, "type": "choices", "value": {"choices": [each]}}


def _task(task: Values, origin: str, place: str, options: AnnotationOptions) -> Items:
    values = task.get("data")
    values = values if isinstance(values, dict) else {}
    kept = kept_of(_text(values), values, origin, place, options)
    for kind, name in (("prediction", "predictions"), ("draft", "drafts")):
        if count := len(_list(task, name)):
            yield Note(origin, "", place, kind, count)
    live: dict[str, tuple[Values, Results]] = {}
    yield from _sorted(task, kept, options, live)
    if any(results.left_out[PAGE] for _, results in live.values()) and _MARKUP.search(kept.raw):
        yield Note(origin, "a page with its markup, and not a text: left out", place, "HTML task", 1)
        return
    people = {here: _person(annotation, results) for here, (annotation, results) in live.items()}
    if options.reviewer and several(people.values()):
        yield Note(origin, f"{len(people)} annotations of several people: all taken as {options.reviewer}'s", place)
    for here, (_, results) in live.items():
        person = Person(options.reviewer) if options.reviewer else people[here]
        if person == NOBODY and len(people) > 1:
            reason = "one of several annotations, and it does not say whose: import it alone, with --reviewer NAME"
            yield ImportFailure(origin, reason, here)
            continue
        yield from told(_annotation(results, kept, here, person, options), origin, here)


def _sorted(
    task: Values, kept: Kept, options: AnnotationOptions, live: dict[str, tuple[Values, Results]]
) -> Iterator[Note | ImportFailure]:
    """Put the task's annotations that count into `live`, by their places; yields what there is to say of the others."""
    annotations = _list(task, "annotations") or _list(task, "completions")
    if not annotations:
        yield Note(kept.origin, "", kept.place, "unannotated task", 1)
    for number, annotation in enumerate(annotations, 1):
        here = f"{kept.place}, annotation {number}"
        if not isinstance(annotation, dict):
            yield ImportFailure(kept.origin, "an annotation that is no object", here)
        elif annotation.get("was_cancelled") or annotation.get("skipped"):
            yield Note(kept.origin, "cancelled: left out", here, "cancelled annotation", 1)
        else:
            try:
                with one_row(kept.origin, here):
                    live[here] = annotation, results_of(kept.making(options).rows(annotation, "result", here))
            except ImportFailure as failure:
                yield failure


def _text(values: Values) -> str:
    named = next((found for name in _TEXTS if (found := text_value(values, name))), "")
    words = [value for value in values.values() if isinstance(value, str) and len(value.split()) > 1]
    return named or ("" if text_value(values, "article_id") else max(words, key=len, default=""))


def _person(annotation: Values, results: Results) -> Person:
    by = annotation.get("completed_by")
    who = [by] if not isinstance(by, dict) else [by.get(name) for name in ("email", "username", "id")]
    return person_of(AnnotationOptions(), results.reviewer, *who)


def _annotation(results: Results, kept: Kept, place: str, person: Person, options: AnnotationOptions) -> Items:
    making = kept.making(options, options.offsets or unit_of(kept.raw, results))
    failures: list[ImportFailure] = []
    linked = Linked(making, results.marks(making, place), results.links(), results.rows(making), failures)
    attributions = linked.attributions(place)
    claims = list(results.claims(making, place, failures))
    for kind, count in results.left_out.items():
        making.left_out(kind, count, place)
    yield kept.article(person, claims, attributions)
    yield from making.placing.notes
    yield from failures


def _list(values: Values, name: str) -> list[Any]:
    found = values.get(name)
    return found if isinstance(found, list) else []
