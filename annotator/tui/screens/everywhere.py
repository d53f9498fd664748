"""What the keys do that mean the same in every mode: theme, help, guidelines, palette, quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.guideline import Page
from annotator.tui.keymap import QUEUE, shown
from annotator.tui.screens.forms import HelpScreen
from annotator.tui.screens.guidelines import GuidelinesScreen
from annotator.workflow import reading

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Everywhere:
    """The actions of all modes."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk

    def do_theme(self) -> None:
        """Light or dark."""
        app = self.desk.app
        kind = "ansi" if app.native_ansi_color else "textual"
        app.theme = f"{kind}-light" if app.current_theme.dark else f"{kind}-dark"

    def do_help(self) -> None:
        """All keys of the mode."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for action in self.desk.keymap.of_mode(self.desk.mode):
            keys = " ".join(shown(key) for key in action.key_list)
            groups.setdefault(action.group, []).append((keys, action.help))
        self.desk.app.push_screen(HelpScreen(f"Keys: {self.desk.mode}", groups))

    def do_guidelines(self) -> None:
        """What the scheme's values mean, and the project's pages."""
        chosen = self._chosen()

        def then(pages: list[Page]) -> None:
            self.desk.app.push_screen(GuidelinesScreen(self.desk.scheme, pages, chosen))

        self.desk.ask_clerk(reading.guidelines, then)

    def _chosen(self) -> set[str]:
        """The ids of the values that the present claim has."""
        if self.desk.open_id is None or self.desk.mode == QUEUE:
            return set()
        judgement = self.desk.review.judgement(self.desk.claim)
        verdict = self.desk.review.verdict(self.desk.claim, self.desk.target)
        return {id_ for id_ in (judgement.worth, judgement.voice, verdict.value if verdict else None) if id_}

    def do_unfold(self) -> None:
        """What the claim panel has no room for, a page at a time, and back."""
        self.desk.picture.unfold()

    def do_palette(self) -> None:
        """Every action by its name."""
        self.desk.app.action_command_palette()

    def do_quit(self) -> None:
        """Quit; the place is remembered."""
        self.desk.leave_claim()
        self.desk.ask_clerk(lambda session: session.reviewer, lambda _: self.desk.app.exit())
