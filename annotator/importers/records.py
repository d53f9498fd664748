"""Rows with named fields, of whatever file, into drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.draft import Draft, place_of
from annotator.importers.options import FIELDS, ImportOptions
from annotator.importers.sought import listed
from annotator.model.article import Publication


def field_names(there: Iterable[str], options: ImportOptions) -> dict[str, str]:
    """Our field names with the file's, for those that the file has; without a mapping, upper and lower case are one."""
    names = list(there)
    folded = {name.strip().casefold(): name for name in reversed(names)}
    found = {}
    for field in FIELDS:
        wanted = options.fields.get(field)
        name = folded.get(field) if wanted is None else wanted
        if name and name in names:
            found[field] = name
    return found


def missing_text(origin: str, there: Iterable[str], options: ImportOptions, line: int) -> ImportFailure:
    """The failure for a row or file without a text field: it names the fields there and the way out."""
    wanted = options.fields.get("text", "text")
    reason = f"no field {wanted!r} (there: {listed(there)}): name the one with the text, --field text=NAME"
    return ImportFailure(origin, reason, place_of(line))


def draft_of(row: Mapping[str, Any], origin: str, options: ImportOptions, line: int) -> Draft:
    """One row as a draft; raises ImportFailure where the text is missing and for a value that is no text."""
    names = field_names(row, options)
    if "text" not in names:
        raise missing_text(origin, row, options, line)
    if not isinstance(row[names["text"]], str):
        raise _no_text(origin, names["text"], line)
    values = {field: _as_text(row[name], origin, name, line) for field, name in names.items() if field != "text"}
    language, rights = values.pop("language", ""), values.pop("rights", "")
    unread = _unread(row, names, options)
    return Draft(row[names["text"]], Publication(**values), language, rights, line=line, unread=unread)


def _unread(row: Mapping[str, Any], names: Mapping[str, str], options: ImportOptions) -> tuple[str, ...]:
    """The row's fields that nothing is made of; those that the options leave out are known to be left out."""
    left_out = [field for field, theirs in options.fields.items() if not theirs]
    return tuple(
        name for name in row if name.strip() and name not in names.values() and name.strip().casefold() not in left_out
    )


def _as_text(value: object, origin: str, name: str, line: int) -> str:
    """A text, a number, a list of those, or what an object (schema.org's of persons and bodies) gives as its name."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            raise _no_text(origin, name, line)
        case int() | float():
            return str(value)
        case list():
            # A list in a list is read too, but no deeper: nobody writes names so.
            flat = [each for item in value for each in (item if isinstance(item, list) else [item])]
            if not any(isinstance(each, list) for each in flat):
                return ", ".join(part for each in flat if (part := _as_text(each, origin, name, line)))
        case {"name": str(called)}:
            return called
    raise _no_text(origin, name, line)


def _no_text(origin: str, name: str, line: int) -> ImportFailure:
    return ImportFailure(origin, f"field {name!r} is not text: map another, or leave it out (--field)", place_of(line))
