"""What a file says about an article besides its text: publications, and values that are one line of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from annotator.model.article import Publication

_FIELDS = tuple(each.name for each in fields(Publication))


def text_value(values: Mapping[str, Any], name: str) -> str:
    """The text under this name; empty where there is none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def publications_of(values: Mapping[str, Any]) -> tuple[Publication, ...]:
    """The publications under that name, as our exports write them; none where there are none."""
    rows = values.get("publications")
    if not isinstance(rows, list):
        return ()
    return tuple(
        Publication(**{name: text_value(row, name) for name in _FIELDS}) for row in rows if isinstance(row, dict)
    )
