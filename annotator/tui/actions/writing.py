"""Writing beside the claim: notes, restatements, justifications and evidence, each kept as a draft while typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.evidence_dates import date_hint
from annotator.model.evidence_list import ListedEvidence, holding
from annotator.model.judgement import CONTENT, Evidence
from annotator.model.late import dataclass
from annotator.model.review import ArticleReview
from annotator.model.scheme import name_of
from annotator.tui.actions.deciding import apply, apply_and_go_on
from annotator.tui.actions.waiting import say_not_kept
from annotator.tui.context import Context, NotEdited
from annotator.tui.dialogs import EVIDENCE_FIELDS, Choice, Choose, FillEvidence, ReadEvidence, WriteText, one_line
from annotator.tui.state import ReviewState
from annotator.workflow import judging, reading
from annotator.workflow.evidence import evidence_to_use
from annotator.workflow.session import DecisionResult


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: a claim, and which of its verdicts."""

    claim: Claim
    target: str

    @property
    def draft(self) -> str:
        """What a draft about it is about: the claim's id, with the attribution's where the verdict is on one."""
        return self.claim.id if self.target == CONTENT else f"{self.claim.id} {self.target}"


def subject_here(state: ReviewState) -> Subject:
    """The present claim, and the verdict that was chosen."""
    return Subject(state.claim, state.target)


def with_last(context: Context, then: Callable[[Context, Subject], None]) -> None:
    """Go on with the claim that was decided last, wherever she is in the article."""

    def found(last: tuple[Claim, str] | None) -> None:
        if last is None:
            context.state.say("no verdict of yours stands in this article yet", "wrong")
        else:
            then(context, Subject(*last))

    context.read(reading.judged_last, found)


def write_note(context: Context) -> None:
    """A note."""
    state = context.state
    text = state.review.judgement(state.claim).note or ""
    _write(context, "note", f"Note on claim {state.present + 1}", text, Subject(state.claim, CONTENT), judging.note)


def write_restatement(context: Context) -> None:
    """The claim in words that stand alone; begins with the claim's own."""
    state = context.state
    known = state.review.judgement(state.claim).restatement
    text = known or " ".join(state.claim.span.slice(state.review.article.text).split())
    title = "The claim in words that stand alone"
    _write(context, "restatement", title, text, Subject(state.claim, CONTENT), judging.restatement)


def write_justification(context: Context, subject: Subject) -> None:
    """Why the verdict is what it is."""
    review = context.state.review
    verdict = review.verdict(subject.claim, subject.target)
    if verdict is None:
        context.state.say("give a verdict first: a justification belongs to one", "wrong")
        return
    title = _title(review, "Why the verdict is what it is", subject)
    text = verdict.justification or ""
    _write(context, "justification", title, text, subject, judging.justification, subject.target)


def write_question(context: Context) -> None:
    """A question to the lead about the claim; one that has no answer yet can be changed, or taken back."""
    state, claim = context.state, context.state.claim
    text = next((asked.text for asked in state.review.questions_of(claim) if not asked.answer), "")
    key = DraftKey(claim.article_id, "question", claim.id)
    waiting = state.drafts.get(key)

    def draft(now: str) -> None:
        context.keep_draft(key, {"text": now} if now != text else None)

    def done(now: str | None) -> None:
        if now is None:
            say_not_kept(context, key, claim)
            return
        draft(now)
        if now.strip() != text:
            context.finish(key, lambda session: session.ask(claim, now), lambda made: apply(context, made, made.said))

    title = f"A question to the lead about claim {state.present + 1}"
    start = str(waiting["text"]) if waiting else text
    context.terminal.open(WriteText(title, start, draft, partial(_edited, context)), done)


def write_note_elsewhere(context: Context) -> None:
    """The note in $EDITOR."""
    claim = context.state.claim
    before = context.state.review.judgement(claim).note or ""
    key = DraftKey(claim.article_id, "note", claim.id)
    waiting = context.state.drafts.get(key)
    try:
        text = context.terminal.edit(str(waiting["text"]) if waiting else before)
    except NotEdited as error:
        context.state.say(str(error), "wrong")
        if error.written is not None:
            context.keep_draft(key, {"text": error.written})
        return
    if text.strip() != before.strip():
        context.keep_draft(key, {"text": text})
        context.finish(key, lambda session: session.apply(judging.note, claim, text), partial(apply, context))


def _edited(context: Context, text: str) -> str | None:
    """The text after $EDITOR had it; where that failed, a message, and None or what it had written."""
    try:
        return context.terminal.edit(text)
    except NotEdited as error:
        context.state.say(str(error), "wrong")
        return error.written


def _write(
    context: Context, kind: str, title: str, text: str, subject: Subject, planner: Callable[..., Any], *more: str
) -> None:
    claim = subject.claim
    key = DraftKey(claim.article_id, kind, subject.draft)
    waiting = context.state.drafts.get(key)

    def draft(now: str) -> None:
        context.keep_draft(key, {"text": now} if now != text else None)

    def done(now: str | None) -> None:
        if now is None:
            say_not_kept(context, key, claim)
            return
        if now.strip() == text.strip() and kind != "restatement":
            context.keep_draft(key, None)
            return
        # The last letters may not have been told of yet.
        draft(now)
        context.finish(
            key, lambda session: session.apply(planner, claim, now, *more), partial(_apply_to, context, subject)
        )

    start = str(waiting["text"]) if waiting else text
    context.terminal.open(WriteText(title, start, draft, partial(_edited, context)), done)


# Evidence


def show_evidence(context: Context, subject: Subject) -> None:
    """A claim's evidence: the form at once where there is none, else what is there."""
    review = context.state.review
    found = review.evidence_of(subject.claim)
    if not found:
        _fill(context, subject, None)
        return

    def chosen(answer: tuple[str, int] | None) -> None:
        if answer is None:
            return
        key, number = answer
        if key == "X":
            claim, id_ = subject.claim, found[number].id
            context.save(
                lambda session: session.apply(judging.remove_evidence, claim, id_),
                partial(_apply_to, context, subject),
            )
        else:
            _fill(context, subject, None if key == "+" else found[number])

    about = [" · ".join(filter(None, _facts(context.state, subject, each))) for each in found]
    context.terminal.open(ReadEvidence(_title(review, "Evidence", subject), found, about), chosen)


def reuse_evidence(context: Context, subject: Subject) -> None:
    """What may be used again of the project, narrowed by typing; what is taken fills the form, but its stance."""
    claim = subject.claim
    if DraftKey(claim.article_id, "evidence", subject.draft) in context.state.drafts:
        context.state.say("evidence that is not kept yet waits here: v goes on with it", "wrong")
        return
    key = DraftKey(claim.article_id, "evidence-words", claim.id)

    def draft(now: str) -> None:
        context.keep_draft(key, {"text": now} if now.strip() else None)

    def then(pieces: list[ListedEvidence]) -> None:
        if not pieces:
            context.state.say("no evidence is kept yet that could be used again: v adds some", "wrong")
            return

        def search(typed: str) -> list[Choice]:
            return [Choice(_listed(piece), piece) for piece in holding(pieces, typed)]

        def taken(piece: object) -> None:
            if isinstance(piece, ListedEvidence):
                context.keep_draft(key, None)
                _fill(context, subject, None, piece.fields)

        title = _title(context.state.review, "Evidence used before", subject)
        waiting = str(context.state.drafts.get(key, {}).get("text", ""))
        context.terminal.open(Choose(title, search, "words of it", waiting, draft), taken)

    context.read(lambda session: evidence_to_use(session.store, session.reviewer, claim.article_id), then)


def _listed(piece: ListedEvidence) -> str:
    """A piece on one line: who published it and when, its words, its address."""
    evidence = piece.evidence
    said = evidence.answer or evidence.passage or evidence.question
    where = evidence.url or evidence.archived_url
    became = f"{piece.became}!" if piece.became else ""
    return one_line(" · ".join(filter(None, (became, evidence.publisher, evidence.published_at, said, where))))


def _facts(state: ReviewState, subject: Subject, evidence: Evidence) -> Iterator[str]:
    """What a piece is evidence on, what has become of it, and whether it may be too old."""
    review, since = state.review, state.outdated.get(evidence.url)
    yield _about(review, evidence)
    yield since.in_words(evidence.answer) if since else ""
    yield date_hint(evidence, review.words_of(subject.claim), review.article.published_at)


def _about(review: ArticleReview, evidence: Evidence) -> str:
    """What a piece is evidence on, where that is not the claim's content."""
    found = [made for made in review.attributions if made.id == evidence.target]
    cues = [made.cue.slice(review.article.text) for made in found if made.cue is not None]
    return "" if evidence.target == CONTENT else f"on the attribution “{' '.join(cues)}”"


def _fill(context: Context, subject: Subject, known: Evidence | None, again: Mapping[str, str] | None = None) -> None:
    """The form: for a new piece, for one that is kept, or for what is used again."""
    claim, evidence_id = subject.claim, known.id if known else None
    key = DraftKey(claim.article_id, "evidence", evidence_id or subject.draft)
    fields = dict(again) if again else _fields(known)

    def draft(values: dict[str, str]) -> None:
        context.keep_draft(key, values if _filled(values) != _filled(fields) else None)

    def done(values: dict[str, str] | None) -> None:
        if values is None:
            say_not_kept(context, key, claim)
            return
        draft(values)
        if known is not None and values == fields:
            return
        made = {**values, "target": known.target if known else subject.target}
        context.finish(
            key,
            lambda session: session.apply(judging.evidence, claim, made, evidence_id),
            partial(_apply_to, context, subject, going_on=True),
        )

    title = _title(context.state.review, "Evidence", subject)
    waiting = {} if again else context.state.drafts.get(key, {})
    # What is used again needs a stance of its own, and nothing else.
    first = "stance" if again else EVIDENCE_FIELDS[0][0]
    context.terminal.open(FillEvidence(title, fields, waiting, draft, first), done)


def _fields(known: Evidence | None) -> dict[str, str]:
    """What the form begins with."""
    if known is None:
        return {"retrieved_at": datetime.now(UTC).date().isoformat()}
    return {name: str(getattr(known, name)) for name, _, _ in EVIDENCE_FIELDS}


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


# What both share


def _title(review: ArticleReview, what: str, subject: Subject) -> str:
    """What a form is for: with the claim's number, its verdict and how it begins."""
    claim = subject.claim
    verdict = review.verdict(claim, subject.target)
    said = name_of(review.scheme.known_verdict(verdict.value), verdict.value) if verdict else "no verdict yet"
    words = one_line(claim.span.slice(review.article.text))
    return f"{what} · claim {review.claims.index(claim) + 1} · {said} · {words}"


def _apply_to(context: Context, subject: Subject, decided: DecisionResult, *, going_on: bool = False) -> None:
    """Show what a form led to, from the claim that she is at; with `going_on` go on where it settles that claim."""
    if subject.claim.id != context.state.claim.id:
        number = decided.review.claims.index(subject.claim) + 1
        apply(context, replace(decided, claim_id=None, said=f"claim {number}: {decided.said}"))
    elif going_on:
        apply_and_go_on(context, decided)
    else:
        apply(context, decided)
