"""Ledger entries in words: what the history, the undo line and the log say of a decision."""

from __future__ import annotations

from typing import Any

from annotator.model.ledger import Change, Entry
from annotator.model.scheme import Scheme

_ACTIONS = {
    "accept": "accepted the suggestions",
    "worth-all": "took every suggested check-worthiness of the article",
    "split": "split the claim",
    "join": "joined the claim with the next",
    "same-source": "same source as the claim before",
    "attribution": "attribution",
    "attribution-remove": "removed the attribution",
    "refuse": "refused the suggestion",
    "evidence": "evidence",
    "evidence-remove": "removed the evidence",
}


def entry_in_words(entry: Entry, scheme: Scheme) -> str:
    """One short line, such as "verdict: refuted"; an undo or redo is said to be one."""
    if entry.kind in ("undo", "redo"):
        return entry.action
    if entry.action in _ACTIONS:
        return _ACTIONS[entry.action]
    return ", ".join(filter(None, (_change_in_words(change, scheme) for change in entry.changes))) or entry.action


def _change_in_words(change: Change, scheme: Scheme) -> str:
    if change.table not in ("judgement", "verdict"):
        return "" if change.table == "refusal" else change.table
    facet = change.key[-1]
    if change.value is None:
        return "" if change.table == "verdict" and facet != "value" else f"{_facet_name(change)} cleared"
    return f"{_facet_name(change)}: {_value_in_words(facet, change.value, scheme)}"


def _reason_name(reason: str, scheme: Scheme) -> str:
    """A reason's name, whichever verdict lists it; its id where none does any more."""
    return next((known.name for value in scheme.verdict for known in value.reasons if known.id == reason), reason)


def _facet_name(change: Change) -> str:
    facet = change.key[-1]
    if change.table == "judgement":
        return {"worth": "worth checking", "skipped": "passed over"}.get(facet, facet)
    about = "verdict" if change.key[1] == "content" else "verdict on the attribution"
    return about if facet == "value" else facet if change.key[1] == "content" else f"{about}, {facet}"


def _value_in_words(facet: str, value: Any, scheme: Scheme) -> str:
    if facet == "worth":
        return f"{value} ({scheme.worth_value(value).name})"
    if facet == "value":
        return scheme.verdict_value(value).name
    if facet == "reason":
        return _reason_name(value, scheme)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
