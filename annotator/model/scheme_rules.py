"""What a scheme must be to be used: everything that is wrong with one, as lines that name the value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from annotator.model.text import neutral_line

FACETS = ("worth", "attribution", "verdict")
"""What a pass can ask for."""

KEYS_OF_SCHEMES = frozenset("0123456789srmndgwxz")
"""The keys that no action of the tool has while an article is reviewed."""

VOICE_KEY = "a"
"""The author's voice is one action of the tool, and keeps its key."""

COLOURS = frozenset(("$primary", "$secondary", "$accent", "$success", "$warning", "$error", "$text-muted"))
"""The theme's colours, which are readable in light and in dark ones; any other is given as #rrggbb."""

_TOP: Mapping[str, type] = {
    "id": str, "version": int, "name": str, "about": str, "evidence_required": bool, "passes": dict,
    "worth": list, "voice": list, "verdict": list,
}  # fmt: skip
_VALUE: Mapping[str, type] = {
    "id": str, "key": str, "name": str, "definition": str, "examples": list, "colour": str,
    "waives_verdict": bool, "author_voice": bool, "without_evidence": bool, "reason": list,
}  # fmt: skip
_OF_ONE_FACET = {
    "waives_verdict": "worth", "author_voice": "worth", "without_evidence": "verdict", "reason": "verdict"
}  # fmt: skip
_REASON: Mapping[str, type] = {"id": str, "key": str, "name": str}
_WORDS = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
# The tool's own actions are called so.
_TAKEN_IDS = {"worth": "all", "reason": "leave"}
_NAMES = {"worth": "check-worthiness", "voice": "voice", "verdict": "verdict"}


def problems_of(data: Mapping[str, Any], passes: Collection[str]) -> Iterator[str]:
    """Each thing that is wrong with a scheme's data, as one line; those of the form come alone."""
    formal = list(_formal_problems(data, passes))
    yield from formal or _problems_of_meaning(data)


def _formal_problems(data: Mapping[str, Any], passes: Collection[str]) -> Iterator[str]:
    optional = ("name", "about", "evidence_required")
    yield from _of_kinds(data, _TOP, optional, "")
    for facet in _NAMES:
        rows = data.get(facet)
        for place, row in enumerate(rows if isinstance(rows, list) else (), 1):
            yield from _formal_problems_of_value(facet, place, row)
    table = data.get("passes")
    if isinstance(table, dict):
        for name in passes:
            if name not in table:
                yield f"pass {name!r} is missing"
        for name, facets in table.items():
            if name not in passes:
                yield f"no pass is called {name!r} (known: {', '.join(passes)})"
            elif not isinstance(facets, list) or not all(isinstance(facet, str) for facet in facets):
                yield f"pass {name!r}: a list of facets is needed, of {', '.join(FACETS)}"


def _formal_problems_of_value(facet: str, place: int, row: object) -> Iterator[str]:
    what = f"{_NAMES[facet]} {place}"
    if not isinstance(row, dict):
        yield f"{what}: a table is needed, begun by [[{facet}]]"
        return
    if isinstance(row.get("id"), str):
        what = f"{_NAMES[facet]} {_quoted(row['id'])}"
    yield from _of_kinds(row, _VALUE, ("colour", *_OF_ONE_FACET), f"{what}: ")
    for name, where in _OF_ONE_FACET.items():
        if name in row and facet != where:
            yield f"{what}: {name} belongs to a {_NAMES[where]}"
    examples = row.get("examples")
    if isinstance(examples, list) and not all(isinstance(example, str) for example in examples):
        yield f"{what}: examples: every one is text"
    reasons = row.get("reason")
    for number, reason in enumerate(reasons if isinstance(reasons, list) else (), 1):
        if isinstance(reason, dict):
            yield from _of_kinds(reason, _REASON, (), f"{what}: reason {number}: ")
        else:
            yield f"{what}: reason {number}: a table is needed, begun by [[{facet}.reason]]"


def _of_kinds(
    row: Mapping[str, Any], kinds: Mapping[str, type], optional: Collection[str], where: str
) -> Iterator[str]:
    for name in row:
        if name not in kinds:
            yield f"{where}unknown: {_quoted(name)} (known: {', '.join(kinds)})"
    for name, kind in kinds.items():
        if name not in row:
            if name not in optional:
                yield f"{where}{name} is missing"
        # In Python a boolean is a whole number; in TOML it is not.
        elif type(row[name]) is not kind:
            yield f"{where}{name}: {_WORDS[kind]} is needed, not {_quoted(row[name])}"


def _problems_of_meaning(data: Mapping[str, Any]) -> Iterator[str]:
    if not _ID.fullmatch(data["id"]):
        yield f"id {_quoted(data['id'])}: up to 40 letters, digits, - and _ are needed, with no - or _ at the beginning"
    if not 1 <= data["version"] < 1_000_000:
        yield f"version {data['version']}: a number from 1 to 999999 is needed"
    keyed = [*data["worth"], *data["verdict"]]
    for name in ("id", "key"):
        found = [row[name] for row in keyed]
        for twice in sorted({each for each in found if found.count(each) > 1}):
            yield f"the same {name} twice: {_quoted(twice)}"
    for facet, what in _NAMES.items():
        for row in data[facet]:
            yield from (f"{what} {_quoted(row['id'])}: {problem}" for problem in _problems_of_value(facet, row))
    if not data["verdict"]:
        yield "at least one verdict is needed"
    if len(data["voice"]) != 1:
        yield "exactly one voice is needed, the author's"
    if all(row.get("waives_verdict") for row in data["worth"]):
        yield "no check-worthiness asks for a verdict: one without waives_verdict is needed"
    for name, facets in data["passes"].items():
        yield from (f"pass {name!r}: {problem}" for problem in _problems_of_pass(facets))


def _problems_of_pass(facets: Collection[str]) -> Iterator[str]:
    if not facets:
        yield "it asks for nothing: every claim would be done"
    for facet in facets:
        if facet not in FACETS:
            yield f"no facet {_quoted(facet)} (known: {', '.join(FACETS)})"


def _problems_of_value(facet: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _problems_of_id(facet, row["id"])
    if facet == "voice":
        if row["key"] != VOICE_KEY:
            yield f"its key is {VOICE_KEY}, not {_quoted(row['key'])}"
    elif row["key"] not in KEYS_OF_SCHEMES:
        yield f"a scheme may not use the key {_quoted(row['key'])} (it may use {_keys()})"
    yield from _problems_of_name(row["name"])
    if not row["definition"].strip() or sum(bool(example.strip()) for example in row["examples"]) < 2:
        yield "a definition and two examples are needed"
    colour = row.get("colour", "")
    if colour and colour not in COLOURS and not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        yield f"no colour {_quoted(colour)} (known: {', '.join(sorted(COLOURS))}, or #rrggbb)"
    reasons = row.get("reason", ())
    for name in ("id", "key"):
        found = [reason[name] for reason in reasons]
        for twice in sorted({each for each in found if found.count(each) > 1}):
            yield f"two reasons have the same {name}: {_quoted(twice)}"
    for reason in reasons:
        about = f"reason {_quoted(reason['id'])}"
        yield from (f"{about}: {problem}" for problem in _problems_of_id("reason", reason["id"]))
        if reason["key"] not in KEYS_OF_SCHEMES:
            yield f"{about}: a scheme may not use the key {_quoted(reason['key'])} (it may use {_keys()})"
        yield from (f"{about}: {problem}" for problem in _problems_of_name(reason["name"]))


def _problems_of_id(facet: str, id_: str) -> Iterator[str]:
    if not _ID.fullmatch(id_):
        yield "an id has up to 40 letters, digits, - and _, with no - or _ at the beginning"
    if _TAKEN_IDS.get(facet) == id_:
        yield "the tool needs this id for itself"


def _problems_of_name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "a name is needed"
    if neutral_line(name) != name:
        yield "a name is one line without control characters"


def _keys() -> str:
    return " ".join(sorted(KEYS_OF_SCHEMES))


def _quoted(value: object) -> str:
    text = neutral_line(repr(value))
    return text if len(text) <= 60 else f"{text[:59]}…"
