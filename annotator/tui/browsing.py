"""Opening an address in the user's browser: $BROWSER, never through a shell, and nothing but http and https."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import PurePath
from threading import Thread

from annotator.errors import AnnotatorError
from annotator.model.text import neutral_line
from annotator.model.web_address import web_address

NO_BROWSER = "$BROWSER is not set"
_WAIT = 0.5
"""Seconds within which a browser that cannot start has said so."""
_IN_TERMINAL = frozenset(("www-browser", "w3m", "lynx", "links", "links2", "elinks", "browsh", "cha"))


class NotOpened(AnnotatorError):
    """The address was not opened; the message says why."""


def browser_command(address: str, environ: Mapping[str, str]) -> list[str]:
    """The command that opens the address: the first in $BROWSER, with the address for "%s" or behind it.

    Raises NotOpened where there is none, and DomainError for what is no web address.
    """
    kept = web_address(address)
    chosen = environ.get("BROWSER", "").split(os.pathsep)[0].removesuffix("&").strip()
    if not chosen:
        raise NotOpened(NO_BROWSER)
    try:
        words = shlex.split(chosen)
    except ValueError as error:
        raise NotOpened(f"$BROWSER cannot be read: {error}") from error
    if any("%s" in word and len(word.split()) > 1 for word in words):
        raise NotOpened("$BROWSER puts the address into another command: name a program that takes it as it is")
    with_address = [word.replace("%s", kept) for word in words]
    return with_address if with_address != words else [*words, kept]


def open_address(
    address: str, suspend: Callable[[], AbstractContextManager[None]], environ: Mapping[str, str] | None = None
) -> str:
    """Open the address and say with what; a browser for the terminal has it (`suspend`) until it is left.

    Raises NotOpened where no browser is set, and where it cannot be started or ends at once with an error.
    """
    environ = os.environ if environ is None else environ
    command = browser_command(address, environ)
    name = neutral_line(PurePath(command[0]).name)
    try:
        if name in _IN_TERMINAL:
            with suspend():
                status: int | None = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own browser
        else:
            status = _started(command)
    except (OSError, ValueError) as error:
        raise NotOpened(f"{name} cannot be started: {getattr(error, 'strerror', None) or error}") from error
    if status:
        raise NotOpened(f"{name} ended with {status}")
    return f"opened with {name}" + (", on the machine that you are logged in to" if over_ssh(environ) else "")


def over_ssh(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the terminal is another machine's."""
    environ = os.environ if environ is None else environ
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))


def _started(command: list[str]) -> int | None:
    """Start a browser that has its own window; its status if it ends at once, else None."""
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - the user's own browser, with the address as one argument
        command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
    try:
        return process.wait(_WAIT)
    except subprocess.TimeoutExpired:
        # Somebody has to take note of its end, whenever that is.
        Thread(target=process.wait, daemon=True).start()
        return None
