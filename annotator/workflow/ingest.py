"""Ingest: articles are split, suggestions are asked for, and all of it is stored, one transaction an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from annotator import segmentation
from annotator.errors import AnnotatorError, DecisionRefused, ImportFailure, raised_at
from annotator.importers import ImportOptions, PassedOver, read_sources
from annotator.importers.metering import Opened, as_it_is
from annotator.model.article import Article, ReadingNote, Segmentation
from annotator.model.languages import guessed_language
from annotator.model.late import dataclass
from annotator.store import Store, articles, near
from annotator.store.held import visibility
from annotator.workflow import suggesting
from annotator.workflow.ahead import Item, count_of, prepared_ahead
from annotator.workflow.failing import of_one
from annotator.workflow.near_copies import nearest
from annotator.workflow.preparing import NotPrepared, Packed, Prepared, prepared, prepared_all, split_article

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
    return replace(article, language=guessed, notes=(*article.notes, note))


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
    for item, made in prepared_ahead(
        items, partial(_is_new, store), here, partial(prepared_all, names=names, scheme=scheme), elsewhere
    ):
        if isinstance(item, ImportFailure):
            detail = f"{item.place}: {item.reason}" if item.place else item.reason
            yield Outcome("failed", item.origin, detail=detail, place=item.place, refused_at=raised_at(item))
            continue
        if isinstance(item, PassedOver):
            yield Outcome("passed", item.origin, detail=item.reason)
            continue
        try:
            outcome = _ingest_one(store, item, made, reviewer, only_worth=only_worth)
        except Exception as error:  # noqa: BLE001 - raised again but for what is this article's alone
            detail, at = of_one(error, item.origin).reason, raised_at(error)
            outcome = Outcome("failed", item.origin, item.publication.title, detail=detail, refused_at=at)
        yield outcome


def _is_new(store: Store | None, article: Article) -> bool:
    """Whether nothing is known here of an article's text, so that it has to be prepared."""
    return not article.prepared and (store is None or near.held_as(store, article.text) is None)


def _ingest_one(
    store: Store | None,
    article: Article,
    made: Callable[[], Prepared | Packed | NotPrepared],
    reviewer: str | None,
    *,
    only_worth: bool,
) -> Outcome:
    held = near.held_as(store, article.text) if store is not None else None
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
    rows = ready.rows
    (became,) = articles.add_articles(store, [rows], reviewer)
    if isinstance(became, DecisionRefused):
        raise became
    copy = nearest(store, rows) if became == "added" else ""
    detail = "; ".join(filter(None, [copy, ready.trouble]))
    return replace(_outcome(article, became, ready.title, ready.sentences, detail), near=bool(copy))


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
