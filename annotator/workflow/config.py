"""The user's configuration file: reading it, saying which line is wrong, and remembering the reviewer's name in it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from annotator.errors import ConfigError, DomainError, ExportFailure
from annotator.model.late import dataclass
from annotator.model.reviewer import reviewer_handle
from annotator.model.utf8 import where_not_utf8

CONFIG_VARIABLE = "ANNOTATOR_CONFIG"
_LONGEST_IDLE = 1_000_000_000
OF_SCHEMES = ("worth.", "verdict.", "reason.")
"""How the ids of a scheme's actions begin: the file serves projects with other schemes as well."""
LAYOUT = "layout"
"""The one name below `keys` that is no action's."""
SETTINGS = (
    "reviewer", "theme", "advance", "check_first", "learn", "idle_limit", "organisation", "organisation_url", "keys"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Config:
    """What the user has chosen; None where nothing is.

    `advance`: the next open claim comes by itself. `check_first`: open claims come by worth. `learn`: what is
    suggested learns from her own decisions. `idle_limit` is in seconds. `organisation` publishes the reviews,
    and `organisation_url` is its address. `keys` gives actions other keys: the
    action's id, and its keys separated by blanks; `layout` is the keyboard's: a name, or what its rows of letters type.
    `path` is the file, whether it exists or not.
    """

    path: Path
    reviewer: str | None = None
    theme: str | None = None
    advance: bool = True
    check_first: bool = False
    learn: bool = True
    idle_limit: float = 300.0
    organisation: str = ""
    organisation_url: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    layout: str = ""


def config_path() -> Path:
    """Where the file is: $ANNOTATOR_CONFIG, or config.toml in the platform's folder for configuration."""
    chosen = os.environ.get(CONFIG_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    # Deferred: a start that names its file does not need it.
    import platformdirs

    return platformdirs.user_config_path("annotator", appauthor=False) / "config.toml"


def load_config(path: Path | None = None, known_actions: Collection[str] = ()) -> Config:
    """The configuration; the default one where there is no file.

    With `known_actions`, keys for any other action id are refused. Raises ConfigError, with the line, for broken TOML,
    unknown settings and values of the wrong kind.
    """
    path = path or config_path()
    text = _read(path)
    data = _parse(path, text)
    for name in data:
        if name not in SETTINGS:
            raise _wrong(path, text, (name,), f"unknown setting {name!r} (known: {', '.join(SETTINGS)})")
    values: dict[str, Any] = {}
    for name, convert in _CONVERTERS.items():
        if name in data:
            try:
                values[name] = convert(data[name])
            except DomainError as error:
                raise _wrong(path, text, (name,), f"{name}: {error}") from error
    keys = _keys(path, text, data.get("keys", {}), known_actions)
    return Config(path, keys=keys, layout=keys.pop(LAYOUT, ""), **values)


def wrong_setting(config: Config, name: tuple[str, ...], reason: str) -> ConfigError:
    """The error for a setting that only its user could find wrong: it names the file and the line.

    The name of the keys of an action is `("keys", action id)`.
    """
    return _wrong(config.path, _read(config.path), name, reason)


def remember_reviewer(config: Config, name: str) -> Config:
    """Write the reviewer's name into the file and leave the rest as it is; the configuration with the name.

    Raises DomainError for what cannot be a name, and ConfigError where the file cannot be changed.
    """
    # Deferred: it is needed once in the life of a configuration.
    import tomlkit

    from annotator.workflow.exporting.publish import publish

    handle = reviewer_handle(name)
    text = _read(config.path)
    data = _parse(config.path, text)
    if "reviewer" in data:
        try:
            document = tomlkit.parse(text)
            document["reviewer"] = handle
            changed = tomlkit.dumps(document)
        # A third-party boundary: it does not read all that Python's reader does.
        except Exception as error:
            raise ConfigError(
                f'{config.path}: the name cannot be remembered: write reviewer = "{handle}" there'
            ) from error
    else:
        # In front of every table, where it is a setting of none of them.
        changed = f"reviewer = {json.dumps(handle, ensure_ascii=False)}\n{text}"
    try:
        config.path.parent.mkdir(parents=True, exist_ok=True)
        publish([changed.encode()], config.path)
    except OSError as error:
        raise ConfigError(f"{config.path}: the name cannot be remembered: {error.strerror}") from error
    except ExportFailure as error:
        raise ConfigError(f"the name cannot be remembered: {error}") from error
    return replace(config, reviewer=handle)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: {where_not_utf8(error)}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    if not text:
        return {}
    # Deferred: who has no file needs no reader.
    import tomllib

    from annotator.model.toml import toml_values

    try:
        return toml_values(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", str(error))
        what = found["what"] if found else str(error)
        line = found["line"] if found and found["line"] else text.rstrip().count("\n") + 1
        raise ConfigError(f"{path}: line {line}: not TOML: {what[:1].lower()}{what[1:]}") from error


def _wrong(path: Path, text: str, name: tuple[str, ...], reason: str) -> ConfigError:
    return ConfigError(f"{path}: line {_lines_of(text, name)[0]}: {reason}")


def _lines_of(text: str, name: tuple[str, ...]) -> tuple[int, int]:
    """The first and last line (from 1) of the statement that sets the name.

    tomllib keeps no lines, but every beginning of the file that ends between two statements is TOML by itself: the
    name is set by the lines behind the last beginning that lacks it.
    """
    import tomllib

    from annotator.model.toml import toml_values

    lines = text.split("\n")
    first = 1
    for last in range(1, len(lines) + 1):
        try:
            data = toml_values("\n".join(lines[:last]) + "\n")
        except tomllib.TOMLDecodeError:
            continue
        if any(setting[: len(name)] == name for setting in _settings(data)):
            return first, last
        first = last + 1
    return 1, len(lines)


def _settings(data: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names of everything that is set; what is below `keys` is one id, however its dots are written."""
    for name, value in data.items():
        yield (*above, name)
        if name == "keys" and not above and isinstance(value, dict):
            yield from (("keys", id_) for id_, _ in _flat(value))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _keys(path: Path, text: str, table: object, known_actions: Collection[str]) -> dict[str, str]:
    if not isinstance(table, dict):
        raise _wrong(path, text, ("keys",), 'keys: a table is wanted, such as [keys] and below it "claim.next" = "j"')
    keys: dict[str, str] = {}
    for id_, value in _flat(table):
        if id_ == LAYOUT:
            try:
                keys[id_] = _text(value)
            except DomainError as error:
                raise _wrong(path, text, ("keys", id_), f"layout: {error}") from error
            continue
        if known_actions and id_ not in known_actions and not id_.startswith(OF_SCHEMES):
            raise _wrong(path, text, ("keys", id_), f"no action is called {id_!r}; the palette lists the ids")
        if not isinstance(value, str) or not _separated(value):
            raise _wrong(path, text, ("keys", id_), f'keys of {id_}: text is wanted, such as "n" or "n down"')
        keys[id_] = " ".join(_separated(value))
    return keys


def _separated(keys: str) -> list[str]:
    """Keys separated by blanks or commas; the key of that name is written "comma"."""
    return ["," if key == "comma" else key for key in keys.replace(",", " ").split()]


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DomainError(f"text is wanted, not {_shown(value)}")
    return value


def _address(value: object) -> str:
    from annotator.model.web_address import web_address

    return web_address(_text(value))


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise DomainError(f"true or false is wanted, not {_shown(value)}")
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _LONGEST_IDLE:
        raise DomainError(f"seconds are wanted, more than 0 and at most {_LONGEST_IDLE}, not {_shown(value)}")
    return float(value)


def _shown(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


_CONVERTERS: Mapping[str, Callable[[object], Any]] = {
    "reviewer": lambda value: reviewer_handle(_text(value)),
    "theme": _text,
    "advance": _switch,
    "check_first": _switch,
    "learn": _switch,
    "idle_limit": _seconds,
    "organisation": _text,
    "organisation_url": _address,
}
