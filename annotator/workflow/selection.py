"""Which reviewers and articles are meant where a person names some of them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, project, records
from annotator.store.held import visibility

_NOBODY = "\0"
"""A reviewer without any work; no argument of a command can hold it."""


def known_reviewers(store: Store, named: Sequence[str]) -> list[str]:
    """The names, or (none named) everybody's but the adjudicated layer's; an empty list is everybody's.

    Raises NotFoundError for somebody who has done nothing here.
    """
    known = records.reviewers(store)
    if not named and ADJUDICATED in known:
        return [name for name in known if name != ADJUDICATED] or [_NOBODY]
    renamed = project.load_project(store)
    for name in named:
        renamed.check_name(name)
        if name not in known and name != _NOBODY:
            there = f"here are: {', '.join(known)}" if known else "nobody has reviewed anything yet"
            raise NotFoundError(f"{store.path}: no reviewer {name!r}; {there}")
    return list(named)


def visible_reviewers(store: Store, named: Sequence[str], viewer: str | None) -> list[str]:
    """Whose work a report may show to the viewer (None: it is not known who asks) of those that are named.

    None named is everybody (an empty list), or in a project that is blind the viewer alone. The viewer who has done
    nothing here is nobody, and never unknown. Raises NotFoundError where the viewer has another name here, and
    DecisionRefused where another's work is asked for that is not the viewer's to see.
    """
    if project.load_project(store).sees_all(viewer):
        return [_with_work(store, name) if name == viewer else name for name in named]
    me = known_viewer(viewer)
    others = [name for name in named if name != me]
    if others:
        raise DecisionRefused(
            f"this project is blind: the work of {', '.join(others)} is not yours to see before the lead opens it"
        )
    return [_with_work(store, me)]


def _with_work(store: Store, viewer: str) -> str:
    """The viewer's name, or nobody's where there is no work of the viewer's."""
    project.load_project(store).check_name(viewer)
    return viewer if viewer in records.reviewers(store) else _NOBODY


def check_sees_all(store: Store, viewer: str | None, what: str) -> None:
    """Raise DecisionRefused where `what` follows from everybody's work, and the viewer may not see it."""
    if not project.load_project(store).sees_all(viewer):
        known_viewer(viewer)
        raise DecisionRefused(f"this project is blind: {what} follows from everybody's work, and is the lead's to see")


def known_viewer(viewer: str | None) -> str:
    """Who asks; raises DecisionRefused where that is not known: in a blind project it decides what is shown."""
    if viewer is None:
        raise DecisionRefused(
            "this project is blind: say who you are with `annotator --reviewer NAME` or in the configuration"
        )
    return viewer


def shown_articles(store: Store, named: Sequence[str]) -> list[str]:
    """The ids of the articles; raises NotFoundError for one that is not there, and for a hidden one."""
    found = [articles.find_article(store, name) for name in named]
    for article_id in found:
        if visibility(store, article_id) == "hidden":
            short = article_id[:12]
            raise NotFoundError(
                f"{store.path}: article {short} is hidden; `annotator remove --undo {short}` shows it again"
            )
    return found
