"""What is looked after in the background: the place, the database's file, drafts that wait, and what others wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.model.article import Claim
from annotator.tui.draft_keeper import DraftKeeper
from annotator.tui.first_keys import look_for_garbage
from annotator.tui.worker import JobQueue, Worker
from annotator.workflow.session import ReviewSession

if TYPE_CHECKING:
    from annotator.workflow.other_terminals import News

LOOKED_AFTER = 1.0
"""Seconds between two looks."""

PLACE_KEPT_AFTER = 0.2
"""Seconds on a claim after which it is the place to come back to: who moves on at once is not held up."""

RESTING = 2.0
"""Seconds without a job after which the database's file is left whole by itself."""


class Watch:
    """Never holds up a key: it asks the worker only while that has nothing else to do."""

    def __init__(
        self,
        worker: Worker,
        jobs: JobQueue,
        keeper: DraftKeeper,
        trouble: Callable[[str], None],
        news: Callable[[News], None],
    ) -> None:
        self._worker, self._jobs, self._keeper, self._trouble, self._news = worker, jobs, keeper, trouble, news
        self._place: Claim | None = None
        self._later: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._told = ""
        self._asked, self._busy_at = 0, monotonic()
        self._rested = self._stopped = False

    def go_to(self, claim: Claim | None) -> None:
        """The claim that is on the screen, if there is one."""
        if claim is None or claim is self._place:
            return
        self._place = self._keeper.place = claim
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(PLACE_KEPT_AFTER, self._keep_place_later)

    def _keep_place_later(self) -> None:
        """Store the place, but for as long as a job is under way: the next key would wait for both."""
        self._later = None
        if self._jobs.busy:
            self._later = asyncio.get_running_loop().call_later(PLACE_KEPT_AFTER, self._keep_place_later)
        else:
            self.keep_place()

    def keep_place(self, *, news: bool = False) -> None:
        """Store the claim that is on the screen as the place to come back to, if it is not; then hear the news."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        claim = self._place
        if claim is not None and claim is not self._keeper.place_kept:
            self._start(lambda session: self._keeper.keep_place(session, claim), news=news)

    def stop(self) -> None:
        """Look no more: the screen has gone."""
        self._stopped = True
        if self._later is not None:
            self._later.cancel()

    def look(self) -> None:
        """Look after everything once, unless the worker has something else to do."""
        if self._worker.asked != self._asked or self._jobs.busy or self._task is not None:
            self._asked, self._busy_at, self._rested = self._worker.asked, monotonic(), False
        if self._jobs.busy or self._task is not None:
            return
        self._keeper.try_again()
        if self._place is not None and self._place is not self._keeper.place_kept:
            # It could not be stored when it was gone to; this says why not, as a look would.
            self.keep_place(news=self._keeper.idle)
            return
        rests = not self._rested and monotonic() - self._busy_at > RESTING
        self._rested = self._rested or rests
        look_for_garbage(everywhere=rests)
        self._start(ReviewSession.rest if rests else ReviewSession.check, news=self._keeper.idle)
        # Its own look is no job of hers.
        self._asked += 1

    def _start(self, job: Callable[[ReviewSession], None], *, news: bool = False) -> None:
        self._task = asyncio.get_running_loop().create_task(self._do(job, news=news))

    async def _do(self, job: Callable[[ReviewSession], None], *, news: bool) -> None:
        told = ""

        def look(session: ReviewSession) -> News | None:
            job(session)
            return session.news() if news else None

        try:
            if self._stopped:
                return
            found = await self._worker.do(look)
            if found is not None:
                self._news(found)
        except AnnotatorError as error:
            told = str(error)
        finally:
            self._task = None
        if told != self._told:
            self._told = told
            self._trouble(told)
