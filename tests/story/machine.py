"""A machine of the story: a database, its command line, and its screen."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from annotator.cli.main import annotator_command
from annotator.store import open_store
from annotator.tui.app import AnnotatorApp
from annotator.workflow.config import Config
from annotator.workflow.session import ReviewSession
from tests.story.people import Opinion, keys_for, opinion, settle
from tests.tui.conftest import Driver, driven


@dataclass
class Machine:
    """The doctor looks at its database after every step."""

    database: Path
    thought: dict[tuple[str, str], Opinion] = field(default_factory=dict)
    """What each reviewer settled a claim as, by her name and the claim's id."""

    def run(self, *arguments: str, by: str | None = None) -> Result:
        """A command of a reviewer's (None: nobody says who), and the doctor behind it."""
        who = ["--reviewer", by] if by else []
        result = CliRunner().invoke(annotator_command, ["--db", str(self.database), *who, *arguments])
        assert result.exit_code == 0, f"{arguments}: {result.output}"
        self.see_the_doctor()
        return result

    def see_the_doctor(self) -> None:
        """Raise AssertionError where the doctor finds anything."""
        found = CliRunner().invoke(annotator_command, ["--db", str(self.database), "doctor"])
        assert found.exit_code == 0, found.output
        assert found.stdout.startswith("healthy:"), found.output

    @asynccontextmanager
    async def screen(self, reviewer: str, place: str = "", sample: float | None = None) -> AsyncIterator[Driver]:
        """The workbench of a reviewer, at her queue or an article; with a sample, the lead's for differences."""
        config = Config(self.database.with_name("config.toml"))
        app = AnnotatorApp(self.database, reviewer, config, place=place, sample=sample)
        async with driven(app) as driver:
            yield driver
        self.see_the_doctor()

    def handed_out(self, reviewer: str) -> list[str]:
        """The ids of the articles that are handed out to a reviewer."""
        rows = csv.DictReader(io.StringIO(self.run("assign", "--format", "csv").stdout.removeprefix("\ufeff")))
        return [row["article"] for row in rows if row["reviewer"] == reviewer]

    async def review_all(self, reviewer: str) -> None:
        """Review everything that is handed out to a reviewer, with keys, from her queue to the last article."""
        async with self.screen(reviewer) as desk:
            assert "showing mine" in desk.screen
            # A stays at the claim, so that none of a claim's keys falls on the next one.
            await desk.press("enter", "A")
            while "this is the last article" not in desk.message:
                for at in range(len(desk.desk.state.review.claims)):
                    await desk.press("j" if at else "home")
                    await self.judge(desk, reviewer, opinion(reviewer, desk.desk.state.claim))
                await desk.press("]")

    async def judge(self, desk: Driver, reviewer: str, thought: Opinion) -> None:
        """Settle the present claim with keys."""
        claim = desk.desk.state.claim
        await desk.press(*keys_for(desk.desk.state.review, claim, thought))
        self.thought[reviewer, claim.id] = thought

    def review_all_unseen(self, reviewer: str) -> None:
        """The same without a screen: what a test can wait for is one reviewer's keys, not everybody's."""
        articles = self.handed_out(reviewer)
        with closing(open_store(self.database)) as store:
            session = ReviewSession(store, reviewer)
            for article_id in articles:
                session.open(article_id)
                for claim in session.review.claims:
                    thought = opinion(reviewer, claim)
                    settle(session, claim, thought)
                    self.thought[reviewer, claim.id] = thought
        self.see_the_doctor()
