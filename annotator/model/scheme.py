"""Label schemes: the values of each facet, their keys and definitions, and what completes a claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from annotator.errors import SchemeError
from annotator.model.late import dataclass
from annotator.model.scheme_rules import KEYS_OF_SCHEMES as KEYS_OF_SCHEMES
from annotator.model.scheme_rules import problems_of

Pass = Literal["triage", "verify", "both"]
PASSES: tuple[Pass, ...] = ("triage", "verify", "both")
DEFAULT = "annotator-default"
_FOLDER = Path(__file__).with_name("schemes")
DEFAULT_AS_JSON = _FOLDER / f"{DEFAULT}.json"
"""The default scheme once more, as it is read quickest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is; a verdict value that lists reasons needs one."""

    id: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: a permanent id, and a name, key and colour that may change.

    A check-worthiness may waive the verdict, and may stand for the author's voice where nobody else is suggested. A
    verdict may need no evidence although the scheme requires it.
    """

    id: str
    key: str
    name: str
    definition: str
    examples: tuple[str, ...]
    colour: str = ""
    waives_verdict: bool = False
    author_voice: bool = False
    without_evidence: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A label scheme: its values and, for each pass, the facets that complete a claim.

    With `evidence_required` a verdict settles a claim only with evidence on the same target.
    """

    id: str
    version: int
    worth: tuple[Value, ...]
    voice: tuple[Value, ...]
    verdict: tuple[Value, ...]
    passes: Mapping[str, tuple[str, ...]]
    evidence_required: bool = False
    name: str = ""
    about: str = ""

    @property
    def label(self) -> str:
        """ "id@version", as ledger entries and exports name a scheme."""
        return f"{self.id}@{self.version}"

    def worth_value(self, id: str) -> Value:  # noqa: A002 - the field's name
        """The check-worthiness with this id; raises SchemeError where there is none."""
        return _wanted(self.worth, id, "check-worthiness")

    def verdict_value(self, id: str) -> Value:  # noqa: A002 - the field's name
        """The verdict with this id; raises SchemeError where there is none."""
        return _wanted(self.verdict, id, "verdict")

    def known_worth(self, id: str | None) -> Value | None:  # noqa: A002 - the field's name
        """The check-worthiness with this id, or None: an earlier version may have had it."""
        return _found(self.worth, id)

    def known_verdict(self, id: str | None) -> Value | None:  # noqa: A002 - the field's name
        """The verdict with this id, or None: an earlier version may have had it."""
        return _found(self.verdict, id)

    @property
    def checkable(self) -> Value:
        """The check-worthiness that a verdict key sets where there is none: the first that asks for a verdict."""
        return next(value for value in self.worth if not value.waives_verdict)


def name_of(value: Value | None, id: str) -> str:  # noqa: A002 - the field's name
    """A value's name, or what to call the id of a value that the scheme does not have any more."""
    return value.name if value is not None else f"{id} (not in this scheme)"


def _found(values: Iterable[Value], id: str | None) -> Value | None:  # noqa: A002 - the field's name
    return next((value for value in values if value.id == id), None)


def _wanted(values: tuple[Value, ...], id: str, what: str) -> Value:  # noqa: A002 - the field's name
    value = _found(values, id)
    if value is None:
        raise SchemeError(f"no {what} {id!r} in this scheme (known: {', '.join(value.id for value in values)})")
    return value


# Reading


def read_scheme(text: str, origin: str) -> Scheme:
    """A scheme from its TOML text; raises SchemeError that names the origin and the first thing that is wrong."""
    from annotator.model.toml import toml_values

    problems = scheme_problems(text)
    if problems:
        raise SchemeError(f"{origin}: {problems[0]}")
    return _scheme_of(toml_values(text))


def scheme_problems(text: str) -> list[str]:
    """Everything that is wrong with the TOML text of a scheme, one line each; nothing for one that can be used."""
    # Deferred: a start reads the default scheme without it.
    import tomllib

    from annotator.model.toml import toml_values

    try:
        data = toml_values(text)
    except tomllib.TOMLDecodeError as error:
        return [f"not TOML: {error}"]
    return list(problems_of(data, PASSES))


def scheme_from_data(data: Mapping[str, Any], origin: str) -> Scheme:
    """A scheme from what `scheme_data` made of it; raises SchemeError that names the origin."""
    for problem in problems_of(data, PASSES):
        raise SchemeError(f"{origin}: {problem}")
    return _scheme_of(data)


def _scheme_of(data: Mapping[str, Any]) -> Scheme:
    return Scheme(
        id=data["id"],
        version=data["version"],
        worth=tuple(_value(row) for row in data["worth"]),
        voice=tuple(_value(row) for row in data["voice"]),
        verdict=tuple(_value(row) for row in data["verdict"]),
        passes={name: tuple(data["passes"][name]) for name in PASSES},
        evidence_required=data.get("evidence_required", False),
        name=data.get("name", ""),
        about=data.get("about", ""),
    )


def _value(row: Mapping[str, Any]) -> Value:
    reasons = tuple(Reason(**reason) for reason in row.get("reason", ()))
    rest = {name: value for name, value in row.items() if name not in ("reason", "examples")}
    return Value(**rest, examples=tuple(row["examples"]), reasons=reasons)


def scheme_data(scheme: Scheme) -> dict[str, Any]:
    """The scheme as a TOML file and JSON hold it; what is as it would be anyway is left out."""
    data: dict[str, Any] = {"id": scheme.id, "version": scheme.version}
    data |= {name: text for name, text in (("name", scheme.name), ("about", scheme.about)) if text}
    if scheme.evidence_required:
        data["evidence_required"] = True
    data["passes"] = {name: list(scheme.passes[name]) for name in PASSES}
    for facet, values in (("worth", scheme.worth), ("voice", scheme.voice), ("verdict", scheme.verdict)):
        data[facet] = [_value_data(value) for value in values]
    return data


def _value_data(value: Value) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": value.id,
        "key": value.key,
        "name": value.name,
        "definition": value.definition,
        "examples": list(value.examples),
    }
    if value.colour:
        data["colour"] = value.colour
    data |= {flag: True for flag in ("waives_verdict", "author_voice", "without_evidence") if getattr(value, flag)}
    if value.reasons:
        data["reason"] = [{"id": reason.id, "key": reason.key, "name": reason.name} for reason in value.reasons]
    return data


# The schemes that come with the tool


def shipped_names() -> list[str]:
    """The names of the schemes that come with the tool, the default one first."""
    return sorted((path.stem for path in _FOLDER.glob("*.toml")), key=lambda name: (name != DEFAULT, name))


@cache
def shipped_scheme(name: str) -> Scheme:
    """One of the schemes that come with the tool; raises SchemeError for any other name."""
    if name not in shipped_names():
        raise SchemeError(f"no scheme {name!r} comes with annotator (known: {', '.join(shipped_names())})")
    from annotator.model.toml import toml_values

    # Nothing is wrong with these: to look for that would take as long as to read them.
    return _scheme_of(toml_values((_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def default_scheme() -> Scheme:
    """The scheme that is used where a project has chosen none.

    It is read as JSON, made of its TOML by `python -m annotator.model.scheme`: every start of the workbench needs it,
    and to read TOML takes longer than to open the database.
    """
    return _scheme_of(json.loads(DEFAULT_AS_JSON.read_text(encoding="utf-8")))


def default_as_json() -> str:
    """What stands in `DEFAULT_AS_JSON`, made of the TOML."""
    return json.dumps(scheme_data(shipped_scheme(DEFAULT)), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    DEFAULT_AS_JSON.write_text(default_as_json(), encoding="utf-8")
