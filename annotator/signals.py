"""Signals that ask the program to end: it gives back what it has and keeps what is done, instead of stopping dead."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

FROM_OUTSIDE = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Whoever ends services, and a terminal that is gone."""
ENDING = (*FROM_OUTSIDE, signal.SIGINT)
STATUS = 128
"""What shells add to a signal's number for the exit status."""


@contextmanager
def ended_by_signals(stop: Callable[[int], None], which: Sequence[signal.Signals] = ENDING) -> Iterator[None]:
    """Call `stop` with the exit status when such a signal comes; one that was ignored from outside (nohup) stays so.

    Only the main thread hears signals: in any other this changes nothing.
    """
    before = {}
    for each in which if threading.current_thread() is threading.main_thread() else ():
        if signal.getsignal(each) is not signal.SIG_IGN:
            before[each] = signal.signal(each, lambda number, _: stop(STATUS + number))
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
