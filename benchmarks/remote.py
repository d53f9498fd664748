"""What a key costs where the workbench runs elsewhere: over ssh, over a slow line, in a browser; beside a local pty.

Run it with `python -m benchmarks.remote [--quick]` (it needs pyte and textual-serve: `pip install -e '.[test,bench]'`).
The ssh server is one of its own on this machine, and so is the server for the browser: what a network adds is the delay
that is put into the line in between. What is not here (sshd, Chromium) is left out, and a line says so.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.browser import Browser, chromium
from benchmarks.apparatus.ssh_line import SlowLine, SshServer, free_port, what_is_missing
from benchmarks.apparatus.table import percentile, print_table, ratio
from benchmarks.apparatus.terminal import PATIENCE, Keyboard, Terminal, environment
from benchmarks.keys import FIRST_CLAIM, PARAGRAPHS, fill, timed

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

Times = dict[str, list[float]]


def measured(keyboard: Keyboard, count: int) -> Times:
    """Seconds of each press of each key, once the first claim is there."""
    keyboard.until(FIRST_CLAIM)
    keyboard.settle()
    times: Times = {}
    for keys in ROUNDS:
        times |= timed(keyboard, keys, count)
    return times


def over_ssh(folder: Path, database: Path, count: int) -> Iterator[tuple[str, Times]]:
    """The times of a workbench over ssh, on the machine itself and with a delay."""
    missing = what_is_missing()
    if missing:
        print(f"ssh is left out: {missing}\n", flush=True)
        return
    keys = folder / "ssh"
    keys.mkdir()
    with SshServer(keys) as server, SlowLine(server.port, ROUND_TRIP / 2) as line:
        for name, port in (("ssh", server.port), (f"ssh, {ROUND_TRIP * 1000:.0f} ms there and back", line.port)):
            reviewer = "near" if port == server.port else "far"
            variables = {"COLORTERM": "truecolor", **own_settings(folder, reviewer)}
            command = server.command(port, ROOT, workbench(database), variables)
            with Terminal(command, environment()) as terminal:
                yield name, measured(terminal, count)


def in_browser(folder: Path, database: Path, count: int) -> Iterator[tuple[str, Times]]:
    """The times of a workbench in a browser."""
    if not chromium():
        print("the browser is left out: no chromium here\n", flush=True)
        return
    with served(folder, database) as address, Browser(folder / "browser", address) as browser:
        browser.until(IN_THE_QUEUE)
        browser.settle()
        browser.press(b"\r")
        yield "browser", measured(browser, count)


@contextmanager
def served(folder: Path, database: Path) -> Iterator[str]:
    """`annotator serve` on the database, and the address that it gives. Raises OSError where it gives none."""
    written = folder / "serve.txt"
    options = ["serve", "--reviewers", "browser", "--port", str(free_port())]
    command = [sys.executable, "-m", "annotator", "--db", str(database), *options]
    variables = environment(**own_settings(folder, "browser"), PYTHONUNBUFFERED="1")
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


def own_settings(folder: Path, reviewer: str) -> dict[str, str]:
    """The variables with which nobody's configuration is read."""
    return {"ANNOTATOR_CONFIG": f"{folder}/config.toml", "ANNOTATOR_REVIEWER": reviewer}


def workbench(database: Path) -> list[str]:
    """The command that opens the first article."""
    return [sys.executable, "-m", "annotator", "--db", str(database), "review", made_article(0, PARAGRAPHS).id]


def main() -> None:
    """Print one line a way and key."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one press a key instead of sixty, and a short queue")
    quick = parser.parse_args().quick
    count, articles = (1, 10) if quick else (COUNT, QUEUE)
    times: dict[str, Times] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "annotations.db"
        fill(database, [made_article(0, PARAGRAPHS), *(made_article(number, 3) for number in range(1, articles))])
        with Terminal(workbench(database), environment(**own_settings(folder, "here"))) as terminal:
            times[UNIT] = measured(terminal, count)
        times |= over_ssh(folder, database, count)
        times |= in_browser(folder, database, count)
    print_table(
        f"A key to the settled screen, by the way to it: {count} presses each",
        ("", "p50 ms", "p95 ms", "p50 ratio", "p95 ratio"),
        [
            (
                f"{key}, {way}",
                *(f"{percentile(times[way][key], percent) * 1000:.1f}" for percent in (50, 95)),
                *(ratio(percentile(times[way][key], each), percentile(times[UNIT][key], each)) for each in (50, 95)),
            )
            for key in times[UNIT]
            for way in times
        ],
    )


if __name__ == "__main__":
    main()
