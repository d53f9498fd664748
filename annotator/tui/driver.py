"""Textual's driver for terminals, and what it lacks: it notices that the terminal is gone, and when all is written.

Textual (8.2.8) goes on for ever without a terminal: its thread that reads spins on the end of the input, and its thread
that writes dies of the first error, after which the application waits for it.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import termios
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.drivers.linux_driver import LinuxDriver

from annotator.tui.watched_output import WatchedOutput

LOOKED_AFTER = 0.5
"""Seconds between two looks whether the terminal is still there."""

COPYING = "\x1b]52;"
"""How the sequence begins that puts a text on the terminal's clipboard (OSC 52)."""


class TerminalDriver(LinuxDriver):
    """The driver, which notices when the terminal is gone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ended = Event()
        self._noticing = Lock()
        self._is_gone = False
        self._lost: Callable[[], None] | None = None
        # Where standard error was closed there is none, but the workbench never starts without standard output.
        file = self._file or sys.__stdout__
        assert file is not None
        self._output = WatchedOutput(file, self._gone)
        vars(self)["_file"] = self._output
        self._frame: list[str] = []
        self._writing = Lock()
        self._is_over = False

    def write(self, data: str) -> None:
        """Write a text, or hand it to the writing thread: a frame as one text, since each wakes that thread.

        The thread that reads writes too: it answers what the terminal says of itself. What is written while another
        program has the terminal is dropped: all is painted anew behind it.
        """
        if data.startswith(COPYING):
            # Deferred: the first frame copies nothing.
            from annotator.tui.clipboard import handed_on

            data = handed_on(data)
        with self._writing:
            if self._writer_thread is None:
                return
            if data == SYNC_START or self._frame:
                self._frame.append(data)
                if data != SYNC_END:
                    return
                data = "".join(self._frame)
                self._frame.clear()
            rest = self._output.at_once(data)
            if rest is not None:
                self._output.asked()
                super().write(rest)

    def when_lost(self, then: Callable[[], None]) -> None:
        """Call this once when the terminal is gone, from whatever thread; at once where it is gone already."""
        with self._noticing:
            self._lost = then
            was_gone = self._is_gone
        if was_gone:
            then()

    def when_written(self, then: Callable[[], None]) -> None:
        """Call this, from whatever thread, once all that has been painted so far is on the terminal."""
        self._output.when_written(then)

    def start_application_mode(self) -> None:
        """Take the terminal, or take it again, and look after it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own has no annotations
        if self._writer_thread is None:
            # In the background; it is taken when the program is in the foreground again.
            return
        with self._writing:
            self._output.open()
        with self._noticing:
            if not self._is_gone:
                self._ended = Event()
        if _was_terminal(self.fileno):
            Thread(target=self._look_after, args=(self._ended,), name="terminal-watch", daemon=True).start()

    def run_input_thread(self) -> None:
        """Read until the end; a terminal that is gone is no error of the program."""
        try:
            super().run_input_thread()
        except OSError:
            self._gone()

    def suspend_application_mode(self) -> None:
        """Give the terminal to another program for a while."""
        super().stop_application_mode()
        self._let_go()

    def stop_application_mode(self) -> None:
        """Give the terminal back for good."""
        self._is_over = True
        super().stop_application_mode()

    def close(self) -> None:
        """Leave the terminal alone for good."""
        self._is_over = True
        self._let_go()

    def _sigtstp_application(self, *_: object) -> None:
        """Stop: between two frames, or at once where another program has the terminal.

        A signal comes in the middle of whatever the thread does, of a frame or of a text's way to the writing thread.
        """
        self._between_frames(self._stop, otherwise=_stop_process)

    def _sigcont_application(self, *_: object) -> None:
        """Go on: take the terminal again, between two frames too."""
        self._between_frames(self._go_on)

    def _between_frames(self, then: Callable[[], None], otherwise: Callable[[], None] = lambda: None) -> None:
        # A loop that is closed has no frames any more.
        if self._auto_restart and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(then)
        else:
            otherwise()

    def _stop(self) -> None:
        if self._has_terminal:
            self.suspend_application_mode()
            self._must_signal_resume = True
        _stop_process()

    def _go_on(self) -> None:
        if self._is_over:
            return
        if self._has_terminal:
            # It was stopped without being asked, and a shell has set the terminal its own way.
            self.suspend_application_mode()
        self.resume_application_mode()

    @property
    def _has_terminal(self) -> bool:
        return self._writer_thread is not None and not self._is_over

    def _let_go(self) -> None:
        self._ended.set()
        super().close()
        with self._writing:
            self._writer_thread = None
            self._output.close()

    def _look_after(self, ended: Event) -> None:
        while not ended.wait(LOOKED_AFTER):
            try:
                termios.tcgetattr(self.fileno)
            except termios.error:
                self._gone()
                return

    def _gone(self) -> None:
        with self._noticing:
            if self._ended.is_set():
                return
            self._ended.set()
            self._is_gone, lost = True, self._lost
        # The thread that reads would spin on the end of the input.
        self.exit_event.set()
        if lost is not None:
            lost()


def _stop_process() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _was_terminal(descriptor: int) -> bool:
    """Whether it is a terminal's, be it one that is gone already: `isatty` says of that one that it is none."""
    try:
        termios.tcgetattr(descriptor)
    except termios.error as error:
        return bool(error.args[0] != errno.ENOTTY)
    return True
