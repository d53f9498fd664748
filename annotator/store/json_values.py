"""JSON of many small columns: what `json.loads` makes of it, for less than a call of that costs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

# What `json.loads` calls, and what its types do not tell of.
_SCAN: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def json_value(stored: str) -> Any:
    """The value of a text of JSON; raises what `json.loads` raises."""
    try:
        value, end = _SCAN(stored, 0)
    except (ValueError, StopIteration):
        # White space in front is no error to it.
        return json.loads(stored)
    return value if end == len(stored) else json.loads(stored)
