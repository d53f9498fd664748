"""The review mode: the keys that judge the present claim and move through the article."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from annotator.model.attribution import Role
from annotator.model.judgement import CONTENT
from annotator.tui.actions import settling
from annotator.tui.actions.alternatives import show_before, show_next
from annotator.tui.actions.attributing import (
    accept,
    accept_one,
    refuse,
    same_source,
    show_nested,
    show_next_candidate,
    show_outer,
    stretch,
    voice,
)
from annotator.tui.actions.choosing import browse_twofolds
from annotator.tui.actions.deciding import ALL_SETTLED, apply_and_go_on, decide, decide_here
from annotator.tui.actions.finding import ask_for_words, step
from annotator.tui.actions.marking import mark_spans
from annotator.tui.actions.opening import open_article, open_queue
from annotator.tui.actions.seeing import show_seen
from annotator.tui.actions.sourcing import browse_sources, choose_source
from annotator.tui.actions.splitting import choose_cut
from annotator.tui.actions.undoing import take_back
from annotator.tui.actions.writing import (
    reuse_evidence,
    show_evidence,
    subject_here,
    with_last,
    write_justification,
    write_note,
    write_note_elsewhere,
    write_question,
    write_restatement,
)
from annotator.tui.context import Context
from annotator.tui.dialogs import ReadList, one_line
from annotator.tui.keymap import reason_mode
from annotator.tui.mode import Mode
from annotator.workflow import judging, reading, segmenting

# Moving


def move(context: Context, step: int) -> None:
    """Some claims further, or (negative) back."""
    context.state.go_to(context.state.present + step)


def go_to_open(context: Context) -> None:
    """The next open claim, around the end of the article."""
    state = context.state
    index = state.next_open()
    if index is None:
        state.say(ALL_SETTLED)
    else:
        state.go_to(index)


def go_to_first(context: Context) -> None:
    """The first claim."""
    context.state.go_to(0)


def go_to_last(context: Context) -> None:
    """The last claim."""
    context.state.go_to(len(context.state.review.claims) - 1)


def turn_page(context: Context, step: int) -> None:
    """A screen down, or up."""
    context.state.go_to(context.terminal.claim_away(context.state.present, step))


def open_neighbour(context: Context, step: int) -> None:
    """The next article, or the one before."""

    def then(article_id: str | None) -> None:
        if article_id is None:
            context.state.say("this is the last article" if step > 0 else "this is the first article")
        else:
            open_article(context, article_id)

    context.read(lambda session: session.neighbour(step), then)


# Deciding


def worth(context: Context, value: str) -> None:
    """A check-worthiness."""
    decide(context, judging.worth, value)


def worth_all(context: Context) -> None:
    """Every suggested 0 of the article."""
    context.save(lambda session: session.apply(judging.worth_all), partial(apply_and_go_on, context))


def verdict(context: Context, value: str) -> None:
    """A verdict; one that takes a reason asks for it first, and is decided with the answer."""
    state = context.state
    known, now = state.review.scheme.verdict_value(value), state.review.verdict(state.claim, state.target)
    if known.reasons and not (now is not None and now.value == value and now.reason is not None):
        state.enter(reason_mode(value))
        state.say(f"{known.name}: why?", "asked")
    else:
        decide(context, judging.verdict, value, state.target)


def next_target(context: Context) -> None:
    """Step through what the verdict can be on."""
    state = context.state
    ids = [attribution.id for attribution in state.review.attributions_of(state.claim)]
    targets = [CONTENT, *ids]
    at = targets.index(state.target) if state.target in targets else 0
    state.target = targets[(at + 1) % len(targets)]
    if state.target == CONTENT:
        state.say("verdict on the content: is it true?" if ids else "only the content can be judged here")
    else:
        state.expand(ids.index(state.target))
        state.say("verdict on the attribution: did they say it?")


def confidence(context: Context) -> None:
    """The next confidence."""
    decide_here(context, judging.confidence, context.state.target)


def flag(context: Context) -> None:
    """Raise or lower the flag."""
    decide_here(context, judging.flag)


def pass_over(context: Context) -> None:
    """Pass the claim over and go on."""
    decide(context, judging.skip)


def join(context: Context) -> None:
    """Join with the next claim."""
    decide_here(context, segmenting.join)


# Beside the claim


def show_history(context: Context) -> None:
    """The claim's history."""
    state, claim = context.state, context.state.claim

    def then(lines: list[tuple[str, str]]) -> None:
        shown = [f"{at[:19].replace('T', ' ')}  {one_line(words)}" for at, words in lines]
        title = f"History of claim {state.present + 1} (UTC)"
        context.terminal.open(ReadList(title, shown, "Nothing has been decided here yet."), lambda _: None)

    context.read(lambda session: reading.history(session, claim), then)


def evidence(context: Context) -> None:
    """The claim's evidence."""
    show_evidence(context, subject_here(context.state))


def evidence_again(context: Context) -> None:
    """Evidence that was used before, for the claim."""
    reuse_evidence(context, subject_here(context.state))


def justification(context: Context) -> None:
    """Why the verdict is what it is."""
    write_justification(context, subject_here(context.state))


def copy_claim(context: Context) -> None:
    """Copy the claim's text."""
    _copy(context, context.state.claim.span.slice(context.state.review.article.text), "the claim")


def copy_url(context: Context) -> None:
    """Copy the article's address."""
    urls = [publication.url for publication in context.state.review.article.publications if publication.url]
    if urls:
        _copy(context, urls[0], "the article's address")
    else:
        context.state.say("this article has no address")


def _copy(context: Context, text: str, what: str) -> None:
    context.terminal.copy(text)
    context.state.say(f"copied {what}, if your terminal allows it")


def turn_advance(context: Context) -> None:
    """Go on by itself, or stay."""
    state = context.state
    state.advance = not state.advance
    state.say("the next open claim comes by itself" if state.advance else "the claim stays: space goes on")


def turn_check_first(context: Context) -> None:
    """Go through the open claims by worth, or as they stand; by worth the first of them comes at once."""
    state = context.state
    state.check_first = not state.check_first
    if not state.check_first:
        state.say("open claims come as they stand in the article")
        return
    first = state.next_to_check(-1)
    if first is not None:
        state.go_to(first)
    state.say("check first: open claims come by worth, what is worth checking most first")


_ACTIONS: dict[str, Callable[[Context], None]] = {
    "claim.next": partial(move, step=1),
    "claim.previous": partial(move, step=-1),
    "claim.open": go_to_open,
    "claim.first": go_to_first,
    "claim.last": go_to_last,
    "claim.page_down": partial(turn_page, step=1),
    "claim.page_up": partial(turn_page, step=-1),
    "article.next": partial(open_neighbour, step=1),
    "article.previous": partial(open_neighbour, step=-1),
    "queue.toggle": open_queue,
    "candidate.next": show_next_candidate,
    "alternative.source": partial(show_next, role=Role.SOURCE),
    "alternative.cue": partial(show_next, role=Role.CUE),
    "alternative.content": partial(show_next, role=Role.CONTENT),
    "alternative.back": show_before,
    "nesting.in": show_nested,
    "nesting.out": show_outer,
    "accept": accept,
    "accept.one": accept_one,
    "refuse": refuse,
    "sentence.more": partial(stretch, unit="sentence", step=1),
    "sentence.less": partial(stretch, unit="sentence", step=-1),
    "paragraph.more": partial(stretch, unit="paragraph", step=1),
    "paragraph.less": partial(stretch, unit="paragraph", step=-1),
    "voice": voice,
    "spans": mark_spans,
    "source.same": same_source,
    "source": choose_source,
    "sources": browse_sources,
    "worth.all": worth_all,
    "target": next_target,
    "confidence": confidence,
    "flag": flag,
    "skip": pass_over,
    "split": choose_cut,
    "join": join,
    "undo": partial(take_back, what="undo"),
    "redo": partial(take_back, what="redo"),
    "history": show_history,
    "evidence": evidence,
    "evidence.again": evidence_again,
    "seen": show_seen,
    "evidence.last": partial(with_last, then=show_evidence),
    "justification": justification,
    "justification.last": partial(with_last, then=write_justification),
    "note": write_note,
    "question": write_question,
    "note.editor": write_note_elsewhere,
    "restatement": write_restatement,
    "copy": copy_claim,
    "copy.url": copy_url,
    "find": ask_for_words,
    "find.next": partial(step, step=1),
    "find.previous": partial(step, step=-1),
    "case.back": settling.back,
    "twofold": browse_twofolds,
    "reuse": settling.reuse,
    "advance": turn_advance,
    "check.first": turn_check_first,
}
MODE = Mode(_ACTIONS, {"worth": worth, "verdict": verdict})
