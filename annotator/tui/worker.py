"""The worker: the one thread that owns the review session; and the queue of jobs for it, behind which keys wait."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import AnnotatorError
from annotator.tui.state import NO_CLAIMS, ReviewState

if TYPE_CHECKING:
    from annotator.workflow.session import ReviewSession

T = TypeVar("T")

SAVING_SHOWN_AFTER = 0.03
"""Seconds before a job that is not done yet is said to be on its way."""


LATE_AFTER = 1.5
"""Seconds after which another program's lock is likely; an article of 20,000 sentences on a busy machine is as slow."""


class Worker:
    """Runs jobs on the review session, one after another, on the one thread that owns its connection."""

    def __init__(self, open_session: Callable[[], ReviewSession]) -> None:
        self._open = open_session
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._session: ReviewSession | None = None
        self.asked = 0
        """How many jobs it has been asked to do."""
        self.closing = False
        """Whether the thread is to end: what takes long asks."""

    def _run(self, job: Callable[[ReviewSession], T]) -> T:
        if self._session is None:
            self._session = self._open()
        return job(self._session)

    def open_ahead(self) -> None:
        """Open the session while something else goes on; what that raises is raised to the first job."""
        self._thread.submit(self._run, lambda _: None)

    async def do(self, job: Callable[[ReviewSession], T]) -> T:
        """The job's result; what it raises is raised here."""
        self.asked += 1
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, job)

    def close(self, patience: float | None = None) -> bool:
        """Finish what is queued, close the database, and end the thread; whether that was done within `patience`.

        Seconds; None waits for as long as it takes.
        """

        self.closing = True

        def finish() -> None:
            if self._session is not None:
                self._session.close()

        last = self._thread.submit(finish)
        ended = not wait([last], patience).not_done
        self._thread.shutdown(wait=ended, cancel_futures=not ended)
        return ended


class JobQueue:
    """One job at a time; keys that come meanwhile wait, and are dropped if the job fails.

    `press` does what a key means, `paint` shows the state once a job is done, `crash` ends the program with a trace.
    `refused` is called when a job has failed: what is shown may be old.
    """

    def __init__(
        self,
        worker: Worker,
        state: ReviewState,
        press: Callable[[str], None],
        paint: Callable[[], None],
        crash: Callable[[str], None],
        lookups: Worker,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._refused = refused
        self._worker, self._state = worker, state
        self._press, self._paint, self._crash = press, paint, crash
        self._waiting: list[str] = []
        self._task: asyncio.Task[None] | None = None
        self._behind: set[asyncio.Task[None]] = set()
        self._lookups = lookups

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._task is not None

    def key(self, key: str) -> None:
        """Press a key now, or when the job that is under way is done."""
        if self.busy:
            self._waiting.append(key)
        else:
            self._press(key)

    def run(self, job: Callable[[ReviewSession], T], then: Callable[[T], None], what: str) -> None:
        """Run the job, and `then` with its result; while another is under way, after that.

        `what` is said for as long as it takes, where it takes long; what was said before comes back then.
        """
        before = self._task
        task = asyncio.get_running_loop().create_task(self._do(job, then, what, before))
        self._task = task

    def behind(self, job: Callable[[ReviewSession, Callable[[], bool]], T], then: Callable[[T], None]) -> None:
        """Look something up on a thread and a connection of its own: no key waits. One that fails says nothing.

        The job is told how to ask whether the program is about to end.
        """
        lookups = self._lookups
        task = asyncio.get_running_loop().create_task(
            self._look_up(lambda session: job(session, lambda: lookups.closing), then)
        )
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)

    async def _look_up(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        try:
            result = await self._lookups.do(job)
        except AnnotatorError:
            # What is looked up is a help: where the database is busy or gone, the keys say so.
            return
        except Exception:  # noqa: BLE001 - the boundary of the thread and of this task: nobody else would see it
            self._crash(traceback.format_exc())
            return
        then(result)
        self._paint()

    async def _do(
        self, job: Callable[[ReviewSession], T], then: Callable[[T], None], what: str, before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await before
        me = asyncio.current_task()
        loop = asyncio.get_running_loop()
        late = f"{what} another program may have the database; what is not stored yet is not lost, and ctrl+q leaves"
        waits = [
            loop.call_later(after, self._wait, words)
            for after, words in ((SAVING_SHOWN_AFTER, what), (LATE_AFTER, late))
        ]
        try:
            try:
                result = await self._worker.do(job)
            finally:
                for each in waits:
                    each.cancel()
                self._state.waits_for = ""
            self._state.withdrawn = NO_CLAIMS
            then(result)
            self._state.forget()
            self._paint()
        except AnnotatorError as error:
            self._waiting.clear()
            self._state.withdrawn = NO_CLAIMS
            self._state.say(str(error), "wrong")
            self._paint()
            self._refused()
        except Exception:  # noqa: BLE001 - the boundary of the thread and of this task: nobody else would see it
            self._waiting.clear()
            self._crash(traceback.format_exc())
        finally:
            if self._task is me:
                self._task = None
        while self._waiting and not self.busy:
            self._press(self._waiting.pop(0))

    def _wait(self, what: str) -> None:
        self._state.waits_for = what
        self._paint()

    async def until_idle(self) -> None:
        """Wait until no job is under way and no key is waiting."""
        while self._task is not None:
            await self._task

    async def until_looked_up(self) -> None:
        """Wait until nothing is looked up any more."""
        while self._behind:
            await asyncio.gather(*self._behind)
