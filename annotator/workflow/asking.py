"""Asking the lead about a claim, and answering; an answer can go into the project's guidelines."""

from __future__ import annotations

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import uuid7
from annotator.model.question import Question
from annotator.model.text import neutral_text
from annotator.store import Store, project, questions, schemes
from annotator.store.review import load_article

PAGE = "questions.md"
"""The page of the guidelines that answers go to."""


def ask(store: Store, reviewer: str, claim: Claim, text: str, draft: DraftKey | None = None) -> str:
    """Ask about a claim, or change what was asked and is not answered; without words it is taken back.

    `draft` is what it was typed in: it is forgotten in the same transaction.
    Says what was done. Raises DecisionRefused where nothing changes.
    """
    found = questions.of_article(store, reviewer, claim.article_id)
    there = next((each for each in found if each.start == claim.span.start and not each.answer), None)
    if there is None and not text.strip():
        raise DecisionRefused("nothing was asked")
    if there is not None and not text.strip():
        questions.withdraw(store, there, reviewer, draft)
        return "the question was taken back"
    if there is not None and there.text == text.strip():
        raise DecisionRefused("nothing to change")
    id_ = there.id if there is not None else uuid7()
    made = Question(id_, claim.article_id, claim.span.start, claim.span.end, reviewer, text.strip())
    questions.keep(store, made, reviewer, draft)
    return "the lead is asked"


def visible(store: Store, reviewer: str | None) -> tuple[Question, ...]:
    """The questions that a reviewer sees, open ones first: the lead everybody's, others their own."""
    sees_all = project.load_project(store).lead in (None, reviewer)
    return questions.all_questions(store, None if sees_all else reviewer)


def waiting(store: Store, reviewer: str) -> int:
    """How many questions (for who answers them) and answers (for who asked and has not come back since) wait."""
    return questions.waiting(store, reviewer)


def may_answer(store: Store, reviewer: str) -> bool:
    """Whether answers are this reviewer's to give: the lead's, or anybody's where nobody leads."""
    return project.load_project(store).lead in (None, reviewer)


def answer(store: Store, question_id: str, text: str, by: str, draft: DraftKey | None = None) -> str:
    """Answer a question, or answer it otherwise. Raises DecisionRefused for who does not lead the project."""
    project.load_project(store).check_lead(by, "answering questions")
    asked = questions.question(store, question_id)
    questions.keep(store, asked.answered(text, by), by, draft)
    return f"{asked.reviewer} has an answer"


def add_to_guidelines(store: Store, question_id: str, by: str) -> str:
    """Add a question and its answer to the guidelines' page of questions. Raises DecisionRefused without an answer."""
    project.load_project(store).check_lead(by, "the guidelines")
    asked = questions.question(store, question_id)
    if not asked.answer:
        raise DecisionRefused("answer it first: then it can go into the guidelines")
    before = next((page.text for page in schemes.pages(store) if page.name == PAGE), "# Questions and answers\n")
    text = load_article(store, asked.article_id, suggested=False).text
    words = " ".join(neutral_text(text[asked.start : asked.end]).split())
    added = f"\n**{' '.join(asked.text.split())}**\n\n> {words}\n\n{asked.answer}\n"
    if added in before:
        raise DecisionRefused("the guidelines say so already")
    schemes.write_page(store, PAGE, before + added, by)
    return f"added to the guidelines, page {PAGE}"
