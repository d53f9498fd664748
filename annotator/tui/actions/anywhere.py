"""Global actions: what the keys do that mean the same in every mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotator.model.guideline import Page
from annotator.tui.actions.opening import leave_claim
from annotator.tui.context import Context
from annotator.tui.dialogs import ReadGuidelines, ReadKeys
from annotator.tui.keymap import MODES, QUEUE, shown
from annotator.tui.state import ReviewState
from annotator.workflow import reading


def turn_theme(context: Context) -> None:
    """Light or dark."""
    context.terminal.turn_theme()


def show_keys(context: Context) -> None:
    """All keys of the mode."""
    mode = context.state.mode
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in context.keymap.of_mode(mode):
        keys = " ".join(shown(key) for key in action.key_list)
        groups.setdefault(action.group, []).append((keys, action.help))
    context.terminal.open(ReadKeys(f"Keys: {MODES[mode]}", groups), lambda _: None)


def show_guidelines(context: Context) -> None:
    """What the scheme's values mean, and the project's pages."""
    state = context.state
    chosen = _chosen(state)

    def then(pages: list[Page]) -> None:
        context.terminal.open(ReadGuidelines(state.scheme, pages, chosen), lambda _: None)

    context.read(reading.guidelines, then)


def _chosen(state: ReviewState) -> set[str]:
    """The ids of the values that the present claim has."""
    if state.open_id is None or state.mode == QUEUE:
        return set()
    judgement = state.review.judgement(state.claim)
    verdict = state.review.verdict(state.claim, state.target)
    return {id_ for id_ in (judgement.worth, judgement.voice, verdict.value if verdict else None) if id_}


def unfold(context: Context) -> None:
    """What the claim panel has no room for, a page at a time, and back."""
    context.state.unfolded = context.terminal.turn_panel()


def open_palette(context: Context) -> None:
    """Every action by its name."""
    context.terminal.open_palette()


def leave(context: Context) -> None:
    """Quit; the place is remembered."""
    leave_claim(context)
    context.read(lambda session: session.reviewer, lambda _: context.terminal.leave())


GLOBAL_ACTIONS: Mapping[str, Callable[[Context], None]] = {
    "theme": turn_theme,
    "help": show_keys,
    "guidelines": show_guidelines,
    "unfold": unfold,
    "palette": open_palette,
    "quit": leave,
}
