"""Questions to the lead in the store: shared entries of an article, so that a purge erases them, and their table."""

from __future__ import annotations

from annotator.errors import NotFoundError
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change, Entry, changes_payload
from annotator.model.question import Question
from annotator.store import aliases, ledger
from annotator.store.connection import Store, translated
from annotator.store.drafts import forget_draft
from annotator.store.names import article_key, key_of, known_key, work_keys
from annotator.store.packing import packed_id, unpacked_id
from annotator.store.project import load_project

QUESTION = "question"
"""The ledger's action of asking, changing, answering and withdrawing a question."""
_COLUMNS = "question.id, article.id, start, end, name.text, question.text, answer, answered_by"


def keep(store: Store, question: Question, by: str, draft: DraftKey | None = None) -> None:
    """Store a question as it is now: one shared entry. `draft` is what it was typed in: it is forgotten with that."""
    _write(store, question, question.as_payload(), by, draft)


def withdraw(store: Store, question: Question, by: str, draft: DraftKey | None = None) -> None:
    """Take a question back: one shared entry."""
    _write(store, question, None, by, draft)


def _write(store: Store, question: Question, value: object, by: str, draft: DraftKey | None) -> None:
    payload = changes_payload([Change("question", (question.id,), value)])
    with store.transaction():
        forget_draft(store, by, draft)
        project(store, ledger.append(store, "shared", QUESTION, payload, reviewer=by, article_id=question.article_id))


def project(store: Store, entry: Entry) -> None:
    """Write what an entry says of questions into their table; an erased one says nothing.

    A question is its asker's, whatever she is called now and was called when somebody wrote it last.
    """
    connection = store.connection
    names = aliases.now_called(connection)
    connected = aliases.all_connected(connection)
    for change in entry.changes:
        connection.execute("delete from question where id = ?", (packed_id(change.key[0]),))
        if change.value is None or entry.article_id is None:
            continue
        made = Question.from_payload(change.key[0], entry.article_id, change.value)
        asker = _asker(store, made) if made.reviewer in connected else made.reviewer
        who = key_of(connection, "reviewer", names.get(asker, asker))
        connection.execute(
            "insert into question (id, article, reviewer, start, end, text, answer, answered_by) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                packed_id(made.id),
                article_key(connection, made.article_id),
                who,
                made.start,
                made.end,
                made.text,
                made.answer,
                names.get(made.answered_by, made.answered_by),
            ),
        )


def _asker(store: Store, question: Question) -> str:
    """The name in the first entry of a question."""
    for entry in ledger.entries_on(store, question.article_id, QUESTION):
        for change in entry.changes:
            if change.key[0] == question.id and change.value is not None:
                return Question.from_payload(question.id, question.article_id, change.value).reviewer
    return question.reviewer


def renew(store: Store) -> None:
    """Write all questions anew from the ledger, in the caller's transaction."""
    store.connection.execute("delete from question")
    action = known_key(store.connection, "action", QUESTION)
    for entry in ledger.entries_where(store, f"ledger.kind = {ledger.SHARED} and ledger.action = ?", (action,)):
        project(store, entry)


def of_article(store: Store, reviewer: str, article_id: str) -> tuple[Question, ...]:
    """The reviewer's questions about an article, in text order."""
    article, who = work_keys(store.connection, reviewer, article_id)
    return _found(store, "article = ? and reviewer = ? order by start, question.id", (article, who))


def all_questions(store: Store, reviewer: str | None = None) -> tuple[Question, ...]:
    """Everybody's questions (or one reviewer's) about shown articles: open ones first, in the articles' order."""
    who = None if reviewer is None else known_key(store.connection, "reviewer", reviewer)
    return _found(
        store,
        "hidden = 0 and (?1 is null or reviewer = ?1) order by answer <> '', ordinal, start, question.id",
        (who,),
    )


def waiting(store: Store, who: str) -> int:
    """How many questions and answers about shown articles wait for somebody.

    Of the lead (of anybody, where nobody leads) the questions of others that have no answer; of who asked the answers
    that somebody else gave, until she has opened the article again.
    """
    everybodys = load_project(store).lead in (None, who)
    count = 0
    for asked in all_questions(store, None if everybodys else who):
        if not asked.answer:
            count += asked.reviewer != who
        elif asked.reviewer == who != asked.answered_by:
            count += not _opened_since_answered(store, asked)
    return count


def _opened_since_answered(store: Store, asked: Question) -> bool:
    article, who = work_keys(store.connection, asked.reviewer, asked.article_id)
    row = store.connection.execute(
        "select lamport from ledger indexed by ledger_by_article where article = ? and reviewer = ? "
        f"and kind = {ledger.EVENT} order by lamport desc limit 1",
        (article, who),
    ).fetchone()
    answers = [
        entry.lamport
        for entry in ledger.entries_on(store, asked.article_id, QUESTION)
        if any(change.key[0] == asked.id for change in entry.changes)
    ]
    return row is not None and row[0] > max(answers, default=0)


def question(store: Store, question_id: str) -> Question:
    """One question; raises NotFoundError."""
    found = _found(store, "question.id = ?", (packed_id(question_id),))
    if not found:
        raise NotFoundError(f"{store.path}: that question is no longer there")
    return found[0]


def _found(store: Store, where: str, parameters: tuple[object, ...]) -> tuple[Question, ...]:
    with translated(store.path):
        rows = store.connection.execute(
            # There are few questions and many articles: the first word of the order is ours.
            f"select {_COLUMNS} from question cross join article on article.ordinal = question.article "
            f"join name on name.key = question.reviewer where {where}",
            parameters,
        )
        return tuple(Question(unpacked_id(row[0]), *row[1:]) for row in rows)


def forget(store: Store, article: int) -> None:
    """Remove the questions about a purged article (by its ordinal), in the caller's transaction."""
    store.connection.execute("delete from question where article = ?", (article,))
