"""Uniting ledgers: the entries and texts of another database come in, and the present state is folded anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from annotator.errors import DatabaseDamagedError, SchemeError
from annotator.model.article import Article, Publication
from annotator.model.late import dataclass
from annotator.model.ledger import Entry
from annotator.model.text import article_id as id_of_text
from annotator.model.uniting import HEADS, MERGE
from annotator.store import aliases, articles, digests, ledger, sources, text_index
from annotator.store.article_rows import article_rows
from annotator.store.connection import Store, translated
from annotator.store.held import visibility
from annotator.store.names import all_names, article_key, key_of
from annotator.store.packing import packed_id
from annotator.store.parts import parts_of
from annotator.store.rebuilding import refold
from annotator.store.soundness.ledger_check import sealed_entries
from annotator.store.suggestions import unite_suggestions, write_row

Wanted = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class United:
    """What came in: entries of the ledger, texts, and articles that were erased because they were purged there."""

    entries: int
    texts: int
    purged: int

    @property
    def nothing(self) -> bool:
        """Whether everything was here already."""
        return not (self.entries or self.texts or self.purged)


def unite(store: Store, other: Store) -> United:
    """Take in what another database has and this one has not: one transaction, and nothing else is changed there.

    Raises SchemeError where the projects have schemes that are not versions of one, and DatabaseDamagedError where an
    entry or a text over there is not what its digest or id says; then nothing is changed here.
    """
    check_scheme(store, other)
    with store.transaction():
        texts = take_texts(store, other, None)
        entries = take_entries(store, other, lambda _: True) if texts or _has_news(store, other) else 0
        purged = _purge_as_there(store, other)
        united = United(entries, texts, purged)
        if united.nothing:
            return united
        record_heads(store, other)
        refold(store)
    return united


def check_scheme(store: Store, other: Store) -> None:
    """Raise SchemeError where the two projects have schemes that are not versions of one scheme."""
    mine, theirs = store.scheme, other.scheme
    if mine.id != theirs.id or (mine.version == theirs.version and mine != theirs):
        raise SchemeError(
            f"{other.path}: its scheme is {theirs.label}, here it is {mine.label}: give both the same with "
            "`annotator scheme use` first"
        )


def take_texts(store: Store, other: Store, wanted: Collection[str] | None) -> int:
    """Write the texts (all, or the wanted ones) that are over there and not here, with what suggesters proposed."""
    count = 0
    with translated(other.path):
        rows = other.connection.execute("select ordinal, id, purged_at from article order by ordinal").fetchall()
    for ordinal, article_id, purged_at in rows:
        if wanted is not None and article_id not in wanted:
            continue
        known = article_key(store.connection, article_id)
        if not known and purged_at is None:
            known = _write_text(store, other, ordinal, article_id)
            count += 1
        elif not known:
            _write_tombstone(store, other, ordinal)
            count += 1
        if purged_at is None and visibility(store, article_id) != "purged":
            _take_suggestions(store, other, known, ordinal, article_id)
    return count


def _write_text(store: Store, other: Store, ordinal: int, article_id: str) -> int:
    (text,) = other.connection.execute("select text from article_text where article = ?", (ordinal,)).fetchone()
    if id_of_text(text) != article_id:
        raise DatabaseDamagedError(f"{other.path}: article {article_id[:12]} has another text than its id says")
    first = next(ledger.entries_on(other, article_id, "import"))
    facts = first.payload
    article = Article(text, facts["origin"], Publication(**facts["publication"]), facts["language"], facts["rights"])
    rows = article_rows(article, parts_of(other, article_id), ())
    written = articles.write_article(store, rows)
    text_index.add(store.connection, [(written, rows.index)])
    return written


def _write_tombstone(store: Store, other: Store, ordinal: int) -> None:
    columns = "id, length, sentences, beginning, language, rights, origin, splitter, added_at, hidden, purged_at"
    row = other.connection.execute(f"select {columns} from article where ordinal = ?", (ordinal,)).fetchone()
    marks = ", ".join("?" * len(row))
    store.connection.execute(f"insert into article ({columns}) values ({marks})", tuple(row))


def _take_suggestions(store: Store, other: Store, article: int, ordinal: int, article_id: str) -> None:
    rows = other.connection.execute(
        "select text, current, superseded from suggestion join name on name.key = suggester where article = ?",
        (ordinal,),
    ).fetchall()
    for suggester, current, superseded in rows:
        key = key_of(store.connection, "suggester", suggester)
        mine = store.connection.execute(
            "select current, superseded from suggestion where article = ? and suggester = ?", (article, key)
        ).fetchone()
        united = unite_suggestions(article_id, suggester, mine, (current, superseded))
        write_row(store, article, key, *united)
        if mine is None or united[0] != mine[0]:
            # To be found out when the entries are here too.
            store.connection.execute("update article set worth = null where ordinal = ?", (article,))


def take_entries(store: Store, other: Store, wanted: Wanted) -> int:
    """Write the wanted entries that are over there and not here, as they are; how many.

    An entry of an article that is purged here comes without its payload.
    """
    known = {row[0] for row in store.connection.execute("select id from ledger")}
    count = 0
    with translated(other.path):
        for entry, salt, digest, seal in sealed_entries(other):
            if packed_id(entry.id) in known or not wanted(entry):
                continue
            _check_seal(other, entry, salt, digest, seal)
            erased = salt is None or (entry.article_id is not None and visibility(store, entry.article_id) == "purged")
            ledger.write_sealed(store, entry, None if erased else salt, digest, seal)
            count += 1
    return count


def _has_news(store: Store, other: Store) -> bool:
    """Whether anything happened over there that is not known here.

    What a bundle was told when it was made is none, but for sources that are not known here: such entries say what
    later ones over there knew, and come in with the first of them.
    """
    if sources.registry(other).entities.keys() - sources.registry(store).entities.keys():
        return True
    known = {row[0] for row in store.connection.execute("select id from ledger")}
    with translated(other.path):
        happened = other.connection.execute(
            "select id from ledger join name on name.key = action where name.text not in (?, ?)", (MERGE, sources.KEPT)
        )
        return any(row[0] not in known for row in happened)


def _check_seal(other: Store, entry: Entry, salt: bytes | None, digest: bytes, seal: bytes) -> None:
    whole = salt is None or digests.payload_digest(entry.payload, salt) == digest
    if not whole or digests.seal(entry, digest) != seal:
        raise DatabaseDamagedError(
            f"{other.path}: ledger entry {entry.id} was changed outside annotator; ask `annotator doctor`"
        )


def _purge_as_there(store: Store, other: Store) -> int:
    """Erase what was purged over there."""
    count = 0
    rows = other.connection.execute("select id, purged_at from article where purged_at is not null").fetchall()
    for article_id, purged_at in rows:
        if visibility(store, article_id) in ("shown", "hidden"):
            articles.erase_rows(store, article_id, purged_at)
            count += 1
    return count


def record_heads(store: Store, other: Store) -> None:
    """Note in the ledger how far every database's entries are known here from now on."""
    heads = dict(
        store.connection.execute(
            "select text, max(lamport) from ledger join name on name.key = ledger.database group by 1"
        ).fetchall()
    )
    heads.pop(store.database_id, None)
    ledger.append(store, "shared", MERGE, {HEADS: heads, "from": other.database_id})


def merges(store: Store) -> Iterator[Entry]:
    """The entries of uniting, in the ledger's order."""
    return ledger.shared_entries(store, MERGE)


def decided_apart(store: Store, reviewer: str | None = None) -> list[tuple[str, str]]:
    """Who (one reviewer, or everybody) decided on which shown article (id) on several machines or by several names."""
    names = aliases.now_called(store.connection)
    present = {names.get(name, name) for name in all_names(store.connection, "reviewer").values()}
    found: list[tuple[str, str]] = []
    with translated(store.path):
        for name in sorted(present if reviewer is None else present & {reviewer}):
            own = aliases.own_keys(store.connection, name)
            found += [(name, row[0]) for row in store.connection.execute(_decided_apart(own), own)]
    return found


def _decided_apart(own: tuple[int, ...]) -> str:
    return (
        "select article.id from (select article from ledger indexed by ledger_by_reviewer "
        f"where reviewer {aliases.one_of(own)} and kind = {ledger.DECISION} group by article "
        "having min(database) <> max(database) or min(reviewer) <> max(reviewer)) apart "
        "join article on article.ordinal = apart.article where hidden = 0 and purged_at is null "
        "order by article.ordinal"
    )
