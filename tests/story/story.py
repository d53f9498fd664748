"""A whole story: five reviewers on three machines, thirty articles, and one dataset that a lead has settled.

Ana, ben and caro review at the desk; caro takes a bundle home; dov and eva have begun by themselves on a laptop, from
the same files. Everything comes together at the desk, the lead answers what was asked, measures agreement, and settles
every difference with real keys.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.widgets import OptionList

from tests.story.articles import write_articles
from tests.story.machine import Machine
from tests.story.people import KEY_OF, LEAD, Opinion, opinion
from tests.tui.conftest import Driver

AT_THE_DESK = ("ana", "ben", "caro")
ON_THE_LAPTOP = ("dov", "eva")
QUESTION, ANSWER = "Is a headline a claim?", "Yes, if somebody could check it."


@dataclass
class Story:
    """What was played, and what came of it."""

    folder: Path
    desk: Machine
    thought: dict[tuple[str, str], Opinion] = field(default_factory=dict)
    twofold: str = ""
    """The claim that caro decided in two ways."""
    taken: dict[str, str] = field(default_factory=dict)
    """Whose decision the lead took, by claim."""
    own: dict[str, str] = field(default_factory=dict)
    """The verdict that the lead gave otherwise than everybody, by claim."""
    by_facet: str = ""
    """The claim of which the verdict alone was taken."""
    with_one_key: int = 0
    """How many differences were settled by one key each, moving included."""
    agreement: dict[str, Any] = field(default_factory=dict)

    @property
    def decisions(self) -> Path:
        """The long table of decisions, exported before anything was settled."""
        return self.folder / "decisions.csv"

    @property
    def dataset(self) -> Path:
        """The adjudicated export, as JSON Lines."""
        return self.folder / "adjudicated.jsonl"


async def play(folder: Path) -> Story:
    """Play it in a folder; raises AssertionError where something is not as it should be on the way."""
    write_articles(folder / "articles")
    desk, home, laptop = (Machine(folder / f"{name}.db") for name in ("desk", "caro", "laptop"))
    story = Story(folder, desk)
    set_up(desk, laptop, folder)
    desk.run("bundle", "--reviewer", "caro", "-o", str(home.database), by=LEAD)
    await ask(desk, "ana")
    await desk.review_all("ana")
    desk.review_all_unseen("ben")
    story.twofold = await decide_at_the_desk_too(desk, "caro")
    home.review_all_unseen("caro")
    for reviewer in ON_THE_LAPTOP:
        laptop.review_all_unseen(reviewer)
    story.thought = desk.thought | home.thought | laptop.thought
    bring_together(desk, home, laptop)
    await choose(desk)
    await answer(desk)
    report = desk.run("report", "agreement", "--format", "json", "--resamples", "20", by=LEAD)
    story.agreement = json.loads(report.stdout)
    desk.run("export", "decisions", "-o", str(story.decisions), by=LEAD)
    await settle_differences(story)
    desk.run("export", "jsonl", "--adjudicated", "-o", str(story.dataset), by=LEAD)
    return story


def set_up(desk: Machine, laptop: Machine, folder: Path) -> None:
    """Articles in, a lead at the desk, and work handed out: on each machine every article, some of them twice."""
    desk.run("import", str(folder / "articles"))
    desk.run("project", "lead", LEAD, by=LEAD)
    desk.run("assign", "--reviewers", ",".join(AT_THE_DESK), "--overlap", "20%", "--yes", by=LEAD)
    # In another order: what comes of the merge does not depend on it.
    files = sorted((folder / "articles").iterdir(), reverse=True)
    laptop.run("import", *map(str, files))
    laptop.run("assign", "--reviewers", ",".join(ON_THE_LAPTOP), "--overlap", "20%", "--yes", by="dov")


async def ask(machine: Machine, reviewer: str) -> None:
    """Ask the lead about the first claim of the first article."""
    async with machine.screen(reviewer) as desk:
        await desk.press("enter", "Q")
        await desk.type(QUESTION)
        await desk.press("ctrl+s")
        assert "the lead is asked" in desk.message


async def decide_at_the_desk_too(machine: Machine, reviewer: str) -> str:
    """Decide a claim at the desk that is decided at home as well, otherwise; the claim's id."""
    async with machine.screen(reviewer) as desk:
        await desk.press("enter", "A", "home")
        while opinion(reviewer, desk.desk.state.claim).verdict is None:
            await desk.press("j")
        claim = desk.desk.state.claim
        thought = opinion(reviewer, claim)
        other = next(value for value in KEY_OF if value not in (thought.verdict, thought.at_first))
        await machine.judge(desk, reviewer, Opinion("2", other, thought.accepts))
    return claim.id


def bring_together(desk: Machine, home: Machine, laptop: Machine) -> None:
    """Merge the bundle and the laptop at the desk: tried first, then done, and doing it again changes nothing."""
    others = [str(home.database), str(laptop.database)]
    assert "nothing was changed" in desk.run("merge", "--dry-run", *others, by=LEAD).stderr
    merged = desk.run("merge", *others, by=LEAD)
    assert "0 texts" in merged.stdout
    assert "caro decided" in merged.stderr
    again = desk.run("merge", *reversed(others), by=LEAD)
    assert again.stdout.count("nothing new") == 2


async def choose(machine: Machine) -> None:
    """Caro's queue leads to what she decided in two ways, and one key takes what she decided at home."""
    async with machine.screen("caro") as desk:
        await desk.until(lambda: "decided in two ways" in desk.message)
        while "decided in two ways" in desk.message:
            await desk.press("Z", "enter", "Z")
            (line,) = desk.app.screen.query_one(OptionList).options
            assert "(stands)" in str(line.prompt)
            await desk.press("enter", "escape", "q")
        await desk.press("Z")
        assert "Nothing in any article was decided in two ways." in desk.read("Label")


async def answer(machine: Machine) -> None:
    """The lead answers the question from the queue, and adds the answer to the guidelines."""
    async with machine.screen(LEAD) as desk:
        await desk.press("Q")
        assert any(QUESTION in str(line.prompt) for line in desk.app.screen.query_one(OptionList).options)
        await desk.press("enter")
        await desk.type(ANSWER)
        await desk.press("enter", "g", "escape")
    async with machine.screen("ana") as desk:
        await desk.press("enter", "G", "right")
        await desk.until(lambda: any(ANSWER in text for text in desk.read("Static")))


async def settle_differences(story: Story) -> None:
    """Settle every difference: mostly by one digit, one by its verdict alone, and one otherwise than everybody."""
    async with story.desk.screen(LEAD, sample=0.0) as desk:
        await desk.press("enter")
        while "nothing is left to settle" not in desk.message:
            differs = {line[1:].split()[0] for line in desk.panel.splitlines() if line.startswith("≠")}
            if "Verdict" in differs and not story.own:
                await settle_otherwise(story, desk)
            elif differs == {"Verdict"} and not story.by_facet:
                await desk.press("tab")
                assert "takes the verdict alone" in desk.message
                story.by_facet = await take(story, desk)
            else:
                await take(story, desk)
                story.with_one_key += 1


async def take(story: Story, desk: Driver) -> str:
    """Take what one of the first two reviewers decided, now this one's and now that one's; the claim's id."""
    claim, digit = desk.desk.state.claim.id, 1 + len(story.taken) % 2
    head = next(line for line in desk.panel.splitlines() if line.lstrip().startswith("1 "))
    names = dict(re.findall(r"(\d) (\w+)", head))
    await desk.press(str(digit))
    assert desk.desk.state.claim.id != claim or "nothing is left" in desk.message
    story.taken[claim] = names[str(digit)]
    return claim


async def settle_otherwise(story: Story, desk: Driver) -> None:
    """The lead gives a verdict that nobody gave, and says why."""
    claim = desk.desk.state.claim.id
    given = {thought.verdict for (_, id_), thought in story.thought.items() if id_ == claim}
    story.own[claim] = next((verdict for verdict in KEY_OF if verdict not in given), "mixed")
    await desk.press("o")
    await desk.type("neither says it")
    await desk.press("ctrl+s", "enter", "2", "a", KEY_OF[story.own[claim]], "M")
