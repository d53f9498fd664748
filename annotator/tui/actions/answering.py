"""Questions to the lead: walking through them, answering, and adding answers to the guidelines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from annotator.errors import AnnotatorError
from annotator.model.question import Question
from annotator.tui.actions.opening import open_article
from annotator.tui.context import Context
from annotator.tui.dialogs import Browse, Choice, one_line
from annotator.workflow import asking
from annotator.workflow.session import ReviewSession

_ANSWERING = {"enter": "answers", "g": "adds the answer to the guidelines", "o": "opens its claim"}
_ASKING = {"enter": "opens its claim"}
_EMPTY = "No questions. Q on a claim asks one."


def browse_questions(context: Context, lit: str | None = None, *, said: str = "", wrong: str = "") -> None:
    """The questions that one may see, open ones first."""

    def then(read: tuple[Sequence[Question], bool, int]) -> None:
        found, may_answer, context.state.asked = read
        keys = (_ANSWERING if may_answer else _ASKING) if found else {}
        choices = [Choice(_line(asked), asked) for asked in found]
        at = next((asked for asked in found if asked.id == lit), None)
        left = sum(not asked.answer for asked in found)
        dialog = Browse(f"Questions, {left} without an answer", choices, keys, _EMPTY, at, said=said, wrong=wrong)
        context.terminal.open(dialog, partial(_walked, context, may_answer=may_answer))

    def questions(session: ReviewSession) -> tuple[Sequence[Question], bool, int]:
        who, store = _who(session), session.store
        return asking.visible(store, who), asking.may_answer(store, who), asking.waiting(store, who)

    context.read(questions, then)


def _who(session: ReviewSession) -> str:
    """Who is at the keyboard: the lead where the layer is open."""
    return session.by or session.reviewer


def _line(asked: Question) -> str:
    answer = f"  →  {one_line(asked.answer)}" if asked.answer else ""
    return f"{'✓' if asked.answer else '?'} {asked.reviewer}: {one_line(asked.text)}{answer}"


def _walked(context: Context, answer: tuple[str, object] | None, *, may_answer: bool) -> None:
    if answer is None:
        return
    key, asked = answer
    if not isinstance(asked, Question):
        return
    if key == "enter" and may_answer:
        _answer(context, asked)
    elif key == "g":
        _try(context, asked, lambda session: asking.add_to_guidelines(session.store, asked.id, _who(session)))
    else:
        open_article(context, asked.article_id, (None, asked.start), f"asked: {one_line(asked.text)}")


def _answer(context: Context, asked: Question) -> None:
    draft = context.draft_key("answer", asked.id)

    def answered(words: str) -> None:
        context.finish(
            draft,
            lambda session: asking.answer(session.store, asked.id, words, _who(session), draft),
            lambda said: browse_questions(context, asked.id, said=said),
        )

    context.ask(f"answer to “{one_line(asked.text)}”", asked.answer, answered, draft)


def _try(context: Context, asked: Question, job: Callable[[ReviewSession], str]) -> None:
    """Do something about a question and come back to the list, which says what became of it or why nothing did."""

    def attempt(session: ReviewSession) -> tuple[str, str]:
        try:
            return job(session), ""
        except AnnotatorError as refused:
            return "", str(refused)

    def then(outcome: tuple[str, str]) -> None:
        said, wrong = outcome
        browse_questions(context, asked.id, said=said, wrong=wrong)

    context.save(attempt, then)
