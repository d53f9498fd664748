"""Articles of the same text, and near copies: which are there already, whatever their white space and ids."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.shingles import bands, shingles
from annotator.model.text import article_id, same_text_id
from annotator.store.connection import Store, translated

_BEHIND = "near_from"
"""The key in the table meta: up to this ordinal, articles may be without fingerprints."""
_MOST_OF_ONE_BAND = 20
# Of the articles that share a fingerprint so many are taken; a press agency's thousandth copy need not meet them all.


def held_as(store: Store, text: str) -> str | None:
    """The id under which an article of this text is held here, be it hidden or purged; None where there is none.

    A text with other white space around it or at its line ends is the same one: articles that were stored before that
    was dropped are found too, the first of them where there are several.
    """
    own = article_id(text)
    same = same_text_id(text)
    row = store.connection.execute(
        "select id from article where id in (?1, ?2) or id in (select article_id from same_text where text_id = ?2) "
        "order by id <> ?1, id <> ?2, ordinal limit 1",
        (own, same),
    ).fetchone()
    return str(row[0]) if row else None


def remember(store: Store, id_: str, text: str) -> None:
    """Make a new article findable by its text and by its near copies; inside the caller's transaction."""
    same = same_text_id(text)
    if same != id_:
        store.connection.execute("insert or ignore into same_text (text_id, article_id) values (?, ?)", (same, id_))
    (ordinal,) = store.connection.execute("select ordinal from article where id = ?", (id_,)).fetchone()
    _write_bands(store, ordinal, text)


def forget(store: Store, id_: str) -> None:
    """Erase what an article's text was found by, but for its id; inside the caller's transaction."""
    store.connection.execute("delete from near_band where article = (select ordinal from article where id = ?)", (id_,))


def near_candidates(store: Store, id_: str, most: int) -> list[tuple[str, str]]:
    """The ids and texts of shown articles that may be near copies of this one, the likeliest first."""
    _catch_up(store)
    with translated(store.path):
        rows = store.connection.execute(
            "select band from near_band join article on article = ordinal where id = ?", (id_,)
        )
        counts: dict[int, int] = {}
        for (band,) in rows.fetchall():
            found = store.connection.execute(
                "select article from near_band where band = ? limit ?", (band, _MOST_OF_ONE_BAND)
            )
            for (ordinal,) in found:
                counts[ordinal] = counts.get(ordinal, 0) + 1
        texts = []
        for ordinal in sorted(counts, key=lambda each: (-counts[each], each)):
            row = store.connection.execute(
                "select id, text from article where ordinal = ? and hidden = 0 and text is not null and id <> ?",
                (ordinal, id_),
            ).fetchone()
            if row is not None:
                texts.append((str(row[0]), str(row[1])))
            if len(texts) == most:
                break
        return texts


def _catch_up(store: Store) -> None:
    """Make the fingerprints of articles that an earlier version stored."""
    with translated(store.path):
        if store.connection.execute("select 1 from meta where key = ?", (_BEHIND,)).fetchone() is None:
            return
    with store.transaction():
        row = store.connection.execute("select value from meta where key = ?", (_BEHIND,)).fetchone()
        if row is None:
            return
        for ordinal, text in _texts_up_to(store, int(row[0])):
            _write_bands(store, ordinal, text)
        store.connection.execute("delete from meta where key = ?", (_BEHIND,))


def _texts_up_to(store: Store, last: int) -> Iterator[tuple[int, str]]:
    yield from store.connection.execute(
        "select ordinal, text from article where ordinal <= ? and text is not null order by ordinal", (last,)
    )


def _write_bands(store: Store, ordinal: int, text: str) -> None:
    store.connection.executemany(
        "insert or ignore into near_band (band, article) values (?, ?)",
        [(band, ordinal) for band in bands(shingles(text))],
    )
