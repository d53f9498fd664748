"""Preparing: everything about an article that needs no database, from its text to what will be stored of it.

It is a pure function, so that it may run here, in other processes of this machine, or on other machines: what comes
out is the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator import segmentation
from annotator.check_worthiness import suggesting as check_worthiness
from annotator.errors import raised_at
from annotator.model.article import Article, Segmentation, check_segmentation, headline_of, titled
from annotator.model.late import dataclass
from annotator.model.prepared import read_prepared
from annotator.model.scheme import Scheme, default_scheme
from annotator.model.suggestion import Suggestions
from annotator.store.article_rows import ArticleRows, article_rows
from annotator.suggesters.suggest import SUGGESTER
from annotator.workflow import suggesting
from annotator.workflow.importing.failing import of_one
from annotator.workflow.suggesting import Suggester

WORTH_CHECKING = "2"
"""The value of the check-worthiness that is suggested for what the public would want to know."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its blocks, sentences and suggestions; `trouble` says who is silent, and why."""

    article: Article
    segmentation: Segmentation
    suggestions: tuple[Suggestions, ...]
    trouble: str = ""

    @property
    def titled(self) -> Article:
        """The article with its headline for a title where it comes without one."""
        (publication,) = titled([self.article.publication], headline_of(self.article.text, self.segmentation.blocks))
        return self.article.told(publication)

    @property
    def title(self) -> str:
        """The title that the article goes by."""
        return self.titled.publication.title

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.segmentation.sentences)

    @property
    def worth_checking(self) -> int:
        """How many sentences are suggested as worth checking."""
        return sum(each.worth == WORTH_CHECKING for made in self.suggestions for each in made.worths)

    @property
    def rows(self) -> ArticleRows:
        """What is stored of it."""
        return article_rows(self.titled, self.segmentation, self.suggestions)


@dataclass(frozen=True, slots=True)
class Packed:
    """What is stored of an article that another process has prepared, and what is told of it: all that it sends."""

    title: str
    worth_checking: int
    trouble: str
    rows: ArticleRows

    @classmethod
    def of(cls, made: Prepared) -> Packed:
        """What is sent of an article."""
        rows = made.rows
        return cls(rows.payload["publication"]["title"], made.worth_checking, made.trouble, rows)

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return self.rows.sentences


@dataclass(frozen=True, slots=True)
class NotPrepared:
    """Why nothing was made of an article, and where in the code that was."""

    reason: str
    refused_at: str = ""


def split_article(article: Article) -> Segmentation:
    """The article's blocks and sentences, checked."""
    made = segmentation.split(article.text, language=article.language, hints=article.hints)
    check_segmentation(article.text, made)
    return made


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


def prepared(
    article: Article, suggesters: Sequence[Suggester] = (), scheme: Scheme | None = None
) -> Prepared | NotPrepared:
    """The article as it will be stored; raises nothing that is one article's own."""
    try:
        known = _from_elsewhere(article, suggesters, scheme)
        if known is not None:
            return known
        made = split_article(article)
        suggestions, trouble = suggest_for(article, made, suggesters, scheme)
    except Exception as error:  # noqa: BLE001 - raised again but for what is this article's alone
        return NotPrepared(of_one(error, article.origin).reason, raised_at(error))
    return Prepared(article, made, tuple(suggestions), trouble)


def prepared_all(
    articles: Sequence[Article], names: Sequence[str] = suggesting.BUILT_IN, scheme: Scheme | None = None
) -> list[Packed | NotPrepared]:
    """Several articles, each as `prepared` makes it with the suggesters of these names, packed."""
    suggesters = suggesting.named_suggesters(names)
    made = (prepared(article, suggesters, scheme) for article in articles)
    return [Packed.of(each) if isinstance(each, Prepared) else each for each in made]


def _from_elsewhere(article: Article, suggesters: Sequence[Suggester], scheme: Scheme | None) -> Prepared | None:
    """What another machine has made of it, if these suggesters would here; None where it is to be made here."""
    known = read_prepared(article)
    if known is None:
        return None
    made, suggestions = known
    names = [suggester.name for suggester in suggesters] or list(suggesting.BUILT_IN)
    wanted = [_VERSIONS.get(name) for name in names]
    same = made.version == segmentation.VERSION and [each.suggester for each in suggestions] == wanted
    return Prepared(article, made, suggestions) if same and _suggests_as(scheme) else None


_VERSIONS = {suggesting.RULES: SUGGESTER, suggesting.WORTH: check_worthiness.SUGGESTER}


def _suggests_as(scheme: Scheme | None) -> bool:
    """Whether a scheme leaves out no check-worthiness that the one everybody has allows."""
    return scheme is None or {value.id for value in default_scheme().worth} <= {value.id for value in scheme.worth}
