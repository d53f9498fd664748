"""Signals that ask the program to end: it gives back what it has and keeps what is done, instead of stopping dead."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

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
    with handlers_kept(which) as before:
        for each, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(each, lambda number, _: stop(STATUS + number))
        yield


@contextmanager
def handlers_kept(which: Sequence[signal.Signals] = ENDING) -> Iterator[Mapping[signal.Signals, Any]]:
    """What is done inside may have such signals handled in its own way, as Ray does; afterwards it is as it was.

    Gives what handles each of them: none in another thread than the main one, and none that Python did not set.
    """
    is_main = threading.current_thread() is threading.main_thread()
    set_before = {each: signal.getsignal(each) for each in which} if is_main else {}
    before = {each: handler for each, handler in set_before.items() if handler is not None}
    try:
        yield before
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
