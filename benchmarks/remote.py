"""What a key costs where the workbench runs elsewhere: over ssh, over a slow line, in a browser; beside a local pty.

Run it with `python -m benchmarks.remote [--quick]` (it needs pyte and textual-serve: `pip install -e '.[test,bench]'`).
The ssh server is one of its own on this machine, and so is the server for the browser: what a network adds is the delay
that is put into the line in between. What is not here (sshd, Chromium) is left out, and a line says so.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path

from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.browser import Browser, chromium
from benchmarks.apparatus.ssh_line import SlowLine, SshServer, free_port, what_is_missing
from benchmarks.apparatus.table import percentile, print_table, ratio
from benchmarks.apparatus.terminal import PATIENCE, Keyboard, Terminal, TerminalFailure, environment
from benchmarks.keys import FIRST_CLAIM, PARAGRAPHS, UNTIMED, fill

ROOT = Path(__file__).parent.parent
COUNT = 60
QUEUE = 300
ROUND_TRIP = 0.03
"""Seconds that the slow line adds, there and back together."""
UNIT = "local pty"
IN_THE_QUEUE = "sorted by"
ROUNDS: Sequence[Sequence[tuple[str, str]]] = (
    (("j", "j: the next claim"),),
    (("a", ""), ("s", "s: verdict, stored")),
    (("q", ""), ("\r", "enter: open the article")),
)
"""Keys that are pressed in turns, with the names of their rows; what has none is untimed."""

Times = dict[str, dict[str, list[float]]]
"""Seconds of each press, by the key's row and by the way."""


def measured(ways: Mapping[str, Keyboard], count: int) -> Times:
    """Seconds of each press of each key; the ways take turns, so that other work on the machine is everybody's."""
    times: Times = {name: {way: [] for way in ways} for keys in ROUNDS for _, name in keys if name}
    untimed = min(UNTIMED, count)
    for keys, turn in product(ROUNDS, range(untimed + count)):
        for way, keyboard in ways.items():
            for name, seconds in pressed(keyboard, keys):
                if turn >= untimed:
                    times[name][way].append(seconds)
    return times


def pressed(keyboard: Keyboard, keys: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
    """The rows of the keys, each pressed once, with the seconds that it took."""
    found = [(name, keyboard.press(key.encode())) for key, name in keys]
    return [(name, seconds) for name, seconds in found if name]


def open_ways(folder: Path, database: Path, leave: ExitStack) -> Iterator[tuple[str, Keyboard]]:
    """A workbench for each way, each with a copy of the database, at its first claim; a line for what is left out."""
    yield UNIT, at_first_claim(leave.enter_context(Terminal(workbench(own(database, UNIT)), settings(folder))))
    for what, opened in (("ssh", over_ssh), ("the browser", in_browser)):
        try:
            yield from list(opened(folder, database, leave))
        except (OSError, TerminalFailure) as error:
            print(f"{what} is left out: {str(error).strip()}\n", flush=True)


def over_ssh(folder: Path, database: Path, leave: ExitStack) -> Iterator[tuple[str, Keyboard]]:
    """Over ssh on the machine itself, and over a slow line. Raises OSError or TerminalFailure where there is no way."""
    missing = what_is_missing()
    if missing:
        raise OSError(missing)
    keys = folder / "ssh"
    keys.mkdir()
    server = leave.enter_context(SshServer(keys))
    line = leave.enter_context(SlowLine(server.port, ROUND_TRIP / 2))
    for name, port in (("ssh", server.port), (f"ssh, {ROUND_TRIP * 1000:.0f} ms there and back", line.port)):
        command = server.command(port, ROOT, workbench(own(database, name)), settings_alone(folder))
        yield name, at_first_claim(leave.enter_context(Terminal(command, settings(folder))))


def in_browser(folder: Path, database: Path, leave: ExitStack) -> Iterator[tuple[str, Keyboard]]:
    """In a browser, from the queue to the first claim. Raises OSError or TerminalFailure where there is none."""
    if not chromium():
        raise OSError("no chromium here")
    address = leave.enter_context(served(folder, own(database, "browser")))
    browser = leave.enter_context(Browser(folder / "browser", address))
    browser.until(IN_THE_QUEUE)
    browser.settle()
    browser.press(b"\r")
    yield "browser", at_first_claim(browser)


def at_first_claim(keyboard: Keyboard) -> Keyboard:
    """The same once the first claim is there and nothing changes any more."""
    keyboard.until(FIRST_CLAIM)
    keyboard.settle()
    return keyboard


def own(database: Path, way: str) -> Path:
    """A copy of the database: what is decided on one way is no news on another."""
    copy = database.with_name(f"{way.replace(' ', '-')}.db")
    shutil.copyfile(database, copy)
    return copy


@contextmanager
def served(folder: Path, database: Path) -> Iterator[str]:
    """`annotator serve` on the database, and the address that it gives. Raises OSError where it gives none."""
    written = folder / "serve.txt"
    options = ["serve", "--reviewers", "browser", "--port", str(free_port())]
    command = [sys.executable, "-m", "annotator", "--db", str(database), *options]
    variables = settings(folder) | {"PYTHONUNBUFFERED": "1"}
    with written.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT)
    try:
        started = time.monotonic()
        while (found := re.search(r"^browser: (\S+)\n", written.read_text(encoding="utf-8"), re.MULTILINE)) is None:
            if server.poll() is not None or time.monotonic() - started > PATIENCE:
                raise OSError(f"annotator serve gave no address: {written.read_text(encoding='utf-8')}")
            time.sleep(0.05)
        yield found[1]
    finally:
        server.terminate()
        server.wait()


def settings_alone(folder: Path) -> dict[str, str]:
    """The variables with which nobody's configuration is read."""
    own_ones = {"ANNOTATOR_CONFIG": f"{folder}/config.toml", "ANNOTATOR_REVIEWER": "bench"}
    return {"COLORTERM": "truecolor", **own_ones}


def settings(folder: Path) -> dict[str, str]:
    """An ordinary terminal's variables with these."""
    return environment(**settings_alone(folder))


def workbench(database: Path) -> list[str]:
    """The command that opens the first article."""
    return [sys.executable, "-m", "annotator", "--db", str(database), "review", made_article(0, PARAGRAPHS).id]


def main() -> None:
    """Print one line a way and key."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one press a key instead of sixty, and a short queue")
    quick = parser.parse_args().quick
    count, articles = (1, 10) if quick else (COUNT, QUEUE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "annotations.db"
        fill(database, [made_article(0, PARAGRAPHS), *(made_article(number, 3) for number in range(1, articles))])
        with ExitStack() as leave:
            times = measured(dict(open_ways(folder, database, leave)), count)
    print_table(
        f"A key to the settled screen, by the way to it: {count} presses each, in turns",
        ("", "p50 ms", "p95 ms", "p50 ratio", "p95 ratio"),
        [
            (
                f"{key}, {way}",
                *(f"{percentile(seconds, percent) * 1000:.1f}" for percent in (50, 95)),
                *(ratio(percentile(seconds, percent), percentile(ways[UNIT], percent)) for percent in (50, 95)),
            )
            for key, ways in times.items()
            for way, seconds in ways.items()
        ],
    )


if __name__ == "__main__":
    main()
