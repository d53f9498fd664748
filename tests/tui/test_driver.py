"""The driver: what is written at once, in which order, and that a terminal can be given back and taken again."""

from __future__ import annotations

import asyncio
import os
import pty
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START

from annotator.tui.driver import TerminalDriver
from annotator.tui.watched_output import WatchedOutput


@pytest.fixture
def terminal() -> Iterator[tuple[int, Any]]:
    """A pseudo-terminal: the descriptor that reads what it is sent, and its file for the program."""
    reads, writes = pty.openpty()
    tty.setraw(writes, termios.TCSANOW)
    with os.fdopen(writes, "w", encoding="utf-8", errors="backslashreplace") as file:
        yield reads, file
    os.close(reads)


def read(descriptor: int, count: int) -> str:
    data = b""
    while len(data) < count and select.select([descriptor], [], [], 10)[0]:
        data += os.read(descriptor, 65_536)
    return data.decode()


def test_what_the_terminal_takes_is_written_at_once(terminal: tuple[int, Any]) -> None:
    reads, file = terminal
    output = WatchedOutput(file, lambda: None)
    written: list[str] = []
    assert output.at_once("a line of é and 漢\udcff") is None
    output.when_written(lambda: written.append("all"))
    assert written == ["all"]
    assert read(reads, 24) == "a line of é and 漢\\udcff"
    output.close()
    assert output.at_once("more") == "more"


def test_what_it_does_not_take_goes_to_the_writing_thread_and_nothing_goes_ahead_of_that(
    terminal: tuple[int, Any],
) -> None:
    reads, file = terminal
    output = WatchedOutput(file, lambda: None)
    long, written = "ä漢" * 20_000, threading.Event()
    rest = output.at_once(long)
    assert rest is not None
    output.asked()
    output.when_written(written.set)
    # It is as if the thread had not come to it yet.
    assert output.at_once("behind") == "behind"
    output.asked()

    def write() -> None:
        for text in (rest, "behind"):
            output.write(text)
        output.flush()

    thread = threading.Thread(target=write)
    thread.start()
    assert not written.is_set()
    assert read(reads, len(long.encode()) + 6) == f"{long}behind"
    thread.join(10)
    assert written.is_set()
    assert output.at_once("and at once again") is None
    output.close()


def test_a_file_that_is_no_terminal_or_takes_other_characters_is_left_to_the_thread(
    tmp_path: Path, terminal: tuple[int, Any]
) -> None:
    with (tmp_path / "output").open("w", encoding="utf-8") as file:
        assert WatchedOutput(file, lambda: None).at_once("words") == "words"
    with os.fdopen(os.dup(terminal[1].fileno()), "w", encoding="latin-1") as file:
        assert WatchedOutput(file, lambda: None).at_once("words") == "words"


class Handed:
    """The driver's file that takes nothing at once, and its thread: what it was handed."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def at_once(self, text: str) -> str:
        return text

    def asked(self) -> None:
        pass

    def write(self, text: str) -> None:
        self.texts.append(text)


def test_a_frame_is_one_text_for_the_thread_that_writes() -> None:
    driver, handed = object.__new__(TerminalDriver), Handed()
    vars(driver).update(_output=handed, _writer_thread=handed, _frame=[], _writing=threading.Lock())
    for text in ("bell", SYNC_START, "lines", "cursor", SYNC_END, "title"):
        driver.write(text)
    assert handed.texts == ["bell", f"{SYNC_START}linescursor{SYNC_END}", "title"]


class Contended:
    """A lock that says when somebody comes to it while another has it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.wanted = threading.Event()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self.wanted.set()
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_what_two_threads_write_comes_one_behind_the_other() -> None:
    driver, lock = object.__new__(TerminalDriver), Contended()

    class Slow(Handed):
        """While it looks what the terminal takes of the first text, another thread writes the second."""

        def at_once(self, text: str) -> str:
            if text == "first":
                other.start()
                assert lock.wanted.wait(10)
            else:
                lock.wanted.set()
            return text

    handed, other = Slow(), threading.Thread(target=driver.write, args=("second",))
    vars(driver).update(_output=handed, _writer_thread=handed, _frame=[], _writing=lock)
    driver.write("first")
    other.join(10)
    assert handed.texts == ["first", "second"]


# A terminal that another program has for a while


class Program:
    """What the driver asks of an application."""

    async def _post_message(self, _message: object) -> bool:
        return True


HANDLED = (signal.SIGTSTP, signal.SIGCONT, signal.SIGTTIN, signal.SIGTTOU, signal.SIGWINCH)


async def all_written(driver: TerminalDriver) -> None:
    """Wait for what was left to the writing thread."""
    written, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell() -> None:
        loop.call_soon_threadsafe(written.set)

    driver.when_written(tell)
    await asyncio.wait_for(written.wait(), 10)


@pytest.fixture
async def driven(terminal: tuple[int, Any], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TerminalDriver]:
    """A driver that has a pseudo-terminal."""
    monkeypatch.setattr("annotator.tui.driver.LOOKED_AFTER", 0.01)
    monkeypatch.setattr(sys, "__stderr__", terminal[1])
    before = {number: signal.getsignal(number) for number in HANDLED}
    program: Any = Program()
    with os.fdopen(os.dup(terminal[1].fileno())) as file:
        monkeypatch.setattr(sys, "__stdin__", file)
        driver = TerminalDriver(program)
        driver.start_application_mode()
        await all_written(driver)
        yield driver
        driver.stop_application_mode()
        driver.close()
    for number, handler in before.items():
        signal.signal(number, handler)


def read_to(descriptor: int, end: str) -> str:
    data = b""
    while not data.endswith(end.encode()) and select.select([descriptor], [], [], 10)[0]:
        data += os.read(descriptor, 65_536)
    return data.decode()


async def test_what_is_painted_is_written_at_once_behind_another_program_too(
    driven: TerminalDriver, terminal: tuple[int, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    driven.suspend_application_mode()
    driven.write("nobody's")
    driven.resume_application_mode()
    await all_written(driven)
    monkeypatch.setattr(driven._writer_thread, "write", pytest.fail)
    driven.write("words")
    assert "nobody's" not in read_to(terminal[0], "words")


async def test_a_terminal_that_goes_is_noticed_behind_another_program_too(
    driven: TerminalDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven.suspend_application_mode()
    driven.resume_application_mode()
    lost = threading.Event()
    driven.when_lost(lost.set)
    assert not lost.is_set()

    def gone(_: int) -> None:
        raise termios.error(5, "Input/output error")

    monkeypatch.setattr(termios, "tcgetattr", gone)
    assert await asyncio.to_thread(lost.wait, 10)
    # What is taken again then is over: nobody is told twice.
    driven.suspend_application_mode()
    driven.resume_application_mode()
    assert driven._ended.is_set()


@pytest.fixture
def stops(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that the driver sends its process, which goes on."""
    sent: list[int] = []
    monkeypatch.setattr("annotator.tui.driver.os.kill", lambda _, number: sent.append(number))
    return sent


async def test_a_stop_in_a_frame_gives_the_terminal_back_behind_it(
    driven: TerminalDriver, terminal: tuple[int, Any], stops: list[int]
) -> None:
    asked = driven._output._asked
    driven.write(SYNC_START)
    signal.raise_signal(signal.SIGTSTP)
    # The handler has written nothing: it may come while the thread is at the queue of texts, and would wait for itself.
    assert (driven._output._asked, stops) == (asked, [])
    driven.write("lines")
    driven.write(SYNC_END)
    await asyncio.sleep(0)
    assert stops == [signal.SIGSTOP]
    sent = read_to(terminal[0], "\x1b[?1004l")
    assert f"{SYNC_START}lines{SYNC_END}" in sent
    assert sent.index("lines") < sent.index("\x1b[<u") < sent.index("\x1b[?1049l")


async def test_the_terminal_is_taken_again_between_frames(
    driven: TerminalDriver, terminal: tuple[int, Any], stops: list[int]
) -> None:
    signal.raise_signal(signal.SIGTSTP)
    await asyncio.sleep(0)
    # Stopped again before it has gone on: there is nothing more to give back.
    signal.raise_signal(signal.SIGTSTP)
    await asyncio.sleep(0)
    assert stops == [signal.SIGSTOP] * 2
    read_to(terminal[0], "\x1b[?1004l")
    signal.raise_signal(signal.SIGCONT)
    assert driven._writer_thread is None
    await asyncio.sleep(0)
    await all_written(driven)
    driven.write("words")
    assert read_to(terminal[0], "words").count("\x1b[?1049h") == 1


async def test_one_thread_reads_behind_a_stop_that_nobody_was_asked_for(driven: TerminalDriver) -> None:
    reading = driven._key_thread
    assert reading is not None
    signal.raise_signal(signal.SIGCONT)
    await asyncio.sleep(0)
    assert not reading.is_alive()
    assert driven._key_thread is not None
    assert driven._key_thread.is_alive()


async def test_a_stop_while_another_program_has_the_terminal_is_one_at_once(
    driven: TerminalDriver, stops: list[int]
) -> None:
    driven.suspend_application_mode()
    with driven.no_automatic_restart():
        signal.raise_signal(signal.SIGTSTP)
        assert stops == [signal.SIGSTOP]
        signal.raise_signal(signal.SIGCONT)
    await asyncio.sleep(0)
    assert driven._writer_thread is None
    driven.resume_application_mode()


async def test_a_terminal_that_was_given_back_for_good_is_not_taken_again(
    driven: TerminalDriver, terminal: tuple[int, Any], stops: list[int]
) -> None:
    driven.stop_application_mode()
    read_to(terminal[0], "\x1b[?1004l")
    signal.raise_signal(signal.SIGTSTP)
    signal.raise_signal(signal.SIGCONT)
    await asyncio.sleep(0)
    assert stops == [signal.SIGSTOP]
    driven.write("words")
    assert read_to(terminal[0], "words") == "words"


async def test_in_screen_what_is_copied_goes_to_the_terminal_in_pieces_that_screen_keeps_whole(
    driven: TerminalDriver, terminal: tuple[int, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STY", "100.pts-0.desk")
    copied = f"\x1b]52;c;{'QW5h' * 500}\a"
    driven.write("words")
    driven.write(copied)
    driven.write("end")
    pieces = read_to(terminal[0], "end").partition("words")[2].removesuffix("end").split("\x1b\\")[:-1]
    assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces)
    assert "".join(piece.removeprefix("\x1bP") for piece in pieces) == copied


async def test_elsewhere_what_is_copied_goes_to_the_terminal_as_it_is(
    driven: TerminalDriver, terminal: tuple[int, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STY", raising=False)
    copied = f"\x1b]52;c;{'QW5h' * 500}\a"
    driven.write(copied)
    driven.write("end")
    assert read_to(terminal[0], "end").endswith(f"{copied}end")
