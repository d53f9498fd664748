"""The formats whose annotations can be imported: one row a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

from annotator.errors import ImportFailure
from annotator.importers.annotations.brat import read_brat
from annotator.importers.annotations.cas import read_cas
from annotator.importers.annotations.doccano import read_doccano
from annotator.importers.annotations.jsonl import read_jsonl
from annotator.importers.annotations.label_studio import read_label_studio
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import by_files, renamed
from annotator.importers.annotations.prodigy import read_prodigy
from annotator.importers.annotations.web_annotation import read_web_annotation
from annotator.importers.files import files_in, is_directory, open_regular, os_failure, shown, size_of
from annotator.importers.metering import Opened, as_it_is
from annotator.importers.rows import told
from annotator.model.annotated import GivenArticle
from annotator.model.late import dataclass

Reader: TypeAlias = Callable[[str, BinaryIO, AnnotationOptions], Items]


@dataclass(frozen=True, slots=True)
class AnnotationFormat:
    """One format: its name on the command line, the suffixes of its files in a folder, and what reads a file.

    `read` is given the path and the open file; it raises ImportFailure for what is none of it.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader


ANNOTATION_FORMATS: Mapping[str, AnnotationFormat] = {
    each.name: each
    for each in (
        AnnotationFormat("jsonl", (".jsonl", ".ndjson"), read_jsonl),
        AnnotationFormat("brat", (".ann",), read_brat),
        AnnotationFormat("prodigy", (".jsonl",), read_prodigy),
        AnnotationFormat("doccano", (".jsonl",), read_doccano),
        AnnotationFormat("label-studio", (".json",), read_label_studio),
        AnnotationFormat("cas", (".xmi", ".json", ".zip"), read_cas),
        AnnotationFormat("w3c", (".jsonld", ".json"), read_web_annotation),
    )
}


def read_annotations(
    sources: Sequence[str], format_: AnnotationFormat, options: AnnotationOptions, opened: Opened = as_it_is
) -> Items:
    """Everything that the files, and the files of that format in the folders, say; what cannot be read is a failure.

    Where several files annotate the same texts and name nobody, their names are the reviewers'. Files are read through
    what `opened` makes of them; several are read twice.
    """
    paths = list(_files(sources, format_))
    files = [path for path in paths if isinstance(path, str)]
    read = partial(_read, format_, options, opened)
    names = by_files(files, read) if _is_read_twice(files, options) else {}
    for path in paths:
        if isinstance(path, ImportFailure):
            yield path
            continue
        for item in read(path):
            yield renamed(item, names.get(path, {})) if isinstance(item, GivenArticle) else item


def bytes_to_read(sources: Sequence[str], format_: AnnotationFormat, options: AnnotationOptions) -> int:
    """How many bytes `read_annotations` reads of these sources, those that it reads twice counted twice."""
    files = [path for path in _files(sources, format_) if isinstance(path, str)]
    return sum(map(size_of, files)) * (2 if _is_read_twice(files, options) else 1)


def _is_read_twice(files: Sequence[str], options: AnnotationOptions) -> bool:
    """Whether the names of reviewers may be those of the files, which is known when all are read."""
    return len(files) > 1 and not options.reviewer


def _read(format_: AnnotationFormat, options: AnnotationOptions, opened: Opened, path: str) -> Items:
    try:
        yield from told(_opened(format_, options, opened, path), shown(path))
    except OSError as error:
        yield os_failure(shown(path), error)


def _opened(format_: AnnotationFormat, options: AnnotationOptions, opened: Opened, path: str) -> Items:
    with opened(open_regular(path)) as stream:
        yield from format_.read(path, stream, options)


def _files(sources: Sequence[str], format_: AnnotationFormat) -> Iterator[str | ImportFailure]:
    for source in sources:
        if not is_directory(source):
            yield source
            continue
        found = False
        for path in files_in(source):
            if isinstance(path, ImportFailure) or Path(path).suffix.lower() in format_.suffixes:
                found = True
                yield path
        if not found:
            reason = f"nothing to import in this directory: no file ends in {' '.join(format_.suffixes)}"
            yield ImportFailure(shown(source), reason)
