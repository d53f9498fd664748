"""Articles in the store: adding, hiding, purging, and finding them by what a person types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Literal

from annotator.errors import DatabaseBusyError, DecisionRefused, DomainError, NotFoundError
from annotator.model.article import Article, Publication, Segmentation, headline_of
from annotator.model.language.folding import fold
from annotator.model.ledger import Entry, utc_now
from annotator.model.suggestion import Suggestions
from annotator.model.uniting import MERGE
from annotator.model.worth import worth_of
from annotator.store import aliases, ledger, near, project, publications, questions, schemes, sources, text_index
from annotator.store.article_rows import ArticleRows, article_rows
from annotator.store.connection import Store, own_function, translated
from annotator.store.held import PURGE, check_held, visibility
from annotator.store.names import article_key, key_of, known_key, no_article
from annotator.store.packing import packed_time
from annotator.store.parts import parts_of
from annotator.store.queue import TITLE
from annotator.store.suggestions import CHOICE, project_choice, write_row

LANGUAGE = "language"
"""The ledger's action of saying which language an article is in."""

Added = Literal["added", "publication", "there"]


def add_article(
    store: Store, article: Article, segmentation: Segmentation, suggestions: Iterable[Suggestions], reviewer: str | None
) -> Added:
    """Add an article with its parts and suggestions: one transaction, one ledger entry.

    A text that is held here, if under an older id, adds nothing but a publication that is new. Raises DecisionRefused
    for a purged one.
    """
    (added,) = add_articles(store, [article_rows(article, segmentation, suggestions)], reviewer)
    if isinstance(added, DecisionRefused):
        raise added
    return added


def add_articles(store: Store, rows: Iterable[ArticleRows], reviewer: str | None) -> list[Added | DecisionRefused]:
    """Add articles whose rows were made apart, in one transaction: what became of each, in their order.

    A text that is held already, or that comes twice, is as `add_article` says; a purged one is refused, and the others
    go in.
    """
    with store.transaction():
        new: list[tuple[int, str]] = []
        became = [add_new(store, each, reviewer, new) for each in rows]
        # Last: what waits in the index is written out before each statement that SQLite may have to take back alone, as
        # the one of a ledger entry is.
        text_index.add(store.connection, new)
        return became


def add_new(
    store: Store, rows: ArticleRows, reviewer: str | None, new: list[tuple[int, str]]
) -> Added | DecisionRefused:
    """Add an article, in the caller's transaction, but for the index of texts: it is put behind those that are `new`.

    What became of it, as `add_articles` says.
    """
    held = near.held_under(store, rows.id, rows.same_text)
    if held is not None:
        try:
            return _add_publication(store, held, Publication(**rows.payload["publication"]), reviewer)
        except DecisionRefused as refusal:
            return refusal
    ordinal = write_article(store, rows)
    facts = rows.payload
    ledger.append(store, "shared", "import", facts, reviewer=reviewer, article_id=rows.id)
    publications.insert_first(store, ordinal, Publication(**facts["publication"]))
    for suggester, value, digest in rows.suggestions:
        write_row(store, ordinal, key_of(store.connection, "suggester", suggester), value, None, digest)
    worth = worth_of(rows.worths, store.scheme)
    store.connection.execute("update article set worth = ? where ordinal = ?", (worth, ordinal))
    new.append((ordinal, rows.index))
    return "added"


def write_article(store: Store, rows: ArticleRows) -> int:
    """Write an article's text and give its ordinal; inside the caller's transaction, which indexes the text too."""
    connection = store.connection
    facts = rows.payload
    ordinal = connection.execute(
        "insert into article (id, length, sentences, beginning, language, rights, origin, splitter, added_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            rows.id,
            len(rows.text),
            rows.sentences,
            rows.beginning,
            *(facts[name] for name in ("language", "rights", "origin", "splitter")),
            packed_time(utc_now()),
        ),
    ).lastrowid
    assert ordinal is not None
    connection.execute("insert into article_text (article, text) values (?, ?)", (ordinal, rows.text))
    near.remember(store, ordinal, rows)
    return ordinal


def _add_publication(store: Store, article_id: str, publication: Publication, reviewer: str | None) -> Added:
    if visibility(store, article_id) == "purged":
        raise DecisionRefused(f"article {article_id[:12]} was purged here and stays out")
    headline = _headline(store, article_id)
    values = asdict(publication)
    values["title"] = values["title"] or (headline if any(values.values()) else "")
    # Versions before did not take the headline for the title of what came without one.
    untitled = replace(publication, title="") if values["title"] == headline else publication
    known = publications.publications_of(store, article_id)
    if Publication(**values) in known or untitled in known or not any(values.values()):
        return "there"
    entry = ledger.append(
        store, "shared", "publication", {"publication": values}, reviewer=reviewer, article_id=article_id
    )
    project_shared(store, entry)
    return "publication"


def _headline(store: Store, article_id: str) -> str:
    parts = parts_of(store, article_id)
    row = store.connection.execute(
        "select text from article_text where article = ?", (article_key(store.connection, article_id),)
    ).fetchone()
    return headline_of(row[0], parts.blocks) if row else ""


def project_shared(store: Store, entry: Entry) -> None:
    """Write what a shared entry says into the shared tables; an erased entry says nothing.

    Raises DomainError for one that is about an article and names none.
    """
    article_id, payload = entry.article_id, entry.payload
    if entry.action in _PROJECTED_ELSEWHERE:
        _PROJECTED_ELSEWHERE[entry.action](store, entry)
        return
    if article_id is None:
        raise DomainError(f"entry {entry.id} ({entry.action}): it names no article")
    if "publication" in payload:
        publications.insert(store, article_id, Publication(**payload["publication"]))
    if entry.action == "import" and payload:
        store.connection.execute(
            "update article set sentences = ?, language = ?, rights = ?, origin = ?, splitter = ? where id = ?",
            (
                len(payload["sentences"]),
                *(payload[name] for name in ("language", "rights", "origin", "splitter")),
                article_id,
            ),
        )
    if entry.action == LANGUAGE and payload:
        store.connection.execute("update article set language = ? where id = ?", (payload["language"], article_id))
    if entry.action in ("hide", "show"):
        store.connection.execute("update article set hidden = ? where id = ?", (entry.action == "hide", article_id))


def _nothing(_store: Store, _entry: Entry) -> None:
    """Sources are settled over all entries together, names before all others; uniting brought entries of its own."""


_PROJECTED_ELSEWHERE: Mapping[str, Callable[[Store, Entry], None]] = {
    CHOICE: project_choice,
    sources.KEPT: _nothing,
    MERGE: _nothing,
    aliases.RENAME: _nothing,
    publications.EDIT: publications.project,
    **dict.fromkeys(schemes.ACTIONS, schemes.project),
    **dict.fromkeys(project.ACTIONS, project.project),
    questions.QUESTION: questions.project,
}


def find_article(store: Store, named: str) -> str:
    """The id of the article that a person means: an id or its beginning (6 digits at least), a url, or a title.

    A text without a title goes by its first line. Where nothing is exactly so, case, accents and the kind of quotation
    marks do not matter in titles. Raises NotFoundError where none or several match.
    """
    with translated(store.path):
        ids = _called(store, named) or _called_nearly(store, named)
    if len(ids) == 1:
        return str(ids[0])
    if not ids:
        how = "give an id, its beginning, an address or the exact title, as `annotator articles` lists them"
        raise NotFoundError(f"{store.path}: no article {named!r}; {how}")
    raise NotFoundError(f"{store.path}: {named!r} means {len(ids)} articles: {', '.join(id_[:12] for id_ in ids)}")


def _called(store: Store, named: str) -> list[str]:
    lower = named.lower()
    prefix = lower if len(named) >= 6 and all(digit in "0123456789abcdef" for digit in lower) else "-"
    rows = store.connection.execute(
        "select article.id from article left join publication on publication.article = article.ordinal "
        "where purged_at is null and ?2 <> '' "
        "and (substr(article.id, 1, length(?1)) = ?1 or url = ?2 or title = ?2 or origin = ?2) order by ordinal",
        (prefix, named),
    )
    return list(dict.fromkeys(str(id_) for (id_,) in rows))


def _called_nearly(store: Store, named: str) -> list[str]:
    """Those whose title is so but for what does not matter; a text without one goes by its first line."""
    with own_function(store.connection, "folded", lambda title: fold(title or "")):
        rows = store.connection.execute(
            "select article.id from article left join publication on publication.article = article.ordinal "
            f"where purged_at is null and ?1 <> '' and folded({TITLE}) = ?1 order by ordinal",
            (fold(" ".join(named.split())),),
        ).fetchall()
    return list(dict.fromkeys(str(id_) for (id_,) in rows))


def hide_article(store: Store, article_id: str, reviewer: str | None, *, hidden: bool = True) -> bool:
    """Hide an article from queues, reports and exports, or show it again; False where it was so already.

    Raises NotFoundError for an unknown article and for a purged one.
    """
    with store.transaction():
        check_held(store, article_id)
        if (visibility(store, article_id) == "hidden") is hidden:
            return False
        action = "hide" if hidden else "show"
        project_shared(store, ledger.append(store, "shared", action, {}, reviewer=reviewer, article_id=article_id))
    return True


def set_language(store: Store, article_id: str, tag: str, reviewer: str | None) -> bool:
    """Say which language an article is in (a BCP 47 tag); False where it is said so already.

    Raises NotFoundError for an unknown article and for a purged one.
    """
    with store.transaction():
        check_held(store, article_id)
        row = store.connection.execute("select language from article where id = ?", (article_id,)).fetchone()
        if row[0] == tag:
            return False
        payload = {"language": tag}
        project_shared(
            store, ledger.append(store, "shared", LANGUAGE, payload, reviewer=reviewer, article_id=article_id)
        )
    return True


_OF_AN_ARTICLE = (
    *("verdict", "evidence", "judgement", "boundary", "refusal", "progress", "place", "draft", "attribution_source"),
    *("open_worth", "judged_vector"),
    *("suggestion", "publication", "article_text"),
)


def purge_article(store: Store, article_id: str, reviewer: str | None) -> None:
    """Erase an article's text, everything decided about it and the payloads of its ledger entries.

    What stays is the tombstone: the id, and the entries without their payloads but with the digests of them. Freed
    pages are overwritten, the index of words is merged without its words, the file is written anew without what
    earlier changes left in it, and the write-ahead log is emptied, so the text is no longer in the database's files; a
    copy made before a migration still holds it.

    Raises NotFoundError for an unknown article, and DatabaseBusyError where another program keeps the log from being
    emptied: the article is gone then, and purging it again finishes the work.
    """
    with translated(store.path):
        known = visibility(store, article_id)
    if known is None:
        raise no_article(store.path, article_id)
    if known != "purged":
        _erase(store, article_id, reviewer)
    with translated(store.path):
        store.connection.execute("vacuum")
        busy = store.connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    if busy:
        raise DatabaseBusyError(
            f"{store.path}: purged, but another program keeps the old text in {store.path.name}-wal; "
            "close it and purge the article again"
        )


def _erase(store: Store, article_id: str, reviewer: str | None) -> None:
    store.connection.execute("pragma secure_delete = on")
    with store.transaction():
        made = sources.before_purge(store, article_id)
        ledger.append(store, "shared", PURGE, {}, reviewer=reviewer, article_id=article_id)
        erase_rows(store, article_id, packed_time(utc_now()))
        sources.after_purge(store, made, reviewer)


def erase_rows(store: Store, article_id: str, purged_at: int | str) -> None:
    """Erase an article's rows and the payloads of its entries, in the caller's transaction; its tombstone stays."""
    article = article_key(store.connection, article_id)
    text = text_of(store, article_id)
    text_index.remove(store.connection, article, text)
    store.connection.execute(
        "update ledger set payload = '', salt = null, erased = 1 where article = ? and erased = 0", (article,)
    )
    store.connection.execute("update attribution set parent = null where article = ?", (article,))
    store.connection.execute("delete from attribution where article = ?", (article,))
    for table in _OF_AN_ARTICLE:
        store.connection.execute(f"delete from {table} where article = ?", (article,))
    near.forget(store, article, text)
    # What was found for others may quote it where it is somebody's earlier verdict.
    store.connection.execute(
        "delete from seen_before where article = ? or instr(found, '\"own\":true') > 0", (article_id,)
    )
    project.forget(store, article)
    questions.forget(store, article)
    store.connection.execute(
        "update article set beginning = '', purged_at = ?, language = '', rights = '', origin = '', worth = null "
        "where ordinal = ?",
        (purged_at, article),
    )


def text_of(store: Store, article_id: str) -> str:
    """The text of an article; raises NotFoundError where it is not here."""
    row = store.connection.execute(
        "select text from article_text where article = ?", (article_key(store.connection, article_id),)
    ).fetchone()
    if row is None:
        raise no_article(store.path, article_id)
    return str(row[0])


def shown_ids(store: Store) -> list[str]:
    """The ids of the articles that are shown, in the order they were added.

    Where several databases were united that is the ledger's order of their first imports, whoever was united with whom.
    """
    shown = "from article where hidden = 0 and purged_at is null"
    first = "min(printf('%020d %s %s', ledger.lamport, origin.text, hex(ledger.id)))"
    united = (
        "select article.id from article join ledger indexed by ledger_shared on ledger.article = article.ordinal "
        f"and ledger.kind = {ledger.SHARED} join name origin on origin.key = ledger.database "
        f"where hidden = 0 and purged_at is null and ledger.action = ? group by article.ordinal order by {first}"
    )
    with translated(store.path):
        (databases,) = store.connection.execute("select count(*) from name where kind = 'database'").fetchone()
        if databases > 1:
            rows = store.connection.execute(united, (known_key(store.connection, "action", "import"),))
        else:
            rows = store.connection.execute(f"select id {shown} order by ordinal")
        return [row[0] for row in rows]


def article_texts(store: Store, words: str) -> Iterator[tuple[str, str]]:
    """The id and text of every article that is shown and may have the words, in the order they were added."""
    with translated(store.path):
        yield from text_index.texts_with(store, words)


def articles_with(store: Store, words: str) -> list[str]:
    """The ids of the same articles."""
    with translated(store.path):
        return text_index.articles_with(store, words)
