"""doccano: JSON Lines of sequence labels, with or without relations, as `exporters.doccano` and doccano write them.

With `entities` and `relations`, a relation leads from an attribution's cue (or its content) to each of its other spans,
typed by the role of that span, and `nested_in` to the cue of the outer one. With `label` (or `labels`) alone nothing
says which spans belong together but what our export keeps beside them: its attributions are taken as far as all their
spans are still labelled; labels beyond these are left out, and that is said. Facets and claims come from the export.
The reviewer is the export's, else "gold": doccano's own export does not say who labelled.
"""

from __future__ import annotations

from typing import BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.kept import claims_of_rows, kept_of, reviewer_of
from annotator.importers.annotations.lines import Line, objects
from annotator.importers.annotations.linked import Link, Linked, Mark, number_in
from annotator.importers.annotations.making import Making, Values
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.publications import text_value
from annotator.importers.files import shown


def read_doccano(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article a document; a document that cannot be read is a failure with its line."""
    origin = shown(path)
    for line in objects(stream, origin):
        if isinstance(line, ImportFailure):
            yield line
            continue
        try:
            yield from _document(line, origin, options)
        except ImportFailure as failure:
            yield failure


def _document(line: Line, origin: str, options: AnnotationOptions) -> Items:
    values, place = line.value, line.place
    text = text_value(values, "text") or text_value(values, "data")
    kept = kept_of(text, values, origin, place, options)
    making = kept.making(options)
    marks = _entities(making, values, place) if "entities" in values else _labels(making, values, place)
    links = [
        Link(str(row.get("from_id")), str(row.get("to_id")), text_value(row, "type"))
        for row in making.rows(values, "relations", place)
    ]
    linked = Linked(making, marks, links, making.rows(values, "attributions", place))
    attributions = linked.attributions(place)
    claims = claims_of_rows(making, kept, making.rows(values, "claims", place), linked.failures)
    yield kept.article(reviewer_of(options, values.get("reviewer")), claims, attributions)
    yield from making.placing.notes
    yield from linked.failures


def _entities(making: Making, values: Values, place: str) -> dict[str, Mark]:
    return {
        str(row.get("id")): Mark(
            text_value(row, "label"),
            number_in(row, "start_offset"),
            number_in(row, "end_offset"),
            None,
            f"{place}, entity {row.get('id')}",
        )
        for row in making.rows(values, "entities", place)
    }


def _labels(making: Making, values: Values, place: str) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    rows = values.get("label", values.get("labels")) or []
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if not isinstance(row, list) or [type(each) for each in row] != [int, int, str]:
            raise making.failure("a label is [start, end, label]", f"{place}, label {number}")
        found[str(number)] = Mark(row[2], row[0], row[1], None, f"{place}, label {number}")
    return found
