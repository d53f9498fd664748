"""The palette: what can be done in the present mode, to be found by its words instead of its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits
from textual.system_commands import SystemCommandsProvider

from annotator.tui.keymap import Action, shown
from annotator.tui.screens.workbench import Workbench


class ActionProvider(SystemCommandsProvider):
    """The palette's entries: every action of the present mode, by its help line, and then Textual's own.

    They come from one provider: what several offer Textual lists in no order.
    """

    def _actions(self) -> Iterable[tuple[Action, Callable[[], None]]]:
        """Every action that can be chosen, and what does it."""
        workbench = self.screen
        if isinstance(workbench, Workbench):
            for action in workbench.context.keymap.of_mode(workbench.state.mode):
                if action.id != "palette":
                    yield action, partial(workbench.perform, action)

    async def discover(self) -> Hits:
        """Every action, and Textual's own entries behind them."""
        for action, perform in self._actions():
            yield DiscoveryHit(action.help, perform, help=_keys(action))
        async for hit in super().discover():
            yield hit

    async def search(self, query: str) -> Hits:
        """The actions that match what is typed, and Textual's own entries that do."""
        matcher = self.matcher(query)
        for action, perform in self._actions():
            score = matcher.match(action.help)
            if score:
                yield Hit(score, matcher.highlight(action.help), perform, help=_keys(action))
        async for hit in super().search(query):
            yield hit


def _keys(action: Action) -> str:
    return f"{' or '.join(shown(key) for key in action.key_list)} · {action.id}"


class Palette(CommandPalette):
    """Textual's palette; pages of its list are turned once it has room for any."""

    # Textual (8.2.8) fails where there is no room for the padding of a line.
    DEFAULT_CSS = "Palette CommandList { min-width: 12; }"

    def leave(self) -> None:
        """Choose nothing."""
        self._action_escape()

    def _action_command_list(self, action: str) -> None:
        # Textual (8.2.8) fails where the list has no lines yet: where keys come fast, or the terminal is low.
        if not action.startswith("page") or self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
