"""What was typed or marked and is not kept: that it waits, and which key goes on with it."""

from __future__ import annotations

from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.tui.context import Context
from annotator.tui.keymap import shown

_GOES_ON = {
    "note": "note",
    "restatement": "restatement",
    "justification": "justification",
    "evidence": "evidence",
    "attribution": "spans",
    "source": "source",
    "split": "split",
    "question": "question",
}
"""Of each kind of draft the action that goes on with it."""


def waits_here(context: Context) -> str:
    """What is said where something waits at the present claim; nothing where nothing does."""
    keys = [key for draft in context.state.drafts_here() for key in _keys(context, draft)]
    return f"what you had not kept here waits: {' or '.join(dict.fromkeys(keys))} goes on" if keys else ""


def say_not_kept(context: Context, draft: DraftKey, claim: Claim) -> None:
    """A form about a claim was left: where something was typed into it, say that it waits, and where."""
    state = context.state
    if draft not in state.drafts:
        return
    where = "" if claim.id == state.claim.id else f" at claim {state.review.claims.index(claim) + 1}"
    goes_on = "".join(f": {key} goes on with it{where}" for key in _keys(context, draft)) or where
    state.say(f"not kept yet{goes_on}")


def _keys(context: Context, draft: DraftKey) -> list[str]:
    action = _GOES_ON.get(draft.kind)
    keys = context.keymap.by_id(action).key_list if action is not None else []
    return [shown(key) for key in keys[:1]]
