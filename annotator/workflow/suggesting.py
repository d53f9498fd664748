"""Suggesting: which suggesters there are, asking them without letting one of them stop anything, and asking again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import field, replace
from types import NoneType
from typing import TYPE_CHECKING, TypeAlias

from annotator import suggesters as built_in
from annotator.check_worthiness import suggest_worth
from annotator.errors import DecisionRefused, DomainError, RowDamagedError
from annotator.model.article import Segmentation
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.late import dataclass
from annotator.model.ledger import payload_json
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.suggestion import (
    AttributionSuggestion,
    Suggestions,
    WorthSuggestion,
    check_suggestions,
    suggester_name,
)
from annotator.store import Store, worths_anew
from annotator.store import suggestions as stored
from annotator.store.review import load_article

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Wanted: TypeAlias = type | tuple[type, ...]

GROUP = "annotator.suggesters"
"""The entry-point group of suggesters; an entry point's name is its suggester's."""

RULES, WORTH = "rules", "worth"
BUILT_IN = (RULES, WORTH)
"""The suggesters that are built in, and those that are asked where a project has chosen none, the first first."""


@dataclass(frozen=True, slots=True)
class Suggester:
    """A suggester: its name, where it is from, and its function or else (`trouble`) why it has none."""

    name: str
    origin: str
    function: Callable[..., object] | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What suggesters proposed for one article, in their order, and why some of them (by name) proposed nothing."""

    proposed: list[Suggestions] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def in_words(self) -> str:
        """The troubles on one line; empty where there are none."""
        return "; ".join(f"no suggestions from {name}: {why}" for name, why in self.troubles.items())


@dataclass(frozen=True, slots=True)
class Renewed:
    """An article whose suggestions are new: how many there are, and what went wrong."""

    article_id: str
    title: str
    proposals: int
    detail: str


# Which there are


def known_suggesters() -> list[Suggester]:
    """The built-in suggesters and every one that is installed, by name; loads all of them."""
    found = [_built_in(name) for name in BUILT_IN]
    for point in sorted(_installed(), key=lambda point: point.name):
        taken = point.name in {suggester.name for suggester in found}
        found.append(_refused(point, "its name is taken") if taken else _loaded(point))
    return found


def named_suggesters(names: Sequence[str]) -> list[Suggester]:
    """The suggesters with these names, loaded; one that is not installed, or does not load, has its trouble."""
    installed: dict[str, EntryPoint] = {}
    # Looking through everything that is installed takes time that the built-in suggesters do not need.
    for point in _installed() if any(name not in BUILT_IN for name in names) else ():
        installed.setdefault(point.name, point)
    return [
        _built_in(name)
        if name in BUILT_IN
        else _loaded(installed[name])
        if name in installed
        else Suggester(name, "", trouble="not installed here; `annotator suggesters` lists those that are")
        for name in names
    ]


def _installed() -> Iterable[EntryPoint]:
    # Deferred: each process that an import starts would load a reader of e-mail for it.
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def usable_suggesters(names: Sequence[str]) -> list[Suggester]:
    """The suggesters with these names, each once; raises DecisionRefused for one that cannot be used, saying why."""
    found = named_suggesters(list(dict.fromkeys(names)))
    for suggester in found:
        if suggester.trouble:
            raise DecisionRefused(f"suggester {suggester.name!r}: {suggester.trouble}")
    return found


def _built_in(name: str) -> Suggester:
    return Suggester(name, "built in", built_in.suggest if name == RULES else suggest_worth)


def _origin(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def _refused(point: EntryPoint, why: str) -> Suggester:
    return Suggester(point.name, _origin(point), trouble=why)


def _loaded(point: EntryPoint) -> Suggester:
    if "@" in point.name:
        return _refused(point, "a suggester's name has no @")
    try:
        function = point.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a plug-in is anybody's code: it is listed with its error
        return _refused(point, f"cannot be loaded: {_said(error)}")
    if not callable(function):
        return _refused(point, f"cannot be loaded: {point.value} is no function")
    return Suggester(point.name, _origin(point), function)


# Which are chosen


def chosen_names(store: Store | None) -> tuple[str, ...]:
    """The names of the project's suggesters, the first first; the built-in ones where nothing was chosen."""
    return (stored.chosen_suggesters(store) if store is not None else ()) or BUILT_IN


def choose(store: Store, names: Sequence[str], reviewer: str | None) -> bool:
    """Choose the project's suggesters; False where they are chosen already.

    Raises DecisionRefused for one that is not there or cannot be loaded.
    """
    wanted = list(dict.fromkeys(names))
    usable_suggesters(wanted)
    return tuple(wanted) != chosen_names(store) and stored.choose_suggesters(store, wanted, reviewer)


# Asking them


def ask(
    suggesters: Iterable[Suggester],
    text: str,
    segmentation: Segmentation,
    *,
    publisher: str,
    scheme: Scheme,
    language: str = "",
) -> Answers:
    """What each suggester proposes for an article; whatever one of them does wrong is told and its answer dropped.

    The built-in ones are told the language, a BCP 47 tag; empty where it is to be guessed. A check-worthiness that the
    scheme does not have is left out.
    """
    answers = Answers()
    known = {value.id for value in scheme.worth}
    for suggester in suggesters:
        try:
            if suggester.function is None:
                raise DomainError(suggester.trouble)
            more = {"language": language} if suggester.name in BUILT_IN else {}
            # What a plug-in prints is no data of ours.
            with redirect_stdout(sys.stderr):
                made = suggester.function(text, segmentation, publisher=publisher, **more)
            proposed = _checked(suggester.name, text, made)
        except DomainError as error:
            answers.troubles[suggester.name] = str(error)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - anybody's code: an article is worth more than its suggestions
            answers.troubles[suggester.name] = _said(error)
        else:
            worths = tuple(worth for worth in proposed.worths if worth.worth in known)
            answers.proposed.append(replace(proposed, worths=worths))
    return answers


def _said(error: BaseException) -> str:
    """An exception of anybody's, which may not even know how to say what it is."""
    name = type(error).__name__
    try:
        return f"{name}: {error}"
    except Exception:  # noqa: BLE001 - anybody's code
        return name


def _checked(name: str, text: str, made: object) -> Suggestions:
    """What a suggester returned, if it can be stored and accepted; raises DomainError."""
    if not isinstance(made, Suggestions):
        raise DomainError(f"it returned {type(made).__name__}, not Suggestions")
    if suggester_name(made.suggester) != name:
        raise DomainError(f"it calls itself {made.suggester!r}, not {name!r} or {name + '@VERSION'!r}")
    # What is built in is checked by mypy, and an import asks it for every article.
    for value, wanted in _values(made) if name not in BUILT_IN else ():
        if not isinstance(value, wanted):
            raise DomainError(f"it proposed {value!r}, a {type(value).__name__}, where {_names(wanted)} is needed")
    # One lone surrogate would stop the transaction that stores all of it.
    rules = {*(worth.rule for worth in made.worths), *(one.rule for one in made.attributions)}
    payload_json({"names": [made.suggester, *rules]})
    check_suggestions(text, made)
    return made


def _values(made: Suggestions) -> Iterator[tuple[object, Wanted]]:
    """Every value with the type it needs to be stored: an offset can be another library's number, a span a pair."""
    for worth in made.worths:
        yield worth, WorthSuggestion
        yield from ((worth.worth, str), (worth.rule, str), (worth.confidence, (float, int)))
        yield from _offsets([worth.span])
    for one in made.attributions:
        yield one, AttributionSuggestion
        yield from ((one.rule, str), (one.confidence, (float, int)))
        said = one.attribution
        yield said, Attribution
        yield from ((said.id, str), (said.parent, (str, NoneType)), (said.negated, bool))
        yield from ((said.type, AttributionType), (said.form, Form), (said.anonymity, Anonymity))
        yield from ((said.source, tuple), (said.content, tuple))
        yield from _offsets(span for _, span in said.role_spans())


def _offsets(spans: Iterable[object]) -> Iterator[tuple[object, Wanted]]:
    for span in spans:
        yield span, Span
        assert isinstance(span, Span)
        yield from ((span.start, int), (span.end, int))


def _names(wanted: Wanted) -> str:
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    return " or ".join(kind.__name__ for kind in kinds)


def suggest_again(store: Store, article_ids: Iterable[str]) -> Iterator[Renewed]:
    """Ask the project's suggesters anew for these articles, one by one.

    What was proposed before is superseded, in one transaction an article, but for what a suggester proposed that
    fails now. No decision changes. Raises NotFoundError for an article that is not here.
    """
    suggesters = named_suggesters(chosen_names(store))
    for article_id in article_ids:
        try:
            article = load_article(store, article_id)
        except RowDamagedError as error:
            yield Renewed(article_id, "", 0, str(error))
            continue
        publisher = article.publications[0].publisher if article.publications else ""
        answers = ask(
            suggesters,
            article.text,
            stored.segmentation_of(store, article),
            publisher=publisher,
            scheme=store.scheme,
            language=article.language,
        )
        with store.transaction():
            stored.write_suggestions(store, article_id, answers.proposed, answers.troubles)
            worths_anew.after_suggesting(store, article_id)
        count = sum(len(one.worths) + len(one.attributions) for one in answers.proposed)
        yield Renewed(article_id, article.title, count, answers.in_words)
