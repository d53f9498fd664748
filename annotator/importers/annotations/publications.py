"""What a file says about an article's publications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from annotator.importers.annotations.json_values import text_value
from annotator.model.article import Publication

_FIELDS = tuple(each.name for each in fields(Publication))


def publications_of(values: Mapping[str, Any]) -> tuple[Publication, ...]:
    """The publications under that name, as our exports write them.

    Rows of elsewhere say what they know of the one publication in fields of their own: these are read without a list.
    """
    rows = values.get("publications")
    if not isinstance(rows, list):
        alone = Publication(**{name: text_value(values, name) for name in _FIELDS})
        return () if alone == Publication() else (alone,)
    return tuple(
        Publication(**{name: text_value(row, name) for name in _FIELDS}) for row in rows if isinstance(row, dict)
    )
