"""The readers of what users bring, as functions of a file's bytes, and what they may do with them.

A reader may make something of a file, or refuse all of it or parts of it in one line each. Anything else is a fault.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from annotator.errors import AnnotatorError, ImportFailure, UnforeseenFailure
from annotator.importers import ImportOptions, PassedOver, read_sources
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, read_annotations
from annotator.importers.checks import CheckOptions, read_checks
from annotator.model.annotated import Note
from annotator.store import open_store
from annotator.workflow.annotations import import_annotations
from annotator.workflow.ingest import import_sources
from benchmarks.fuzzing import seeds

_UNFORESEEN = "did not foresee"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one file: how many things were made of it, and how many refused."""

    made: int = 0
    refused: int = 0


class Fault(Exception):
    """A reader did what it may not: it stumbled, or said something that is not one line."""


def checked(items: Iterable[object]) -> Came:
    """Count what a reader yields; raises Fault for a failure that nobody foresaw or that has several lines."""
    made = refused = 0
    for item in items:
        if isinstance(item, ImportFailure):
            _check_line(item)
            refused += 1
        elif not isinstance(item, Note | PassedOver):
            made += 1
    return Came(made, refused)


def _is_ours(error: BaseException | None) -> bool:
    """Whether an exception was raised in our own code and not in a library's."""
    steps = traceback.extract_tb(error.__traceback__) if error is not None else []
    return bool(steps) and f"{os.sep}annotator{os.sep}" in steps[-1].filename


def _check_line(error: AnnotatorError) -> None:
    if isinstance(error, UnforeseenFailure):
        raise Fault(str(error)) from error.__cause__
    if "page cannot be read as HTML" in str(error) and _is_ours(error.__cause__):
        raise Fault(str(error)) from error.__cause__
    if not str(error).strip():
        raise Fault("a failure that says nothing") from error


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    """This process's folder, in memory where the system has such a place: making and deleting one takes longer than
    reading most files."""
    memory = Path("/dev/shm")
    home = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
    # A process of a pool ends without what Python does at its end.
    Finalize(None, home.cleanup, exitpriority=0)
    return home


@cache
def _folder(name: str) -> Path:
    folder = Path(_home().name) / name
    folder.mkdir()
    return folder


@cache
def _empty() -> Path:
    path = _folder("empty") / "a.db"
    open_store(path).close()
    return path


def _new_database() -> Path:
    """An empty database, copied, because making one takes longer."""
    path = _folder("database") / "a.db"
    for each in path.parent.glob("a.db*"):
        each.unlink()
    shutil.copyfile(_empty(), path)
    return path


def text_format(name: str) -> Callable[[bytes], Came]:
    """A format of `annotator import`."""
    options = ImportOptions(format=name, max_bytes=100_000)

    def run(data: bytes) -> Came:
        return checked(read_sources(["-"], options, lambda: data))

    return run


def zipped_document(name: str, part: str, first: str) -> Callable[[bytes], Came]:
    """A format that is a zip; the bytes are those of its part."""
    read = text_format(name)
    return lambda data: read(seeds.zipped(part, data, first))


def annotation_format(name: str, suffix: str, **files: bytes) -> Callable[[bytes], Came]:
    """Annotations in a folder, with what belongs beside them."""

    def run(data: bytes) -> Came:
        for other, content in files.items():
            (_folder(name) / other.replace("__", ".")).write_bytes(content)
        path = _folder(name) / f"given{suffix}"
        path.write_bytes(data)
        return checked(read_annotations([str(path)], ANNOTATION_FORMATS[name], AnnotationOptions(realign=True)))

    return run


def refusing(*kinds: type[AnnotatorError]) -> Callable[[Callable[[bytes], object]], Callable[[bytes], Came]]:
    """A reader that makes something or raises one of these errors."""

    def made(read: Callable[[bytes], object]) -> Callable[[bytes], Came]:
        def run(data: bytes) -> Came:
            try:
                read(data)
            except kinds as error:
                _check_line(error)
                return Came(refused=1)
            return Came(made=1)

        return run

    return made


def fact_checks(suffix: str) -> Callable[[bytes], Came]:
    """A collection of published fact-checks."""

    def run(data: bytes) -> Came:
        path = _folder("checks") / f"given{suffix}"
        path.write_bytes(data)
        try:
            return checked(read_checks(str(path), CheckOptions()))
        except ImportFailure as failure:
            _check_line(failure)
            return Came(refused=1)

    return run


def in_file(read: Callable[[Path], object]) -> Callable[[bytes], object]:
    """A reader that is given a path."""

    def run(data: bytes) -> object:
        path = _folder("given") / "given"
        path.write_bytes(data)
        return read(path)

    return run


def into_a_database(data: bytes, name: str, of_format: str = "") -> Came:
    """A format, or one of annotations, read and stored."""
    path = _folder("database") / f"given{ANNOTATION_FORMATS[of_format].suffixes[0] if of_format else '.txt'}"
    path.write_bytes(data)
    with closing(open_store(_new_database())) as store:
        results: list[tuple[str, str]] = []
        if of_format:
            taken = import_annotations(store, [str(path)], ANNOTATION_FORMATS[of_format], AnnotationOptions())
            results += [(each.result, each.detail) for each in taken]
        else:
            outcomes = import_sources(store, [str(path)], ImportOptions(format=name, max_bytes=100_000))
            results += [(each.result, each.detail) for each in outcomes]
    for _, detail in results:
        if _UNFORESEEN in detail:
            raise Fault(detail)
    return Came(sum(result in ("added", "taken") for result, _ in results), sum(r == "failed" for r, _ in results))
