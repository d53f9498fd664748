"""CSV and its relatives: a header, then a row an article; comma, semicolon, tab or bar between the fields."""

from __future__ import annotations

from dataclasses import replace

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.draft import Drafts, place_of
from annotator.importers.lines import lines_of
from annotator.importers.options import ImportOptions
from annotator.importers.records import draft_of, field_names, missing_text
from annotator.importers.rows import one_row
from annotator.importers.table import Table


def read_delimited(source: Source, options: ImportOptions) -> Drafts:
    """An article or a failure a row, streamed; raises ImportFailure for a file without a usable header."""
    with lines_of(source, options, "") as lines:
        yield from _drafts(Table(lines, lambda names: "text" in field_names(names, options)), source, options)


def _drafts(table: Table, source: Source, options: ImportOptions) -> Drafts:
    header = table.header
    names = field_names(header, options)
    if "text" not in names:
        raise missing_text(source.origin, header, options, 0)
    table.check_fields(options.fields.values(), names.values())
    found = False
    for cells in table:
        found = True
        if isinstance(cells, ImportFailure):
            yield cells
            continue
        try:
            with one_row(source.origin, place_of(table.start)):
                draft = draft_of(dict(zip(header, cells, strict=True)), source.origin, options, table.start)
            yield replace(draft, notes=(*table.lines.encoding.notes, *draft.notes))
        except ImportFailure as failure:
            yield failure
    if not found:
        yield ImportFailure(source.origin, "empty: there is no row below the header")
