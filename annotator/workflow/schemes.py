"""Schemes and guideline pages: finding them by a name or in a file, and giving them to a project."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import NotFoundError, SchemeError
from annotator.model.guideline import Page
from annotator.model.scheme import (
    Scheme,
    default_scheme,
    read_scheme,
    scheme_problems,
    shipped_names,
    shipped_scheme,
)
from annotator.model.utf8 import where_not_utf8
from annotator.store import Store, open_store, schemes

if TYPE_CHECKING:
    from annotator.store.scheme_change import SchemeChange

LARGEST_FILE = 1_000_000
"""Bytes of a scheme's or a page's file: what is larger is something else."""


def find_scheme(named: str) -> Scheme:
    """The scheme that comes with the tool under this name, or the one in the file; raises SchemeError."""
    if named in shipped_names():
        return shipped_scheme(named)
    path = Path(named)
    # A name is told from a file by what is there, and where nothing is by how it looks.
    if not path.exists() and path.name == named and not path.suffix:
        raise SchemeError(f"no scheme {named!r}: name a file, or one of {', '.join(shipped_names())}")
    return scheme_in(path)


def scheme_in(path: Path) -> Scheme:
    """The scheme in a file; raises SchemeError that names the file and the first thing that is wrong."""
    return read_scheme(_text(path), str(path))


def problems_in(path: Path) -> list[str]:
    """Everything that is wrong with the scheme in a file; raises SchemeError for a file that cannot be read."""
    return scheme_problems(_text(path))


def scheme_at(path: Path) -> Scheme:
    """The scheme of the project in a database, the default one where there is none yet; raises StoreError."""
    try:
        with closing(open_store(path, create=False)) as store:
            return store.scheme
    except NotFoundError:
        return default_scheme()


def use_scheme(store: Store, scheme: Scheme, reviewer: str | None) -> SchemeChange:
    """Give the project this scheme, with a version that tells it from every other that it or the tool has had.

    Raises DecisionRefused, with the counts, where values that are in use would go.
    """
    # Deferred: a scheme is changed seldom.
    from annotator.store.scheme_change import change_scheme

    return change_scheme(store, scheme, reviewer, reserved=[shipped_scheme(name) for name in shipped_names()])


def attach_page(store: Store, path: Path, reviewer: str | None) -> bool:
    """Attach a Markdown file to the project under its name; False where it is attached as it is now.

    Raises SchemeError for what is no text, and for a file that cannot be read.
    """
    text = _text(path).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SchemeError(f"{path}: there is nothing in it")
    return schemes.write_page(store, path.name, text, reviewer)


def remove_page(store: Store, name: str, reviewer: str | None) -> None:
    """Take a page away; raises SchemeError where there is none of this name."""
    if not schemes.write_page(store, name, None, reviewer):
        known = ", ".join(page.name for page in schemes.pages(store)) or "none"
        raise SchemeError(f"no page {name!r} is attached (attached: {known})")


def page_title(page: Page) -> str:
    """The page's first heading, or its file's name."""
    for line in page.text.splitlines():
        if line.startswith("#") and line.strip("# \t"):
            return line.strip("# \t")
    return page.name


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            given = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SchemeError(f"{path}: cannot be read: {error.strerror}") from error
    if len(given) > LARGEST_FILE:
        raise SchemeError(f"{path}: larger than {LARGEST_FILE // 1_000_000} MB: this is something else")
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemeError(f"{path}: {where_not_utf8(error)}") from error
