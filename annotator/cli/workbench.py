"""Opening the workbench: what has to be there before the screen takes over."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.invocation import Invocation, name_database, opened
from annotator.cli.streams import is_screen, narrate
from annotator.errors import AnnotatorError, ConfigError, NotFoundError
from annotator.model.late import NamedTuple
from annotator.model.scheme import Pass, Scheme
from annotator.workflow.config import LAYOUT, Config, load_config, wrong_setting

if TYPE_CHECKING:
    from annotator.store import Store

LAST = "last"
"""The workbench's word for the article that the reviewer worked on last."""


def open_workbench(
    invocation: Invocation,
    *,
    article: str | None = None,
    resume: bool = False,
    pass_: Pass = "both",
    offset: int | None = None,
    sample: float | None = None,
) -> int:
    """Open the workbench and return its exit status.

    It opens at the article that is named (at the claim at the `offset` in code points, where one is given), or with
    `resume` at the last one, or else at the queue. Where there is no
    database and no article is named, one is made and filled with the sample articles. With a `sample` the lead settles
    what reviewers differ on, and that share of the rest. Raises AnnotatorError where there
    is no terminal, ConfigError for a configuration that is wrong, and StoreError.
    """
    # Nothing is garbage yet: until the first claim is on the screen Python need not look for any.
    gc.disable()
    try:
        return _opened(invocation, _Wanted(article, resume, pass_, offset, sample))
    finally:
        gc.enable()


class _Wanted(NamedTuple):
    """What is to be opened, as `open_workbench` is told."""

    article: str | None
    resume: bool
    pass_: Pass
    offset: int | None
    sample: float | None


def _opened(invocation: Invocation, wanted: _Wanted) -> int:
    # Deferred: --help must not wait for the database's rooms.
    from annotator.model.scheme import default_scheme

    _check_terminal()
    with ExitStack() as opened_here:
        store = _open_existing(invocation)
        if store is not None:
            opened_here.callback(store.close)
        return _run(invocation, wanted, store, store.scheme if store is not None else default_scheme())


def _open_existing(invocation: Invocation) -> Store | None:
    from annotator.cli.updating import Narration
    from annotator.store import open_store

    try:
        return open_store(invocation.path, create=False, told=Narration())
    except NotFoundError:
        return None


def _run(invocation: Invocation, wanted: _Wanted, store: Store | None, scheme: Scheme) -> int:
    config = _checked_config(scheme)
    place = LAST if wanted.resume else None
    if wanted.article is None:
        name_database(invocation)
        _prepare_first_start(invocation)
    else:
        place = _find(invocation, wanted.article) + (f"@{wanted.offset}" if wanted.offset is not None else "")
    # Deferred: importing the screen takes longer than everything before it.
    from annotator.tui.app import run_workbench
    from annotator.workflow.session import ReviewSession, open_session

    def session(path: Path, scheme: Scheme, reviewer: str, pass_: Pass) -> ReviewSession:
        # The database is open already.
        return open_session(path, scheme, reviewer, pass_) if store is None else ReviewSession(store, reviewer, pass_)

    reviewer = invocation.reviewer or config.reviewer
    if store is not None:
        from annotator.store.aliases import check_present

        check_present(store.connection, reviewer)
    return run_workbench(
        invocation.path,
        reviewer,
        pass_=wanted.pass_,
        article=place,
        config=config,
        scheme=scheme,
        sample=wanted.sample,
        session=session,
    )


def _check_terminal() -> None:
    # Whoever names a driver of Textual's (a browser, a test) shows the screen by other means.
    if not os.environ.get("TEXTUAL_DRIVER") and not (is_screen(sys.stdin) and is_screen(sys.stdout)):
        raise AnnotatorError("the workbench needs a terminal; `annotator --help` lists what works without one")


def _checked_config(scheme: Scheme) -> Config:
    # Deferred: --help does not need the table of keys.
    from annotator.tui.keyboards import letters
    from annotator.tui.keymap import Keymap, actions

    config = load_config(known_actions={action.id for action in actions(scheme)})
    if config.keys:
        _check_keys(config)
    try:
        letters(config.layout)
    except ConfigError as error:
        raise wrong_setting(config, ("keys", LAYOUT), str(error)) from error
    try:
        Keymap(actions(scheme, config.keys))
    except ConfigError as error:
        # It names both actions; the line is that of the one to which the user gave the key last.
        named = [id_ for id_ in config.keys if f" {id_} " in str(error)]
        raise wrong_setting(config, ("keys", *named[-1:]), str(error)) from error
    return config


def _check_keys(config: Config) -> None:
    # Deferred: most people have the keys that come with the tool.
    from annotator.tui.key_names import is_key

    for id_, keys in config.keys.items():
        for key in (key for key in keys.split() if not is_key(key)):
            known = "a character, or a name such as enter, pagedown, f5, ctrl+f, shift+left"
            raise wrong_setting(config, ("keys", id_), f"keys of {id_}: no key is called {key!r} (write {known})")


def _find(invocation: Invocation, article: str) -> str:
    from annotator.store.articles import find_article

    with opened(invocation) as store:
        return find_article(store, article)


def _prepare_first_start(invocation: Invocation) -> None:
    path = invocation.path
    if path.exists() and (path.is_dir() or path.stat().st_size):
        return
    from annotator.store import open_store
    from annotator.workflow.ingest import import_seeds, seed_folder

    # Without samples nothing is made, or the next start would find an empty database and no first start.
    seed_folder()
    with closing(open_store(path)) as store:
        outcomes = import_seeds(store)
    for outcome in outcomes:
        if outcome.result == "failed":
            narrate(f"{outcome.origin}: {outcome.detail}")
    added = sum(outcome.result == "added" for outcome in outcomes)
    narrate(f"first start: made {path} with {added} sample articles")
