"""What the keys do that mean the same in every mode: theme, help, palette, quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.tui.keymap import shown
from annotator.tui.screens.forms import HelpScreen

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Everywhere:
    """The actions of all modes."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk

    def do_theme(self) -> None:
        """Light or dark."""
        app = self.desk.app
        app.theme = "textual-light" if app.current_theme.dark else "textual-dark"

    def do_help(self) -> None:
        """All keys of the mode."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for action in self.desk.keymap.of_mode(self.desk.mode):
            keys = " ".join(shown(key) for key in action.key_list)
            groups.setdefault(action.group, []).append((keys, action.help))
        self.desk.app.push_screen(HelpScreen(f"Keys: {self.desk.mode}", groups))

    def do_palette(self) -> None:
        """Every action by its name."""
        self.desk.app.action_command_palette()

    def do_quit(self) -> None:
        """Quit; the place is remembered."""
        self.desk.leave_claim()
        self.desk.ask_clerk(lambda session: session.reviewer, lambda _: self.desk.app.exit())
