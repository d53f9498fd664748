"""Pressing: the steps pressed on the real screen, and what the screen and the database then hold held to the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from annotator.model.review import ArticleReview
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.workbench import Workbench
from annotator.workflow.config import Config
from benchmarks.keystroke.claiming import Desk
from benchmarks.keystroke.drafting import Drafting, Step
from benchmarks.keystroke.gold import Marked, Wanted, marked
from benchmarks.keystroke.playing import Play, first_desk, play


class NotAsPlanned(AssertionError):
    """The screen or the database holds something else than the model foresaw."""


async def pressed_play(
    path: Path,
    reviewer: str,
    review: ArticleReview,
    gold: Sequence[Marked],
    drawn: Sequence[Wanted],
    drafting: Drafting,
) -> Play:
    """Play the article on the real screen; raises NotAsPlanned where it goes another way than the model."""
    app = AnnotatorApp(path, reviewer, Config(path.with_name("config.toml")), place=review.article.id)
    try:
        # Textual's own pauses between keys would be most of the time.
        with patch("textual._wait.SLEEP_GRANULARITY", 0.002):
            async with app.run_test(size=(120, 40)) as pilot:

                async def settled() -> Workbench:
                    bench = next(screen for screen in app.screen_stack if isinstance(screen, Workbench))
                    await bench.until_idle()
                    return bench

                async def hand(steps: Sequence[Step], planned: Desk) -> Desk:
                    for step in steps:
                        bench = await settled()
                        key = bench.context.keymap.by_id(step.action).key_list[0]
                        meant = bench.context.keymap.action(bench.state.mode, key)
                        if meant is None or meant.id != step.action:
                            raise NotAsPlanned(
                                f"{review.article.origin}: {key!r} is not {step.action} in {bench.state.mode}"
                            )
                        await pilot.press(key)
                    bench = await settled()
                    desk = Desk(bench.state.review, bench.state.present)
                    if desk.look != planned.look:
                        words = " ".join(step.action for step in steps)
                        raise NotAsPlanned(
                            f"{review.article.origin}: after {words}\n  planned {planned.look}\n  screen  {desk.look}"
                        )
                    return desk

                await pilot.pause()
                bench = await settled()
                if Desk(bench.state.review, bench.state.present).look != first_desk(review).look:
                    raise NotAsPlanned(f"{review.article.origin}: it opens elsewhere")
                return await play(first_desk(bench.state.review), gold, drawn, hand, drafting)
    finally:
        app.worker.close()


def check(after: ArticleReview, gold: Sequence[Marked], drawn: Sequence[Wanted], unreached: Sequence[str]) -> None:
    """Raise NotAsPlanned unless the database holds the gold to the character, and every judgement as drawn.

    What is known not to be reached may be missing, never anything else.
    """
    made = Counter(marked(attribution) for attribution in after.attributions)
    wrong = made - Counter(gold)
    missing = Counter(gold) - made
    if wrong or len(missing) > len(unreached):
        raise NotAsPlanned(f"{after.article.origin}: stored but not gold {wrong}; gold but not stored {missing}")
    for claim, want in zip(after.claims, drawn, strict=True):
        if any(each.covers(claim.span) for each in missing):
            continue
        judgement, verdict = after.judgement(claim), after.verdict(claim)
        voice = None if any(each.covers(claim.span) for each in gold) else after.scheme.voice[0].id
        given = (verdict.value, verdict.reason) if verdict is not None else (None, None)
        if (judgement.worth, judgement.voice, *given) != (want.worth, voice, want.verdict, want.reason):
            raise NotAsPlanned(
                f"{after.article.origin}: claim at {claim.span.start}: {judgement} {verdict}, not {want}"
            )
