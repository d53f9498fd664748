"""The clerk: the one thread that owns the review session, and the line to it on which keys wait their turn."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from annotator.errors import AnnotatorError
from annotator.workflow.session import ReviewSession

T = TypeVar("T")

SAVING_SHOWN_AFTER = 0.03
"""Seconds before a job that is not done yet is said to be on its way."""

SAVING, READING = "saving…", "reading…"


class Clerk:
    """Runs jobs on the review session, one after another, on the one thread that owns its connection."""

    def __init__(self, open_session: Callable[[], ReviewSession]) -> None:
        self._open = open_session
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self._session: ReviewSession | None = None

    def _run(self, job: Callable[[ReviewSession], T]) -> T:
        if self._session is None:
            self._session = self._open()
        return job(self._session)

    async def do(self, job: Callable[[ReviewSession], T]) -> T:
        """The job's result; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, job)

    def close(self) -> None:
        """Finish what is queued, close the database, and end the thread."""

        def finish() -> None:
            if self._session is not None:
                self._session.close()

        self._thread.submit(finish)
        self._thread.shutdown(wait=True)


class Voice(Protocol):
    """What tells the reviewer what is going on: the message line."""

    def say(self, text: str, style: str = "said") -> None:
        """Say this: "said", "wrong" or "asked"."""

    def wait(self, what: str) -> None:
        """Say what is waited for; empty: nothing any more."""

    def forget(self) -> None:
        """Say no more what an earlier action led to."""


class Line:
    """The line to the clerk: one job at a time; keys that come meanwhile wait, and are dropped if the job fails."""

    def __init__(
        self,
        clerk: Clerk,
        press: Callable[[str], None],
        voice: Voice,
        crash: Callable[[str], None],
    ) -> None:
        self._clerk, self._press, self._voice, self._crash = clerk, press, voice, crash
        self._waiting: list[str] = []
        self._task: asyncio.Task[None] | None = None

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

    async def _do(
        self, job: Callable[[ReviewSession], T], then: Callable[[T], None], what: str, before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await before
        me = asyncio.current_task()
        later = asyncio.get_running_loop().call_later(SAVING_SHOWN_AFTER, self._voice.wait, what)
        try:
            try:
                result = await self._clerk.do(job)
            finally:
                later.cancel()
                self._voice.wait("")
            then(result)
            self._voice.forget()
        except AnnotatorError as error:
            self._waiting.clear()
            self._voice.say(str(error), "wrong")
        except Exception:  # noqa: BLE001 - the boundary of the thread and of this task: nobody else would see it
            self._waiting.clear()
            self._crash(traceback.format_exc())
        finally:
            if self._task is me:
                self._task = None
        while self._waiting and not self.busy:
            self._press(self._waiting.pop(0))

    async def settled(self) -> None:
        """Wait until no job is under way and no key is waiting."""
        while self._task is not None:
            await self._task
