"""Ingest: articles are split, suggestions are asked for, and all of it is stored, one transaction an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from annotator import segmentation
from annotator.errors import (
    AnnotatorError,
    ImportFailure,
    RowDamagedError,
    StoreError,
    UnforeseenFailure,
    raised_at,
)
from annotator.importers import ImportOptions, PassedOver, read_sources
from annotator.importers.metering import Opened, as_it_is
from annotator.model.article import Article, ReadingNote, Segmentation, check_segmentation, headline_of, titled
from annotator.model.languages import guessed_language
from annotator.model.scheme import Scheme, default_scheme
from annotator.model.suggestion import Suggestions
from annotator.store import Store, articles, near
from annotator.workflow import suggesting
from annotator.workflow.near_copies import nearest
from annotator.workflow.suggesting import Suggester

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


def split_article(article: Article) -> Segmentation:
    """The article's blocks and sentences, checked."""
    made = segmentation.split(article.text, language=article.language, hints=article.hints)
    check_segmentation(article.text, made)
    return made


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


def suggest_for(
    article: Article, made: Segmentation, suggesters: Sequence[Suggester] = (), scheme: Scheme | None = None
) -> tuple[list[Suggestions], str]:
    """What the suggesters (the built-in ones where none are given) propose, and why some of them do not.

    A suggester never stops an import.
    """
    answers = suggesting.ask(
        suggesters or suggesting.named_suggesters(suggesting.BUILT_IN),
        article.text,
        made,
        publisher=article.publication.publisher,
        scheme=scheme or default_scheme(),
        language=article.language,
    )
    return answers.proposed, answers.in_words


def ingest(
    store: Store | None, items: Iterable[Article | ImportFailure | PassedOver], reviewer: str | None = None
) -> Iterator[Outcome]:
    """Store each item and say what became of it; without a store (a dry run) only say it."""
    suggesters = suggesting.named_suggesters(suggesting.chosen_names(store))
    for item in items:
        if isinstance(item, ImportFailure):
            detail = f"{item.place}: {item.reason}" if item.place else item.reason
            yield Outcome("failed", item.origin, detail=detail, place=item.place, refused_at=raised_at(item))
            continue
        if isinstance(item, PassedOver):
            yield Outcome("passed", item.origin, detail=item.reason)
            continue
        try:
            outcome = _ingest_one(store, item, suggesters, reviewer)
        except Exception as error:  # noqa: BLE001 - raised again but for what is this article's alone
            detail, at = of_one(error, item.origin).reason, raised_at(error)
            outcome = Outcome("failed", item.origin, item.publication.title, detail=detail, refused_at=at)
        yield outcome


def of_one(error: Exception, origin: str, place: str = "") -> ImportFailure:
    """The failure of the article that an exception was raised for, while it was split, searched or stored.

    Raises it again where it is the database's, and so every article's. What nobody foresaw costs one article: its
    transaction is rolled back, and its failure names the fault.
    """
    # The error of SQLite that is none of the others is a constraint that these rows break.
    if isinstance(error, ImportFailure):
        return error
    if type(error) is StoreError:
        return UnforeseenFailure(origin, error, place)
    if isinstance(error, StoreError | OSError) and not isinstance(error, RowDamagedError):
        raise error
    return (
        ImportFailure(origin, str(error), place)
        if isinstance(error, AnnotatorError)
        else UnforeseenFailure(origin, error, place)
    )


def _ingest_one(
    store: Store | None, article: Article, suggesters: Sequence[Suggester], reviewer: str | None
) -> Outcome:
    held = near.held_as(store, article.text) if store is not None else None
    known = articles.visibility(store, held) if store is not None and held is not None else None
    if store is not None and known in ("shown", "hidden"):
        empty = Segmentation((), (), segmentation.VERSION)
        result = articles.add_article(store, article, empty, [], reviewer)
        note = "it is hidden: `annotator remove --undo` shows it again" if known == "hidden" else ""
        return _outcome(article, result, 0, note)
    made = split_article(article)
    (publication,) = titled([article.publication], headline_of(article.text, made.blocks))
    article = replace(article, publication=publication)
    suggestions, trouble = suggest_for(article, made, suggesters, store.scheme if store is not None else None)
    if store is None:
        return _outcome(article, "added", len(made.sentences), trouble)
    result = articles.add_article(store, article, made, suggestions, reviewer)
    copy = nearest(store, article) if result == "added" else ""
    return replace(
        _outcome(article, result, len(made.sentences), "; ".join(filter(None, [copy, trouble]))), near=bool(copy)
    )


def _outcome(article: Article, result: Result, sentences: int, detail: str) -> Outcome:
    """What became of an article that was read."""
    title = article.publication.title
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
