"""Shares: how likely each kind of candidate is to be what was meant, as candidates.toml tells it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _lists() -> dict[str, Any]:
    path = Path(__file__).with_name("candidates.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def shares(group: str) -> dict[str, float]:
    """The figures of one group (its name with dots) by what they are of; what is not listed has none."""
    found: Any = _lists()
    for part in group.split("."):
        found = found.get(part, {})
    return {name: float(figure) for figure, names in found.items() for name in names.split()}


def share(group: str, name: str, default: float = 1.0) -> float:
    """The figure of one name in a group."""
    return shares(group).get(name, default)
