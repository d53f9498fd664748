"""Ledger entries in words: what the history, the undo line and the log say of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.model.ledger import Change, Entry
from annotator.model.review import NOT_JUDGED, ArticleReview
from annotator.model.scheme import Scheme, name_of
from annotator.model.source import Registry, SourceEntity

_ACTIONS = {
    "accept": "accepted the suggestions",
    "worth-all": "took every suggested check-worthiness of the article",
    "split": "split the claim",
    "join": "joined the claim with the next",
    "same-source": "same source as the claim before",
    "attribution": "attribution",
    "attribution-remove": "removed the attribution",
    "stretch": "content of the attribution",
    "refuse": "refused the suggestion",
    "evidence": "evidence",
    "evidence-remove": "removed the evidence",
    "source-assign": "source of the attribution",
    "source-join": "sources of the same name and kind joined",
    "import-annotation": "annotations imported",
}
_SOURCES = {
    "source-make": "source made",
    "source-rename": "source renamed",
    "source-alias": "another name of the source",
    "source-kind": "kind of the source",
    "source-merge": "source merged",
}

_SIGNS = {"flag": ("flagged", "no longer flagged"), "skipped": ("passed over", "no longer passed over")}
"""What is said of a judgement's signs, set and taken away."""


def entry_in_words(entry: Entry, scheme: Scheme) -> str:
    """One short line, such as "verdict: refuted"; an undo or redo is said to be one."""
    if entry.kind in ("undo", "redo"):
        return entry.action
    if entry.action in _ACTIONS:
        return _ACTIONS[entry.action]
    if entry.action in _SOURCES:
        name = next((change.value["name"] for change in entry.changes if change.value), "")
        return f"{_SOURCES[entry.action]}: {_short(name)}" if name else _SOURCES[entry.action]
    return ", ".join(filter(None, (_change_in_words(change, scheme) for change in entry.changes))) or entry.action


def _change_in_words(change: Change, scheme: Scheme) -> str:
    if change.table not in ("judgement", "verdict"):
        return "" if change.table in ("refusal", "source", "attribution_source") else change.table
    facet = change.key[-1]
    if facet in _SIGNS:
        return _SIGNS[facet][not change.value]
    if change.value is None:
        return "" if change.table == "verdict" and facet != "value" else f"{_facet_name(change)} cleared"
    return f"{_facet_name(change)}: {_value_in_words(facet, change.value, scheme)}"


def _reason_name(reason: str, scheme: Scheme) -> str:
    """A reason's name, whichever verdict lists it; its id where none does any more."""
    return next((known.name for value in scheme.verdict for known in value.reasons if known.id == reason), reason)


def _facet_name(change: Change) -> str:
    facet = change.key[-1]
    if change.table == "judgement":
        return "worth checking" if facet == "worth" else facet
    about = "verdict" if change.key[1] == "content" else "verdict on the attribution"
    return about if facet == "value" else facet if change.key[1] == "content" else f"{about}, {facet}"


def _value_in_words(facet: str, value: Any, scheme: Scheme) -> str:
    if facet == "worth":
        known = scheme.known_worth(value)
        return f"{value} ({known.name})" if known else name_of(None, value)
    if facet == "value":
        return name_of(scheme.known_verdict(value), value)
    if facet == "reason":
        return _reason_name(value, scheme)
    return _short(str(value))


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def quoted(name: str) -> str:
    """A source's name as a message says it."""
    return f"“{_short(name)}”"


def sources_in_words(
    before: Mapping[str, SourceEntity], after: Mapping[str, SourceEntity | None], registry: Registry
) -> str:
    """What a decision made of some sources, given what they were before."""
    return "; ".join(_source_change(before.get(id_), made, registry) for id_, made in after.items())


def _source_change(before: SourceEntity | None, made: SourceEntity | None, registry: Registry) -> str:
    if made is None:
        return "gone"
    if before is None:
        return f"made: {quoted(made.name)}, {made.kind.value}"
    if made.merged_into != before.merged_into and made.merged_into is not None:
        survivor = registry.entities.get(made.merged_into)
        return f"{quoted(made.name)} merged into {quoted(survivor.name if survivor else made.merged_into)}"
    if made.name != before.name:
        return f"{quoted(before.name)} renamed to {quoted(made.name)}"
    if made.kind is not before.kind:
        return f"{quoted(made.name)} is {made.kind.value}"
    new = [alias for alias in made.aliases if alias not in before.aliases]
    return f"{quoted(made.name)} is {', '.join(map(quoted, new))} too" if new else f"{quoted(made.name)} as it was"


def now_in_words(undone: Entry, review: ArticleReview) -> str:
    """What there is in the place of what an undo took back: "verdict open again", "worth checking: 1 (…) again"."""
    if undone.action in _RESTORED:
        return _RESTORED[undone.action]
    now = dict.fromkeys(_now(change, review) for change in undone.changes)
    is_open = [name for name, said in now if name and not said]
    said = [f"{' and '.join(is_open)} open again"] if is_open else []
    return ", ".join([*said, *(said for _, said in now if said)])


_RESTORED = {"split": "one claim again", "join": "two claims again", "refuse": "the suggestion is offered again"}
"""What an undo of these actions leaves."""

_YES_OR_NO = {
    "flag": ("not flagged any more", "flagged again"),
    "skipped": ("not passed over any more", "passed over again"),
}
_SETTLED = ("worth", "voice", "value")
"""What is settled of a claim: without it that is open. All else may be left out."""


def _now(change: Change, review: ArticleReview) -> tuple[str, str]:
    """What one change was about, and what there is now; that is empty where it is open, and both where nothing is."""
    id_, facet = change.key[0], change.key[-1]
    if change.table in ("attribution", "evidence"):
        return f"the {change.table}", _whole_now(change, review)
    of: Any = review.judgements.get(id_, NOT_JUDGED)
    if change.table == "verdict":
        of = review.verdicts.get((id_, change.key[1]))
    elif change.table != "judgement":
        return "", ""
    now = getattr(of, facet, None)
    if facet in _YES_OR_NO:
        return facet, _YES_OR_NO[facet][bool(now)]
    name = _facet_name(change)
    if now is not None:
        return name, f"{name}: {_value_in_words(facet, now, review.scheme)} again"
    # Reason and justification go with their verdict.
    said = f"no {name} any more" if change.table == "judgement" else ""
    if facet in _SETTLED:
        return "check-worthiness" if facet == "worth" else name, ""
    return name if said else "", said


def _whole_now(change: Change, review: ArticleReview) -> str:
    there = review.attributions if change.table == "attribution" else review.evidence
    if all(each.id != change.key[0] for each in there):
        return f"the {change.table} is gone"
    return f"the {change.table} is {'back' if change.value is None else 'as it was'}"
