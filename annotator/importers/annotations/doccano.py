"""doccano: JSON Lines of sequence labels, with or without relations, as `exporters.doccano` and doccano write them.

With `entities` and `relations`, a relation leads from an attribution's cue (or its content) to each of its other spans,
typed by the role of that span, and `nested_in` to the cue of the outer one. With `label` (or `labels`) alone nothing
says which spans belong together but what our export keeps beside them: its attributions are taken as far as all their
spans are still labelled; labels beyond these are left out, and that is said. Facets and claims come from the export.
Labels of a whole document (`label` of a classification or summary, `cats`) and comments are left out and counted.

Offsets are UTF-16 code units, which doccano's editor counts (v-annotator 0.1.28; its backend stores what it is given),
or graphemes where the project counts those: `--offsets graphemes`. Our export says which in `offset_unit`.

The reviewer is the export's, else "gold": doccano's own export does not say who labelled but in the file's name.
"""

from __future__ import annotations

from typing import BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import id_value, number_in, text_value, whole_number
from annotator.importers.annotations.kept import claims_of_rows, kept_of
from annotator.importers.annotations.lines import Line, objects
from annotator.importers.annotations.linked import Link, Linked, Mark
from annotator.importers.annotations.making import Making, Values
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import person_of
from annotator.importers.files import shown
from annotator.importers.rows import told
from annotator.model.offsets import OffsetUnit

_LEFT_OUT = {
    "document label": ("cats",),
    "comment": ("Comments", "comments"),
    # The exports of 2019 and 2020: labels and people are numbers of that database.
    "numbered label": ("annotations",),
}


def read_doccano(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article a document; a document that cannot be read is a failure with its line."""
    origin = shown(path)
    for line in objects(stream, origin):
        if isinstance(line, ImportFailure):
            yield line
        else:
            yield from told(_document(line, origin, options), origin, line.place)


def _document(line: Line, origin: str, options: AnnotationOptions) -> Items:
    values, place = line.value, line.place
    text = text_value(values, "text") or text_value(values, "data")
    kept = kept_of(text, values, origin, place, options)
    making = kept.making(options, options.offsets or _unit(values))
    failures: list[ImportFailure] = []
    marks = _entities(making, values, place, failures)
    links = [
        Link(id_value(row, "from_id"), id_value(row, "to_id"), text_value(row, "type"))
        for row in making.rows(values, "relations", place)
    ]
    linked = Linked(making, marks, links, making.rows(values, "attributions", place), failures)
    attributions = linked.attributions(place)
    claims = claims_of_rows(making, kept, making.rows(values, "claims", place), linked.failures)
    for kind, names in _LEFT_OUT.items():
        making.left_out(kind, sum(len(_list(values, name)) for name in names), place)
    yield kept.article(person_of(options, values.get("reviewer")), claims, attributions)
    yield from making.placing.notes
    yield from linked.failures


def _unit(values: Values) -> OffsetUnit:
    """The unit that our export says, else what the editor counts."""
    said = values.get("offset_unit")
    return OffsetUnit(said) if said in tuple(OffsetUnit) else OffsetUnit.UTF16


def _entities(making: Making, values: Values, place: str, failures: list[ImportFailure]) -> dict[str, Mark]:
    """The labelled spans by their ids; a row that is none is among the failures."""
    name = next((each for each in ("entities", "label", "labels") if values.get(each) is not None), "label")
    found: dict[str, Mark] = {}
    for number, row in enumerate(_list(values, name), 1):
        here = f"{place}, {'entity' if name == 'entities' else 'label'} {number}"
        if isinstance(row, dict):
            id_ = id_value(row)
            here = f"{place}, entity {id_}" if id_ else here
            mark = Mark(
                text_value(row, "label"), number_in(row, "start_offset"), number_in(row, "end_offset"), None, here
            )
        elif isinstance(row, list) and len(row) == 3 and isinstance(row[2], str):
            id_, mark = "", Mark(row[2], whole_number(row[0]), whole_number(row[1]), None, here)
        elif isinstance(row, str):
            making.left_out("document label", 1, place)
            continue
        else:
            failures.append(making.failure("a label is [start, end, label]", here))
            continue
        if id_ in found:
            failures.append(making.failure("the id is there twice: left out", here))
        else:
            found[id_ or f"number {number}"] = mark
    return found


def _list(values: Values, name: str) -> list[object]:
    """The list under this name; a single value as a list of it."""
    found = values.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]
