"""Signals that ask the program to end: it gives the terminal back and keeps what is typed, instead of stopping dead."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))
STATUS = 128
"""What shells add to a signal's number for the exit status."""


@contextmanager
def ended_by_signals(stop: Callable[[int], None]) -> Iterator[None]:
    """Call `stop` with the exit status when such a signal comes; one that was ignored from outside (nohup) stays so."""
    before = {}
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            before[each] = signal.signal(each, lambda number, _: stop(STATUS + number))
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
