"""Processes that work for this one: functions of modules, called over there, one call after another.

They are started anew and not forked, because this process may have threads and an open database. A process that is in
the way is ended; one whose owner ends, however that is, ends itself, because nobody writes to it any more.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import IO, Any, BinaryIO, TypeVar

_SERVE = "from annotator.processes import serve; serve()"
# After so many new objects the garbage collector looks, and not after 700: a call makes many, and few in a circle.
_SEEN_TO = (20_000, 5, 5)
# How long a process outlives the time that its owner gave it, should the owner be gone: in seconds.
_GRACE = 5
_PIPE = 1 << 20
"""Bytes: the most that Linux gives everybody (https://man7.org/linux/man-pages/man7/pipe.7.html)."""

Found = TypeVar("Found")


def cores() -> int:
    """How many processes can work at a time on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ProcessBrokeDown(Exception):
    """The process ended without an answer: it was killed, or broke down."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a call gave, or what it raised."""

    found: Any = None
    raised: BaseException | None = None


class WorkProcess:
    """A process that calls functions for its owner; used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this same Python, and no word from outside
            # -P: what lies in the working folder is no module of ours.
            [sys.executable, "-P", "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        _widen(self._process.stdout)
        self._owner = os.getpid()
        atexit.register(self.end)

    @property
    def usable(self) -> bool:
        """Whether it runs, and this process started it and not one that this is a fork of."""
        return self._owner == os.getpid() and self._process.poll() is None

    def call(self, function: Callable[..., Found], *arguments: object, seconds: float | None = None) -> Found:
        """What the function gives; it is a module's own, and its arguments and what it gives can be pickled.

        Raises what the function raises, TimeoutError after that many seconds, and ProcessBrokeDown where no answer
        comes; the process is ended by the last two, and by whatever interrupts the waiting.
        """
        late = threading.Event()
        timer = threading.Timer(seconds, self._end_late, [late]) if seconds is not None else None
        try:
            if timer is not None:
                timer.start()
            answer = self._answer_to((function, arguments, seconds))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            self.end()
            if late.is_set():
                raise TimeoutError from error
            raise ProcessBrokeDown from error
        except BaseException:
            # Interrupted, it would answer the next call with what this one gives.
            self.end()
            raise
        finally:
            if timer is not None:
                timer.cancel()
        if answer.raised is not None:
            raise answer.raised
        found: Found = answer.found
        return found

    def _answer_to(self, call: tuple[Callable[..., object], tuple[object, ...], float | None]) -> _Answer:
        given, taken = self._process.stdin, self._process.stdout
        assert given is not None
        assert taken is not None
        given.write(pickle.dumps(call))
        given.flush()
        answer: _Answer = pickle.load(taken)  # noqa: S301 - from our own process
        return answer

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self.end()

    def end(self) -> None:
        """End it, whatever it is doing."""
        atexit.unregister(self.end)
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            # What was not written for it yet is nobody's any more.
            with suppress(OSError):
                if stream is not None:
                    stream.close()


def _widen(pipe: IO[bytes] | None) -> None:
    """Let the pipe hold a whole answer, where the system can: the process goes on before its owner has read it."""
    if pipe is not None and sys.platform == "linux":
        # Deferred: other systems have no such module, or not this of it.
        import fcntl

        # One who may not have so much has it as it was.
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def serve() -> None:
    """Answer calls from standard input on standard output, until there are no more."""
    gc.set_threshold(*_SEEN_TO)
    # Ctrl-C is for the owner, which ends this process when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a function prints, or a library of C, is no answer.
    given, taken = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while (answer := _next_answer(given)) is not None:
        taken.write(answer)
        taken.flush()


def _next_answer(given: BinaryIO) -> bytes | None:
    try:
        function, arguments, seconds = pickle.load(given)  # noqa: S301 - from our owner
    except EOFError:
        return None
    except Exception as error:  # noqa: BLE001 - what cannot be found here is raised there
        return _written(_Answer(raised=error))
    _end_by_itself_after(seconds)
    try:
        return _written(_Answer(function(*arguments)))
    except Exception as error:  # noqa: BLE001 - raised where it is waited for
        return _written(_Answer(raised=error))
    finally:
        _end_by_itself_after(None)


def _written(answer: _Answer) -> bytes:
    """The answer in bytes; an exception that cannot be pickled is told by its name."""
    try:
        written = pickle.dumps(answer)
        if answer.raised is not None:
            # Many can be written and not read again.
            pickle.loads(written)  # noqa: S301 - our own
    except Exception as error:  # noqa: BLE001 - anything's own pickling can raise anything
        raised = answer.raised if answer.raised is not None else error
        return pickle.dumps(_Answer(raised=RuntimeError(type(raised).__name__)))
    return written


def _end_by_itself_after(seconds: float | None) -> None:
    """Have the system end this process where its owner is not there to do it; no library's loop keeps that off."""
    if hasattr(signal, "alarm"):
        signal.alarm(ceil(seconds) + _GRACE if seconds is not None else 0)


class WorkProcesses:
    """Several processes that share calls; what they give is asked for in any order."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="work")
        self._own = threading.local()
        self._started: list[WorkProcess] = []
        self._lock = threading.Lock()
        self._ended = False

    def submit(self, function: Callable[..., Found], *arguments: object) -> Future[Found]:
        """Call a function over there, as `WorkProcess.call` does; where the process breaks down, once more in another.

        A call is made again as a whole: functions that are called so change nothing.
        """
        return self._threads.submit(self._call, function, arguments)

    def _call(self, function: Callable[..., Found], arguments: tuple[object, ...]) -> Found:
        try:
            return self._process().call(function, *arguments)
        except ProcessBrokeDown:
            return self._process().call(function, *arguments)

    def _process(self) -> WorkProcess:
        known: WorkProcess | None = getattr(self._own, "process", None)
        if not self._ended and (known is None or not known.usable):
            known = self._own.process = WorkProcess()
            with self._lock:
                self._started.append(known)
        if known is None or self._ended:
            if known is not None:
                known.end()
            raise ProcessBrokeDown
        return known

    def end(self) -> None:
        """End them all; what was submitted and has not been given is lost."""
        self._ended = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            started = list(self._started)
        for process in started:
            process.end()
        self._threads.shutdown()
