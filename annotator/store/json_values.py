"""JSON of many small columns: what `json.loads` makes of it, for less than a call of that costs."""

from __future__ import annotations

import json
from typing import Any

_DECODER = json.JSONDecoder()


def json_value(stored: str) -> Any:
    """The value of a text of JSON; raises what `json.loads` raises."""
    try:
        value, end = _DECODER.raw_decode(stored)
    except ValueError:
        # White space in front is no error to it.
        return json.loads(stored)
    return value if end == len(stored) else json.loads(stored)
