from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.errors import DomainError
from annotator.tui.browsing import NO_BROWSER, NotOpened, browser_command, open_address

URL = "https://example.org/a;b$(c)'d"


@pytest.mark.parametrize(
    ("browser", "command"),
    [
        ("firefox", ["firefox", URL]),
        ("firefox -P 'my own'", ["firefox", "-P", "my own", URL]),
        ("chromium --app=%s --new", ["chromium", f"--app={URL}", "--new"]),
        ("firefox:w3m", ["firefox", URL]),
        ("firefox %s &", ["firefox", URL]),
    ],
)
def test_the_address_is_one_argument_of_the_first_browser(browser: str, command: list[str]) -> None:
    assert browser_command(URL, {"BROWSER": browser}) == command


@pytest.mark.parametrize(
    ("browser", "said"),
    [
        ("", NO_BROWSER),
        (" :", NO_BROWSER),
        ("firefox 'x", "cannot be read"),
        ("sh -c 'firefox %s'", "puts the address into another command"),
    ],
)
def test_a_browser_that_cannot_be_used_is_said(browser: str, said: str) -> None:
    with pytest.raises(NotOpened) as reason:
        browser_command(URL, {"BROWSER": browser})
    assert said in str(reason.value)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/hosts", "--help", "the log"])
def test_nothing_but_http_and_https_is_opened(address: str) -> None:
    with pytest.raises(DomainError):
        browser_command(address, {"BROWSER": "firefox"})


@contextmanager
def suspended() -> Iterator[None]:
    yield


def script(path: Path, code: str) -> str:
    path.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_what_became_of_it_is_said(tmp_path: Path) -> None:
    environ = {"BROWSER": script(tmp_path / "open", "exit 0")}
    assert open_address(URL, suspended, environ) == "opened with open"
    environ["BROWSER"] = script(tmp_path / "fails", "exit 3")
    with pytest.raises(NotOpened, match="fails ended with 3"):
        open_address(URL, suspended, environ)


def test_a_browser_for_the_terminal_has_it_until_it_is_left(tmp_path: Path) -> None:
    log = tmp_path / "log"

    @contextmanager
    def told() -> Iterator[None]:
        log.write_text("suspended ", encoding="utf-8")
        yield
        log.write_text(log.read_text(encoding="utf-8") + "back", encoding="utf-8")

    browser = script(tmp_path / "w3m", f'printf "left " >> "{log}"')
    assert open_address(URL, told, {"BROWSER": browser}) == "opened with w3m"
    assert log.read_text(encoding="utf-8") == "suspended left back"
