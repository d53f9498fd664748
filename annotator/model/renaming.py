"""Names of reviewers that lead to others: who is called what now, and a ledger's entries in those terms. Pure.

Nothing in a ledger is rewritten. An entry stays under the name that it was made under, and is read as the work of
whoever that name means at present.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.model.judgement import CONTENT
from annotator.model.ledger import Entry, derived_id
from annotator.model.uniting import circles

ALIAS = "alias:"
"""What the name of a setting begins with that says what a reviewer (the rest of it) is called now."""

_OWNED = {"attribution": "attribution", "evidence": "evidence", "attribution_source": "attribution"}
"""The tables whose keys are ids that one reviewer alone may have, each with the table that the ids are of."""


def present_names(aliases: Mapping[str, str]) -> dict[str, str]:
    """What each name that leads to another means at present, over any number of steps.

    Of names that lead to each other in a circle the last one in the alphabet leads nowhere: all of them mean it.
    """
    cut = circles(aliases)
    ahead = {name: to for name, to in aliases.items() if name not in cut}
    found = {}
    for name in ahead:
        at = name
        while at in ahead:
            at = ahead[at]
        found[name] = at
    return found


def related(pairs: Iterable[tuple[str, str]], name: str) -> frozenset[str]:
    """All names that the pairs connect with a name, over any number of steps; nothing where none does."""
    groups: list[set[str]] = []
    for pair in pairs:
        touching = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touching]
        groups.append(set(pair).union(*touching))
    return frozenset(next((group for group in groups if name in group), ()))


def called(entry: Entry, names: Mapping[str, str]) -> Entry:
    """The entry as the work of whoever its reviewer's name means at present."""
    now = names.get(entry.reviewer or "")
    return entry if now is None else replace(entry, reviewer=now, signed=entry.reviewer)


def own_entries(entries: Sequence[Entry], reviewer: str, names: Mapping[str, str]) -> Iterator[Entry]:
    """Of the entries on one article those of one reviewer, in their order and in present terms.

    `entries` are those of all names that were ever connected with hers, as they were made; `names` the present ones.
    What was accepted of one suggestion under several of her names is one attribution, with the id that accepting it
    now would give. An attribution or piece of evidence is whose entry made it: what another says of it, because their
    names were one then, counts for nothing while they are two. An undo counts whosever it is.
    """
    same = _same_attributions(entries, reviewer, names)
    makers = _makers(entries)
    taken: set[str] = set()
    for entry in entries:
        if names.get(entry.reviewer or "", entry.reviewer) == reviewer:
            taken.add(entry.id)
            yield called(_in_terms(entry, same, _foreign(entry, makers, reviewer, names)), names)
        elif entry.undoes in taken:
            taken.add(entry.id)
            yield called(entry, names)


def _same_attributions(entries: Iterable[Entry], reviewer: str, names: Mapping[str, str]) -> dict[str, str]:
    """The ids that attributions had which were accepted under her other names, each with the one they have now."""
    others = [name for name, now in names.items() if now == reviewer]
    suggestions = {id_ for entry in entries for id_ in entry.suggestions} if others else ()
    return {derived_id(id_, name): derived_id(id_, reviewer) for id_ in suggestions for name in others}


def _makers(entries: Iterable[Entry]) -> dict[tuple[str, str], str | None]:
    """The name under which each attribution and piece of evidence was made, by its table and id."""
    makers: dict[tuple[str, str], str | None] = {}
    for entry in entries:
        for table, key, value in entry.payload.get("changes", ()):
            if table in ("attribution", "evidence") and value is not None:
                makers.setdefault((table, key[0]), entry.reviewer)
    return makers


def _foreign(
    entry: Entry, makers: Mapping[tuple[str, str], str | None], reviewer: str, names: Mapping[str, str]
) -> set[tuple[str, str]]:
    """The tables and ids of what the entry changes and somebody else has made."""
    found = set()
    for table, key, _ in entry.payload.get("changes", ()):
        maker = makers.get((_OWNED.get(table, ""), key[0]), entry.reviewer) or ""
        if table in _OWNED and names.get(maker, maker) != reviewer:
            found.add((table, key[0]))
    return found


def _in_terms(entry: Entry, same: Mapping[str, str], foreign: set[tuple[str, str]]) -> Entry:
    """The entry with the present ids, and without what it says of others' attributions and evidence."""
    before = entry.payload.get("changes")
    if not before or not (same or foreign):
        return entry
    kept = [change for change in before if (change[0], change[1][0]) not in foreign]
    changes = [_changed(table, key, value, same) for table, key, value in kept]
    return replace(entry, payload={**entry.payload, "changes": changes})


def _changed(table: str, key: Sequence[str], value: Any, same: Mapping[str, str]) -> list[Any]:
    if table in ("attribution", "attribution_source"):
        key = [same.get(key[0], key[0])]
    if table == "verdict" and key[1] != CONTENT:
        key = [key[0], same.get(key[1], key[1]), key[2]]
    part = {"attribution": "parent", "evidence": "target"}.get(table)
    if part is not None and value is not None:
        value = {**value, part: same.get(value[part], value[part])}
    return [table, list(key), value]
