"""What the user names, path, directory, address or standard input, into articles and failures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from annotator.errors import ImportFailure
from annotator.importers.address import fetch
from annotator.importers.decoding import Source
from annotator.importers.draft import article_from, place_of
from annotator.importers.files import (
    STANDARD_INPUT,
    PassedOver,
    files_in,
    is_directory,
    open_regular,
    os_failure,
    shown,
    standard_input,
)
from annotator.importers.formats import FORMATS, Format, by_content, by_media_type, by_suffix, named_format, save_as
from annotator.importers.metering import Opened, as_it_is
from annotator.importers.options import ImportOptions
from annotator.importers.rows import one_row, told
from annotator.model.article import Article

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_START = 65_536

Items = Iterator[Article | ImportFailure | PassedOver]


def _standard_input() -> bytes:
    return standard_input().read()


def read_sources(
    sources: Sequence[str],
    options: ImportOptions,
    stdin: Callable[[], bytes] = _standard_input,
    opened: Opened = as_it_is,
) -> Items:
    """Every article that the sources hold, in order; what cannot be read is yielded as an ImportFailure.

    Files are read through what `opened` makes of them.

    A source is a path, a directory (walked in sorted order, without hidden files and READMEs; files of unknown suffix
    are passed over), an http or https address, or "-" for standard input.
    """
    for source in sources:
        yield from _told(_read_one(source, options, stdin, opened), shown(source))


def _read_one(given: str, options: ImportOptions, stdin: Callable[[], bytes], opened: Opened) -> Items:
    forced = named_format(options.format) if options.format else None
    scheme = _ADDRESS.match(given)
    if given == STANDARD_INPUT:
        data = stdin()
        yield from _articles(Source(given, io.BytesIO(data)), forced or by_content(data[:_START], given), options)
    elif scheme is not None:
        yield from _read_address(given, forced, options)
    elif is_directory(given):
        yield from _read_directory(given, forced, options, opened)
    else:
        yield from _read_file(given, forced, options, opened)


def _read_address(given: str, forced: Format | None, options: ImportOptions) -> Items:
    page = fetch(given, options)
    found = forced or by_media_type(page.media_type, page.path)
    if found is None and not page.media_type:
        found = by_suffix(page.path) or by_content(page.data[:_START], page.url)
    if found is None:
        raise ImportFailure(
            page.url, f"{page.media_type}, not text: only web pages, plain text, JSON, CSV and documents are read"
        )
    yield from _articles(Source(page.url, io.BytesIO(page.data), page.charset, page.url), found, options)


def in_directory(directory: str, options: ImportOptions) -> Iterator[str | ImportFailure | PassedOver]:
    """The files of a directory that can be read, and what cannot; a directory without any of these is a failure."""
    found = False
    for path in files_in(directory):
        if isinstance(path, str) and not options.format and by_suffix(path) is None:
            suffix = PurePath(path).suffix
            why = f"files ending in {shown(suffix)} are not known" if suffix else "a file without a suffix"
            other = save_as(path)
            remedy = f"save it as {other}" if other else "--format names the format of all files"
            yield PassedOver(shown(path), f"passed over: {why}; {remedy}")
        else:
            found = True
            yield path
    if not found:
        yield ImportFailure(shown(directory), f"nothing to import in this directory: no file ends in {_suffixes()}")


def _read_directory(directory: str, forced: Format | None, options: ImportOptions, opened: Opened) -> Items:
    for path in in_directory(directory, options):
        if not isinstance(path, str):
            yield path
            continue
        yield from _told(_read_file(path, forced, options, opened), shown(path))


def _told(items: Items, origin: str) -> Items:
    try:
        yield from told(items, origin)
    except OSError as error:
        yield os_failure(origin, error)


def _read_file(path: str, forced: Format | None, options: ImportOptions, opened: Opened) -> Items:
    found = forced or _format_of(path)
    with opened(open_regular(path)) as stream:
        if found is None:
            found = by_content(stream.read(_START), shown(path))
            stream.seek(0)
        yield from _articles(Source(shown(path), stream), found, options)


def _format_of(path: str) -> Format | None:
    """By suffix; None for a path without one. Raises ImportFailure for an unknown suffix of a file that is there."""
    found = by_suffix(path)
    suffix = PurePath(path).suffix
    if found is None and suffix:
        open_regular(path).close()
        other = save_as(path)
        remedy = f"save it as {other}, and import that" if other else "name the format with --format"
        reason = f"files ending in {shown(suffix)} are not known ({_suffixes()}): {remedy}"
        raise ImportFailure(shown(path), reason)
    return found


def _suffixes() -> str:
    return " ".join(suffix for row in FORMATS.values() for suffix in row.suffixes)


def _articles(source: Source, found: Format, options: ImportOptions) -> Items:
    for item in found.read(source, options):
        if isinstance(item, ImportFailure):
            yield item
            continue
        try:
            with one_row(source.origin, place_of(item.line)):
                article = article_from(item, source, options)
            yield article
        except ImportFailure as failure:
            yield failure
