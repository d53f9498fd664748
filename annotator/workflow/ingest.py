"""Ingest: articles are split, suggestions are asked for, and all of it is stored.

An article is stored whole or not at all. Of few each has a transaction of its own; of many, those that are ready share
one, because to bring a transaction to the disk takes as long as all else of an article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Literal

from annotator import segmentation
from annotator.errors import AnnotatorError, DecisionRefused, ImportFailure, raised_at
from annotator.importers import ImportOptions, PassedOver, read_sources
from annotator.importers.metering import Opened, as_it_is
from annotator.model.article import Article, ReadingNote, Segmentation
from annotator.model.language.languages import guessed_language
from annotator.model.late import dataclass
from annotator.store import Store, articles, near
from annotator.store.article_rows import ArticleRows
from annotator.store.held import visibility
from annotator.workflow import suggesting
from annotator.workflow.importing.ahead import Item, Made, Together, count_of, prepared_ahead
from annotator.workflow.importing.failing import of_one
from annotator.workflow.importing.near_copies import nearest
from annotator.workflow.importing.preparing import NotPrepared, Packed, Prepared, prepared, prepared_all, split_article

NOT_WORTH = "passed over: nothing in it is suggested as worth checking"

Result = Literal["added", "publication", "there", "failed", "passed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: `detail` says why it failed or was passed over, or what else there is to say.

    `near` says that it is a near copy of another article; `notes` are the article's on how it was read, and `unread`
    the fields of its file that nothing was made of. Of one that failed, `place` is where it is in its file and
    `refused_at` where in the code it was refused.
    """

    result: Result
    origin: str
    title: str = ""
    sentences: int = 0
    detail: str = ""
    notes: tuple[ReadingNote, ...] = ()
    unread: tuple[str, ...] = ()
    near: bool = False
    place: str = ""
    refused_at: str = ""


def read_articles(
    sources: Sequence[str], options: ImportOptions, opened: Opened = as_it_is
) -> Iterator[Article | ImportFailure | PassedOver]:
    """What the sources hold, in order; the language of an article is guessed where nothing says it, and noted."""
    for item in read_sources(sources, options, opened=opened):
        yield _with_language(item) if isinstance(item, Article) and not item.language else item


def _with_language(article: Article) -> Article:
    guessed = guessed_language(article.text)
    note = ReadingNote(f"in {guessed} (guessed)" if guessed else "in a language that is not known")
    return article.told(language=guessed, notes=(*article.notes, note))


def split_articles(
    sources: Sequence[str], options: ImportOptions
) -> Iterator[tuple[Article, Segmentation] | ImportFailure | PassedOver]:
    """What the sources hold, in order, each article with its blocks and sentences."""
    for item in read_articles(sources, options):
        if not isinstance(item, Article):
            yield item
            continue
        try:
            made = split_article(item)
        except Exception as error:  # noqa: BLE001 - raised again but for what is this article's alone
            yield of_one(error, item.origin)
        else:
            yield item, made


def ingest(
    store: Store | None,
    items: Iterable[Item],
    reviewer: str | None = None,
    processes: int | None = None,
    *,
    only_worth: bool = False,
) -> Iterator[Outcome]:
    """Store each item and say what became of it; without a store (a dry run) only say it.

    Many articles are prepared in other processes (as many as the machine has cores for, unless told), and stored here
    in their order: what comes out is the same. What a plug-in suggests is asked for here. With `only_worth` articles of
    which no sentence is suggested as worth checking are passed over.
    """
    names = suggesting.chosen_names(store)
    suggesters = suggesting.named_suggesters(names)
    scheme = store.scheme if store is not None else None
    elsewhere = count_of(processes) if set(names) <= set(suggesting.BUILT_IN) else 0
    here = partial(prepared, suggesters=suggesters, scheme=scheme)
    for together in prepared_ahead(
        items, partial(_is_new, store), here, partial(prepared_all, names=names, scheme=scheme), elsewhere
    ):
        yield from _ingest_together(store, together, reviewer, only_worth=only_worth)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A new article that only has to be stored."""

    article: Article
    made: Prepared | Packed
    rows: ArticleRows


def _ingest_together(
    store: Store | None, together: Together, reviewer: str | None, *, only_worth: bool
) -> Iterator[Outcome]:
    """What becomes of several items; new articles among them that follow each other are stored in one transaction."""
    waiting: list[_Ready] = []
    for item, made, was_new in together:
        once = cache(made)
        ready = None
        if store is not None and isinstance(item, Article) and was_new and len(together) > 1:
            ready = _ready(store, item, once, waiting, only_worth=only_worth)
        if ready is not None:
            waiting.append(ready)
            continue
        if store is not None:
            yield from _stored(store, waiting, reviewer)
            waiting.clear()
        yield _ingested(store, item, once, reviewer, only_worth=only_worth)
    if store is not None:
        yield from _stored(store, waiting, reviewer)


def _ready(store: Store, article: Article, made: Made, waiting: Sequence[_Ready], *, only_worth: bool) -> _Ready | None:
    """An article that was new, as it is stored together with those that wait; None where it is looked at by itself."""
    try:
        ready = made()
    except Exception:  # noqa: BLE001 - looked at by itself it is raised again, and told
        return None
    if isinstance(ready, NotPrepared) or (only_worth and not ready.worth_checking):
        return None
    rows = ready.rows
    ids = {rows.id, rows.same_text}
    twice = any(not ids.isdisjoint((each.rows.id, each.rows.same_text)) for each in waiting)
    # The same text may have come since.
    twice = twice or near.held_under(store, rows.id, rows.same_text) is not None
    return None if twice else _Ready(article, ready, rows)


def _stored(store: Store, waiting: Sequence[_Ready], reviewer: str | None) -> Iterator[Outcome]:
    """Store them in one transaction; each by itself where anything is wrong with one of them."""
    if not waiting:
        return
    try:
        became = articles.add_articles(store, [each.rows for each in waiting], reviewer)
    except Exception:  # noqa: BLE001 - nothing of it is stored, and by itself each is told what is wrong
        for each in waiting:
            yield _told(each.article, partial(_store_one, store, each, reviewer))
        return
    for each, added in zip(waiting, became, strict=True):
        yield _told(each.article, partial(_became, store, each, added))


def _store_one(store: Store, ready: _Ready, reviewer: str | None) -> Outcome:
    (added,) = articles.add_articles(store, [ready.rows], reviewer)
    return _became(store, ready, added)


def _became(store: Store, ready: _Ready, added: articles.Added | DecisionRefused) -> Outcome:
    """What became of an article that was stored, with its near copies; raises why it was refused."""
    if isinstance(added, DecisionRefused):
        raise added
    copy = nearest(store, ready.rows) if added == "added" else ""
    detail = "; ".join(filter(None, [copy, ready.made.trouble]))
    outcome = _outcome(ready.article, added, ready.made.title, ready.made.sentences, detail)
    return replace(outcome, near=bool(copy))


def _ingested(store: Store | None, item: Item, made: Made, reviewer: str | None, *, only_worth: bool) -> Outcome:
    """What becomes of one item by itself."""
    if isinstance(item, ImportFailure):
        detail = f"{item.place}: {item.reason}" if item.place else item.reason
        return Outcome("failed", item.origin, detail=detail, place=item.place, refused_at=raised_at(item))
    if isinstance(item, PassedOver):
        return Outcome("passed", item.origin, detail=item.reason)
    return _told(item, partial(_ingest_one, store, item, made, reviewer, only_worth=only_worth))


def _told(article: Article, became: Callable[[], Outcome]) -> Outcome:
    """What became of an article; where that raises what is this article's alone, that it failed."""
    try:
        return became()
    except Exception as error:  # noqa: BLE001 - raised again but for what is this article's alone
        detail, at = of_one(error, article.origin).reason, raised_at(error)
        return Outcome("failed", article.origin, article.publication.title, detail=detail, refused_at=at)


def _is_new(store: Store | None, article: Article) -> bool:
    """Whether nothing is known here of an article's text, so that it has to be prepared."""
    return not article.prepared and (store is None or near.held_as(store, article.text, article.id) is None)


def _ingest_one(
    store: Store | None,
    article: Article,
    made: Made,
    reviewer: str | None,
    *,
    only_worth: bool,
) -> Outcome:
    held = near.held_as(store, article.text, article.id) if store is not None else None
    known = visibility(store, held) if store is not None and held is not None else None
    if store is not None and known in ("shown", "hidden"):
        empty = Segmentation((), (), segmentation.VERSION)
        result = articles.add_article(store, article, empty, [], reviewer)
        note = "it is hidden: `annotator remove --undo` shows it again" if known == "hidden" else ""
        return _outcome(article, result, article.publication.title, 0, note)
    ready = made()
    if isinstance(ready, NotPrepared):
        title = article.publication.title
        return Outcome("failed", article.origin, title, detail=ready.reason, refused_at=ready.refused_at)
    if only_worth and not ready.worth_checking:
        return Outcome("passed", article.origin, ready.title, detail=NOT_WORTH)
    if store is None:
        return _outcome(article, "added", ready.title, ready.sentences, ready.trouble)
    return _store_one(store, _Ready(article, ready, ready.rows), reviewer)


def _outcome(article: Article, result: Result, title: str, sentences: int, detail: str) -> Outcome:
    """What became of an article that was read."""
    return Outcome(result, article.origin, title, sentences, detail, article.notes, article.unread)


def import_sources(
    store: Store | None,
    sources: Sequence[str],
    options: ImportOptions,
    reviewer: str | None = None,
    opened: Opened = as_it_is,
) -> Iterator[Outcome]:
    """Read files, folders, addresses or standard input, and ingest what is in them."""
    return ingest(store, read_articles(sources, options, opened), reviewer)


def seed_folder() -> Path:
    """Where the sample articles are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "seeds", package.parent / "seeds"):
        if folder.is_dir():
            return folder
    raise AnnotatorError("the sample articles are not installed; import articles of your own: annotator import PATH")


def import_seeds(store: Store) -> list[Outcome]:
    """Fill a new database with the sample articles."""
    folder = seed_folder()
    files = [str(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name != "README.md"]
    return list(import_sources(store, files, ImportOptions()))
