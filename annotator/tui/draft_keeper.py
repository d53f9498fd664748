"""Keeping what is typed or marked while it is: in the database, in the background, and beside it where that cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.tui.worker import Worker
from annotator.workflow.session import ReviewSession
from annotator.workflow.spare_drafts import SpareDrafts, place_draft

Payload = Mapping[str, Any] | None

LONGEST_UNKEPT = 0.4
"""Seconds after which what the database has not taken yet (another program has it) is written beside it."""


class DraftKeeper:
    """Stores the newest of each draft, one job at a time, so that typing never waits for it.

    What the database does not take in time, or refuses, is put into `spare`. `trouble` is told why, and "" when all
    is well again.
    """

    def __init__(self, worker: Worker, spare: SpareDrafts, trouble: Callable[[str], None]) -> None:
        self._worker, self._spare, self._trouble = worker, spare, trouble
        self._newest: dict[DraftKey, Payload] = {}
        self._unkept: dict[DraftKey, Payload] = {}
        self._jobs: set[asyncio.Task[None]] = set()
        self._late: asyncio.TimerHandle | None = None
        self._beside: set[DraftKey] = set()
        self._told = ""
        self.place: Claim | None = None
        """The claim on the screen, and the last that was stored as the place to come back to."""
        self.place_kept: Claim | None = None

    def keep_place(self, session: ReviewSession, claim: Claim) -> None:
        """On the worker's thread: store the claim as the place to come back to."""
        session.leave(claim)
        self.place_kept = claim

    def keep(self, key: DraftKey, payload: Payload) -> None:
        """Keep this draft; None forgets it."""
        self._newest.pop(key, None)
        self._newest[key] = self._unkept[key] = payload
        if self._late is None:
            self._late = asyncio.get_running_loop().call_later(LONGEST_UNKEPT, self.write_beside)
        if not self._jobs:
            self._next()

    def finished(self, key: DraftKey) -> None:
        """The database has stored what became of this draft, and forgotten it."""
        self._newest.pop(key, None)
        if self._unkept.pop(key, self) is not self and not self._unkept:
            self._settled()

    @property
    def idle(self) -> bool:
        """Whether the database has all that was typed here."""
        return not (self._newest or self._unkept or self._jobs)

    def try_again(self) -> None:
        """Offer the database once more what it has not taken."""
        if not self._jobs:
            for key, payload in [*self._unkept.items()]:
                self.keep(key, payload)

    def hand_over(self) -> None:
        """Hand all that waits to the worker now: the jobs that are asked for after this come behind it."""
        while self._newest:
            self._next()

    def _next(self) -> None:
        key = next(iter(self._newest))
        job = asyncio.get_running_loop().create_task(self._store(key, self._newest.pop(key)))
        self._jobs.add(job)
        job.add_done_callback(self._done)

    def _done(self, job: asyncio.Task[None]) -> None:
        self._jobs.discard(job)
        if self._newest and not self._jobs:
            self._next()

    async def _store(self, key: DraftKey, payload: Payload) -> None:
        try:
            await self._worker.do(lambda session: session.save_draft(key, payload))
        except AnnotatorError as error:
            self.write_beside()
            self._tell(f"what you type is not in the database: {error}")
            return
        if self._unkept.get(key, self) is payload:
            del self._unkept[key]
        if not self._unkept:
            self._settled()

    def _settled(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
        if self._beside:
            self._spare.forget(self._beside)
            self._beside.clear()
        self._tell("")

    def _tell(self, what: str) -> None:
        if what != self._told:
            self._told = what
            self._trouble(what)

    def write_beside(self) -> None:
        """Write what the database has not taken into the spare file."""
        if self._late is not None:
            self._late.cancel()
            self._late = None
        beside = dict(self._unkept)
        if beside and self.place is not None and self.place is not self.place_kept:
            key, where = place_draft(self.place)
            beside[key] = where
        if beside:
            self._spare.write(beside)
            self._beside.update(beside)

    async def until_idle(self) -> None:
        """Wait until nothing more is on its way."""
        while self._jobs:
            await asyncio.wait(self._jobs)
