"""The presenter: from the state to what each widget is told to show. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.model.attribution import Attribution
from annotator.model.review import SETTLED, State
from annotator.tui.card import Card
from annotator.tui.claim_view import ClaimView, claim_view
from annotator.tui.hints import asked_hints, hints
from annotator.tui.keymap import ADJUDICATE, LABELS, QUEUE, REVIEW, SPANS, SPLIT, Keymap
from annotator.tui.state import ReviewState
from annotator.tui.views import ArticleText, HeadingView, Hint, QueueList, ScreenView
from annotator.workflow.reading import proposed_kind, source_of

if TYPE_CHECKING:
    from annotator.tui.case_view import CaseCard, CaseView

SIGNS = {
    State.TO_DO: ("·", "todo"),
    State.IN_PROGRESS: ("~", "started"),
    State.AWAITING: ("?", "awaiting"),
    State.DONE: ("✓", "done"),
    State.SKIPPED: ("»", "skipped"),
}
_PLAIN = {state: (f"{sign} ", style) for state, (sign, style) in SIGNS.items()}
_FLAGGED = {state: (f"{sign}⚑", f"{style} flag") for state, (sign, style) in SIGNS.items()}
DIFFERS = ("≠ ", "awaiting")
NO_ARTICLES = "No articles here yet. Quit with ctrl+q and run:  annotator import FILE, FOLDER or ADDRESS"
NOTHING_SHOWN = "No article is like that. esc shows all articles, f other kinds of them."


def screen_view(state: ReviewState, keymap: Keymap) -> ScreenView:
    """Everything that the screen shows."""
    choosing = state.mode == QUEUE
    card = full_card(state) if state.opened is not None and not choosing else None
    return ScreenView(
        heading=heading(state),
        hints=_hints(state, keymap, card),
        marking=state.mode in (SPANS, LABELS),
        choosing=choosing,
        unfolded=state.unfolded,
        article=article_text(state, card) if card is not None else None,
        claim=_claim(state, card) if card is not None else None,
        queue=queue_list(state) if choosing and state.queue.loaded else None,
    )


def _hints(state: ReviewState, keymap: Keymap, card: Card | None) -> list[Hint]:
    if state.question is not None:
        return asked_hints(state.question.placeholder)
    draft, left = (card.draft, state.left_behind()) if card is not None else (None, None)
    return hints(keymap, state.mode, card, draft, state.pass_, left, _waiting(state))


def _waiting(state: ReviewState) -> list[str]:
    """The actions for which something waits: the way back of the lead among a reviewer's keys, and to all articles."""
    if state.mode == REVIEW:
        return ["case.back"] if state.lead else []
    waiting = (("queue.all", state.queue.narrowed), ("questions", state.asked), ("twofold", state.twofolds))
    return [name for name, count in waiting if count]


def _claim(state: ReviewState, card: Card) -> ClaimView | CaseView:
    """What is said of the present claim: by the reviewer herself, or by those who differ on it."""
    settled = case_card(state)
    if settled is None:
        return claim_view(card)
    from annotator.tui.case_view import case_view

    return case_view(settled)


def case_card(state: ReviewState) -> CaseCard | None:
    """The present claim with what reviewers decided of it, where that is settled."""
    if state.mode != ADJUDICATE or state.adjudication is None:
        return None
    # Deferred: a reviewer's start does not need it.
    from annotator.tui.case_view import CaseCard

    return CaseCard(
        state.review,
        state.present,
        state.heard(),
        state.case().differing,
        state.registry,
        state.adjudication.facet,
        state.adjudication.marked,
        state.adjudication.names,
    )


def heading(state: ReviewState) -> HeadingView:
    """What is open, and how far it is."""
    who = f"{state.lead} settles" if state.lead else state.reviewer
    if state.mode == QUEUE or state.opened is None:
        return HeadingView(f"Articles in {state.database}", who, round=state.pass_)
    article = state.review.article
    publication = article.publications[0] if article.publications else None
    parts = [article.title]
    if publication is not None:
        parts += [publication.publisher, publication.published_at[:10]]
    done = sum(map(state.states().count, SETTLED))
    title = " · ".join(filter(None, parts))
    if state.adjudication is not None:
        wanted = [case for case in state.cases() if case.wanted]
        return HeadingView(title, who, sum(case.settled for case in wanted), len(wanted), " differences", state.pass_)
    return HeadingView(title, who, done, len(state.review.claims), round=state.pass_)


def full_card(state: ReviewState) -> Card:
    """The present claim with whose words are shown, or with what is being marked."""
    card = replace(state.card(), drafts=_typed(state)) if state.drafts else state.card()
    if state.mode not in (SPANS, LABELS) or state.marking is None:
        shown = card.expanded()
        return card if shown is None else card.with_entity(_entity(state, card, shown))
    editor = state.marking.editor
    return replace(
        card,
        draft=editor.draft,
        proposed=proposed_kind(state.review.article, editor.draft.source, editor.draft.content),
        focus=editor.focus,
        numbered=editor.offered() if state.mode == SPANS else (),
    )


def _typed(state: ReviewState) -> list[tuple[str, str]]:
    """What was typed at the present claim and is not kept: of what, and its words."""
    found = []
    for key, draft in state.drafts_here().items():
        words = " · ".join(str(draft[name]) for name in _TYPED.get(key.kind, ()) if draft.get(name))
        if words:
            found.append((key.kind, words))
    return found


_TYPED: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("note", "restatement", "justification", "source", "question"), ("text",)),
    "evidence": ("question", "answer", "passage", "url", "stance", "medium", "publisher", "archived_url"),
}
"""Of each kind of draft that is words the fields that hold them."""


def _entity(state: ReviewState, card: Card, shown: Attribution) -> str:
    """Whose words hers gives; or would give if what is shown were accepted, with a ? where that is sure."""
    if card.other is None and shown in state.review.attributions:
        entity = source_of(state.review, state.registry, shown.id)
        return f"{entity.name} ({entity.kind.value})" if entity is not None else ""
    return "" if state.brief else state.proposed_source(shown)


def article_text(state: ReviewState, card: Card) -> ArticleText:
    """What is shown of the article beside a card."""
    editor = {SPANS: state.marking.editor if state.marking else None, SPLIT: state.split}.get(state.mode)
    labels, first = state.editing.labels if state.mode == LABELS else ((), None)
    marks, suggested = [], False
    if (settled := case_card(state)) is not None:
        marks = settled.marks()
    elif card.draft is not None:
        marks = card.draft.role_spans()
    elif card.other is not None:
        marks, suggested = card.other.attribution.role_spans(), True
    elif (shown := card.shown_index()) is not None:
        attribution, suggested = card.candidates[shown]
        marks = attribution.role_spans()
    hits = [hit for hit in state.search.hits if hit.article_id == state.open_id]
    return ArticleText(
        review=state.review,
        signs=_signs(state),
        present=state.present,
        marks=marks,
        suggested=suggested,
        selection=editor.selection if editor is not None else first,
        hits=[hit.span for hit in hits],
        hit=next((hit.span for hit in hits if hit is state.search.present), None),
        numbered=[span for _, span in card.numbered],
        labels=labels,
    )


def _signs(state: ReviewState) -> list[tuple[str, str]]:
    flagged = state.review.flagged
    pairs = zip(state.review.claims, state.states(), strict=True)
    signs = [_FLAGGED[now] if claim.id in flagged else _PLAIN[now] for claim, now in pairs]
    if state.adjudication is None:
        return signs
    return [DIFFERS if case.open else sign for case, sign in zip(state.cases(), signs, strict=True)]


def queue_list(state: ReviewState) -> QueueList:
    """What the queue shows."""
    queue = state.queue
    count = "1 article" if len(queue.order) == 1 else f"{len(queue.order)} articles"
    about = [count, f"sorted by {queue.sort.value}", f"showing {queue.filter.value}"]
    about += [f"with {queue.words!r}"] if queue.words else []
    empty = NOTHING_SHOWN if queue.narrowed else NO_ARTICLES
    return QueueList(queue.order, queue.chosen, queue.rows, " · ".join(about), empty)
