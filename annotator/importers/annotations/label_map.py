"""The label map: other people's labels and values to our roles, attributions and facets.

A TOML file of up to three tables; what it says comes before the defaults, and case does not matter:

    [roles]                     # their label = source, cue, content or relay; "" leaves such spans out
    Speaker = "source"

    [attributions]              # their label of an attribution = the facets that the label says
    Attribution = {}
    "Attribution-no-source" = { anonymity = "none" }

    [values.verdict]            # our facet: their value = ours
    "Mostly true" = "mixed"

Facets that have values: worth, voice, verdict, reason, confidence, type, form, anonymity.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from annotator.errors import ConfigError
from annotator.model.attribution import Anonymity, AttributionType, Form, Role
from annotator.model.late import dataclass
from annotator.model.toml import toml_values
from annotator.model.utf8 import where_not_utf8

FACETS = ("worth", "voice", "verdict", "reason", "confidence", "type", "form", "anonymity")
_ATTRIBUTION_FACETS: Mapping[str, type[AttributionType | Form | Anonymity]] = {
    "type": AttributionType,
    "form": Form,
    "anonymity": Anonymity,
}
_ROLES: Mapping[str, Role | None] = {
    **{role.value: role for role in Role},
    "speaker": Role.SOURCE,
    "holder": Role.SOURCE,
    "verb": Role.CUE,
    "quote": Role.CONTENT,
    "quotation": Role.CONTENT,
    "target": Role.CONTENT,
    "recipient": Role.RELAY,
}
_ATTRIBUTIONS: Mapping[str, Mapping[str, str]] = {
    "attribution": {},
    "attribution-no-source": {"anonymity": "none"},
}


@dataclass(frozen=True, slots=True)
class LabelMap:
    """What their labels mean; keys in lower case, defaults included."""

    roles: Mapping[str, Role | None] = field(default_factory=lambda: _ROLES)
    attributions: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _ATTRIBUTIONS)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def role(self, label: str) -> Role | None:
        """The role of spans with this label; None for one that is left out or not known."""
        return self.roles.get(label.lower())

    def knows_role(self, label: str) -> bool:
        """Whether the label is a role's, or left out on purpose."""
        return label.lower() in self.roles

    def attribution(self, label: str) -> Mapping[str, str] | None:
        """The facets that an attribution's label says; None where the label is not an attribution's."""
        return self.attributions.get(label.lower())

    def value(self, facet: str, theirs: str) -> str:
        """Our value of a facet, which is theirs where the map says nothing of it."""
        return self.values.get(facet, {}).get(theirs.lower(), theirs)


def label_map(data: bytes, origin: str) -> LabelMap:
    """The map that a TOML file says, above the defaults; raises ConfigError for what is none."""
    try:
        given = toml_values(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{origin}: {where_not_utf8(error)}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{origin}: not a label map: {error}") from error
    for name in given:
        if name not in ("roles", "attributions", "values"):
            raise ConfigError(f"{origin}: no table {name!r} in a label map (known: roles, attributions, values)")
    roles = {label.lower(): _role(label, value, origin) for label, value in _table(given, "roles", origin).items()}
    attributions = {
        label.lower(): _facets(label, value, origin) for label, value in _table(given, "attributions", origin).items()
    }
    values = {facet: _values(facet, pairs, origin) for facet, pairs in _table(given, "values", origin).items()}
    return LabelMap({**_ROLES, **roles}, {**_ATTRIBUTIONS, **attributions}, values)


def _table(given: Mapping[str, Any], name: str, origin: str) -> Mapping[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{origin}: {name} is a table: [{name}]")
    return table


def _role(label: str, value: Any, origin: str) -> Role | None:
    if value == "":
        return None
    try:
        return Role(value)
    except ValueError as error:
        raise ConfigError(f"{origin}: {label} = {value!r} is no role (known: {', '.join(Role)})") from error


def _facets(label: str, value: Any, origin: str) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ConfigError(f"{origin}: {label} in [attributions] is a table of facets, such as {{}}")
    for facet, meant in value.items():
        known = _ATTRIBUTION_FACETS.get(facet)
        if known is None or meant not in set(known):
            raise ConfigError(f"{origin}: {label} in [attributions] cannot say {facet} = {meant!r}")
    return value


def _values(facet: str, pairs: Any, origin: str) -> Mapping[str, str]:
    if facet not in FACETS:
        raise ConfigError(f"{origin}: no facet {facet!r} (known: {', '.join(FACETS)})")
    if not isinstance(pairs, dict) or not all(isinstance(ours, str) for ours in pairs.values()):
        raise ConfigError(f'{origin}: [values.{facet}] has lines such as "their value" = "ours"')
    return {theirs.lower(): ours for theirs, ours in pairs.items()}
