"""Label schemes: the values of each facet, their keys and definitions, and what completes a claim."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from annotator.errors import SchemeError

Pass = Literal["triage", "verify", "both"]
PASSES: tuple[Pass, ...] = ("triage", "verify", "both")
FACETS = ("worth", "attribution", "verdict")
KEYS_OF_SCHEMES = frozenset("0123456789srmndgwxz")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is; a verdict value that lists reasons needs one."""

    id: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: a permanent id, and a name, key and colour that may change.

    A check-worthiness may waive the verdict, and may stand for the author's voice where nobody else is suggested.
    """

    id: str
    key: str
    name: str
    definition: str
    examples: tuple[str, ...]
    colour: str = ""
    waives_verdict: bool = False
    author_voice: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A label scheme: its values and, for each pass, the facets that complete a claim."""

    id: str
    version: int
    worth: tuple[Value, ...]
    voice: tuple[Value, ...]
    verdict: tuple[Value, ...]
    passes: Mapping[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        """ "id@version", as ledger entries and exports name a scheme."""
        return f"{self.id}@{self.version}"

    def worth_value(self, id: str) -> Value:  # noqa: A002 - the field's name
        """The check-worthiness with this id; raises SchemeError where there is none."""
        return _find(self.worth, id, "check-worthiness")

    def verdict_value(self, id: str) -> Value:  # noqa: A002 - the field's name
        """The verdict with this id; raises SchemeError where there is none."""
        return _find(self.verdict, id, "verdict")

    @property
    def checkable(self) -> Value:
        """The check-worthiness that a verdict key sets where there is none: the first that asks for a verdict."""
        return next(value for value in self.worth if not value.waives_verdict)


def _find(values: tuple[Value, ...], id: str, what: str) -> Value:  # noqa: A002 - the field's name
    for value in values:
        if value.id == id:
            return value
    raise SchemeError(f"no {what} {id!r} in this scheme (known: {', '.join(value.id for value in values)})")


def read_scheme(text: str, origin: str) -> Scheme:
    """A scheme from its TOML text; raises SchemeError that names the origin and the value that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"{origin}: {error}") from error
    try:
        scheme = Scheme(
            id=str(data["id"]),
            version=int(data["version"]),
            worth=tuple(_value(row) for row in data["worth"]),
            voice=tuple(_value(row) for row in data["voice"]),
            verdict=tuple(_value(row) for row in data["verdict"]),
            passes={name: tuple(data["passes"][name]) for name in PASSES},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SchemeError(f"{origin}: missing or of the wrong kind: {error}") from error
    _check(scheme, origin)
    return scheme


def _value(row: Mapping[str, Any]) -> Value:
    reasons = tuple(Reason(**reason) for reason in row.get("reason", ()))
    rest = {name: value for name, value in row.items() if name not in ("reason", "examples")}
    return Value(**rest, examples=tuple(row["examples"]), reasons=reasons)


def _check(scheme: Scheme, origin: str) -> None:
    keyed = [*scheme.worth, *scheme.verdict]
    for name, values in (("id", [value.id for value in keyed]), ("key", [value.key for value in keyed])):
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            raise SchemeError(f"{origin}: the same {name} twice: {', '.join(sorted(twice))}")
    for value in keyed:
        if value.key not in KEYS_OF_SCHEMES:
            raise SchemeError(f"{origin}: value {value.id!r}: a scheme may not use the key {value.key!r}")
        if not value.definition or len(value.examples) < 2:
            raise SchemeError(f"{origin}: value {value.id!r} needs a definition and two examples")
        keys = [reason.key for reason in value.reasons]
        if len(set(keys)) < len(keys) or not KEYS_OF_SCHEMES.issuperset(keys):
            raise SchemeError(f"{origin}: value {value.id!r}: its reasons need keys of their own that a scheme may use")
    if not scheme.voice or not scheme.verdict:
        raise SchemeError(f"{origin}: at least one voice and one verdict are needed")
    if all(value.waives_verdict for value in scheme.worth):
        raise SchemeError(f"{origin}: no check-worthiness asks for a verdict")
    for name, facets in scheme.passes.items():
        unknown = set(facets) - set(FACETS)
        if unknown:
            raise SchemeError(f"{origin}: pass {name!r} names unknown facets: {', '.join(sorted(unknown))}")


@cache
def default_scheme() -> Scheme:
    """The scheme that is used where a project has chosen none."""
    path = Path(__file__).with_name("default_scheme.toml")
    return read_scheme(path.read_text(encoding="utf-8"), path.name)
