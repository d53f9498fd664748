"""Articles of the same text, and near copies: which are there already, whatever their white space and ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annotator.model.language.shingles import bands, shingles
from annotator.model.text import article_id, same_text_id
from annotator.store.article_rows import ArticleRows
from annotator.store.connection import Store, translated
from annotator.store.names import article_key

_MOST_OF_ONE_BAND = 20
# Of the articles that share a fingerprint so many are taken; a press agency's thousandth copy need not meet them all.
_BEHIND_ALL = 2**63 - 1


def held_under(store: Store, own: str, same: str) -> str | None:
    """The id under which an article is held here, be it hidden or purged; None where there is none.

    `own` is the id of its text and `same` what `same_text_id` makes of it. A text with other white space around it or
    at its line ends is the same one: articles that were stored before that was dropped are found too, the first of them
    where there are several.
    """
    row = store.connection.execute(
        "select id from article where id in (?1, ?2) union all "
        "select id from same_text join article on article.ordinal = article where text_id = ?2",
        (own, same),
    ).fetchall()
    ids = [str(each[0]) for each in row]
    return min(ids, key=lambda id_: (id_ != own, id_ != same, ids.index(id_)), default=None)


def held_as(store: Store, text: str, own: str = "") -> str | None:
    """The id under which an article of this text is held here, as `held_under` says; `own` is its id, where known."""
    own = own or article_id(text)
    return held_under(store, own, same_text_id(text, own))


def remember(store: Store, ordinal: int, rows: ArticleRows) -> None:
    """Make a new article findable by its text and by its near copies; inside the caller's transaction."""
    if rows.same_text != rows.id:
        store.connection.execute(
            "insert or ignore into same_text (text_id, article) values (?, ?)", (rows.same_text, ordinal)
        )
    write_bands(store, ordinal, rows.bands)


def forget(store: Store, ordinal: int, text: str) -> None:
    """Erase what an article's text was found by, but for its id; inside the caller's transaction."""
    store.connection.executemany(
        "delete from near_band where band = ? and article = ?", [(band, ordinal) for band in bands(shingles(text))]
    )


def near_candidates(
    store: Store, id_: str, fingerprints: Iterable[int], most: int, *, earlier: bool = False
) -> list[tuple[str, str]]:
    """The ids and texts of shown articles that may be near copies of this one, the likeliest first.

    `fingerprints` are what `model.shingles.bands` makes of its text. With `earlier` only those are looked at that were
    stored before it.
    """
    with translated(store.path):
        behind = article_key(store.connection, id_) if earlier else _BEHIND_ALL
        counts = Counter(_sharing(store, list(fingerprints), behind))
        texts = []
        for ordinal in sorted(counts, key=lambda each: (-counts[each], each)):
            row = store.connection.execute(
                "select id, text from article join article_text on article_text.article = article.ordinal "
                "where article.ordinal = ? and hidden = 0 and id <> ?",
                (ordinal, id_),
            ).fetchone()
            if row is not None:
                texts.append((str(row[0]), str(row[1])))
            if len(texts) == most:
                break
        return texts


def _sharing(store: Store, fingerprints: Sequence[int], behind: int) -> Iterator[int]:
    """The ordinals before `behind` of articles that have these fingerprints, each as often as it has one."""
    if not fingerprints:
        return
    one = "select article from (select article from near_band where band = ? and article < ? limit ?)"
    asked = [value for band in fingerprints for value in (band, behind, _MOST_OF_ONE_BAND)]
    for (ordinal,) in store.connection.execute(" union all ".join([one] * len(fingerprints)), asked):
        yield ordinal


def write_bands(store: Store, ordinal: int, fingerprints: Iterable[int]) -> None:
    """Write the fingerprints of an article; inside the caller's transaction."""
    store.connection.executemany(
        "insert or ignore into near_band (band, article) values (?, ?)", [(band, ordinal) for band in fingerprints]
    )
