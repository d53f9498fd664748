"""A mode's table: from an action's id to the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial

from annotator.model.late import dataclass
from annotator.tui.context import Context


@dataclass(frozen=True, slots=True)
class Mode:
    """`actions` are found by the whole id; `families` by what stands before its first dot, and get the rest of it."""

    actions: Mapping[str, Callable[[Context], None]]
    families: Mapping[str, Callable[[Context, str], None]] = field(default_factory=dict)

    def function(self, action_id: str) -> Callable[[Context], None]:
        """What does the action; raises KeyError where nothing does."""
        known = self.actions.get(action_id)
        if known is not None:
            return known
        family, _, rest = action_id.partition(".")
        return partial(_of_family, self.families[family], rest)


def _of_family(function: Callable[[Context, str], None], rest: str, context: Context) -> None:
    function(context, rest)
