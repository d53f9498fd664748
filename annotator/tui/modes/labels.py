"""The mode in which letters name the words near the claim, so that two of them mark a span."""

from __future__ import annotations

from dataclasses import replace

from annotator.editing.span_labels import LETTERS
from annotator.tui.actions.drafting import editor_to_change, keep_marks
from annotator.tui.context import Context
from annotator.tui.keymap import SPANS
from annotator.tui.mode import Mode


def choose_word(context: Context, letter: str) -> None:
    """The first word of the span, then the last: it is marked for the role in focus."""
    state = context.state
    words, first = state.editing.labels
    at = LETTERS.index(letter)
    if at >= len(words):
        state.say(f"no word has the letter {letter}")
    elif first is None:
        state.marking = replace(state.editing, labels=(words, words[at]))
        state.say(f"{state.editing.editor.focus.value}: the letter of its last word")
    else:
        editor_to_change(state).take_labels(first, words[at])
        state.enter(SPANS)
        keep_marks(context)


def leave(context: Context) -> None:
    """Back to the marks as they are."""
    context.state.enter(SPANS)


MODE = Mode({"labels.leave": leave}, {"label": choose_word})
