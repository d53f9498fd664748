"""The options of every command that reads articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

import click

from annotator.cli.invocation import seconds
from annotator.cli.near import NearChoice
from annotator.cli.numbers import WholeNumber
from annotator.errors import DomainError
from annotator.importers import FORMATS, ImportOptions
from annotator.importers.dates import read_date
from annotator.importers.decoding import known_encoding
from annotator.importers.options import FIELDS
from annotator.model.article import Publication
from annotator.model.language.languages import language_tag
from annotator.model.web_address import web_address

_DEFAULTS = ImportOptions()
_LARGEST = 1_000_000_000


def _field(value: str) -> tuple[str, str]:
    """OUR=THEIRS: which field of a file holds what we call OUR."""
    ours, equals, theirs = value.partition("=")
    if not equals:
        raise click.BadParameter(f"{value!r} is not OUR=THEIRS, such as title=headline")
    if ours not in FIELDS:
        raise click.BadParameter(f"{ours!r} is not one of our fields ({', '.join(FIELDS)})")
    return ours, theirs


def _encoding(value: str) -> str:
    """Python's name of the encoding."""
    name = known_encoding(value) if value else ""
    if value and not name:
        raise click.BadParameter(
            f"no encoding {value!r}: utf-8, windows-1252, iso-8859-15, macintosh, windows-1251 ..."
        )
    return name


def address(value: str) -> str:
    """An address of a page, absolute; empty for none."""
    try:
        return web_address(value)
    except DomainError as error:
        raise click.BadParameter(str(error)) from error


def publication_date(value: str) -> str:
    """A date of publication in ISO 8601; empty for none."""
    read = read_date(value)
    if value.strip() and not read.iso:
        raise click.BadParameter(f"{value!r} is not a clear date: write it as YYYY-MM-DD")
    return read.iso


def one_line(value: str) -> str:
    """A name on one line."""
    return " ".join(value.split())


def language_option(value: str) -> str:
    """A language's tag as BCP 47 writes it."""
    if value and not language_tag(value):
        raise click.BadParameter(f"{value!r} is no language: en, de-AT, pt-BR, zh-Hans ...")
    return language_tag(value)


_OPTIONS = (
    click.option("--url", type=address, default="", help="The address of articles that come without one."),
    click.option("--publisher", type=one_line, default="", help="The publisher of articles that come without one."),
    click.option("--author", type=one_line, default="", help="The author of articles that come without one."),
    click.option(
        "--date",
        "published_at",
        type=publication_date,
        metavar="DATE",
        default="",
        help="The date of publication of articles that come without one.",
    ),
    click.option(
        "--language",
        type=language_option,
        metavar="TAG",
        default="",
        help="The language of articles that come without one, such as de or pt-BR.  [default: guessed]",
    ),
    click.option("--unwrap", is_flag=True, help="Join lines that were wrapped by hand inside a paragraph."),
    click.option(
        "--max-size",
        "--max-bytes",
        "max_bytes",
        type=WholeNumber(1, _LARGEST),
        metavar="BYTES",
        default=_DEFAULTS.max_bytes,
        show_default=True,
        help="The limit of one article, and of what is fetched from an address.",
    ),
    click.option(
        "--field",
        "fields",
        type=_field,
        metavar="OUR=THEIRS",
        multiple=True,
        help=f"For JSON and CSV: where one of our fields is found. Ours: {', '.join(FIELDS)}. May be repeated; "
        "an empty THEIRS leaves the field out.",
    ),
    click.option(
        "--format",
        "format_",
        type=NearChoice(list(FORMATS)),
        help="Read everything as this format.  [default: by suffix or content]",
    ),
    click.option(
        "--encoding",
        type=_encoding,
        metavar="NAME",
        default="",
        help="Read everything in this encoding, such as utf-8, windows-1252, macintosh.  [default: found by the bytes]",
    ),
    click.option(
        "--encoding-errors",
        type=click.Choice(["strict", "replace"]),
        default=_DEFAULTS.encoding_errors,
        show_default=True,
        help="What to do with bytes that are not in the encoding: name their place, or read each as U+FFFD.",
    ),
    click.option("--allow-private", is_flag=True, help="Also fetch from this machine and from private networks."),
    click.option(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        default=_DEFAULTS.timeout,
        show_default=True,
        help="How long one address may take.",
    ),
    click.option(
        "--prefer",
        type=click.Choice(["metadata"]),
        help="For web pages: take the text in the page's own metadata (articleBody) where it is the longer one.",
    ),
)


def takes_import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of reading; it receives them as `options`, an ImportOptions."""

    @wraps(command)
    def with_options(
        *args: Any,
        unwrap: bool,
        max_bytes: int,
        fields: tuple[tuple[str, str], ...],
        format_: str | None,
        allow_private: bool,
        timeout: float,
        prefer: str | None,
        encoding: str,
        encoding_errors: Literal["strict", "replace"],
        url: str,
        publisher: str,
        author: str,
        published_at: str,
        language: str,
        **rest: Any,
    ) -> Any:
        options = ImportOptions(
            unwrap=unwrap,
            max_bytes=max_bytes,
            fields=dict(fields),
            format=format_ or "",
            allow_private=allow_private,
            timeout=timeout,
            prefer=prefer or "",
            encoding=encoding,
            encoding_errors=encoding_errors,
            publication=Publication(url=url, publisher=publisher, author=author, published_at=published_at),
            language=language,
        )
        return command(*args, options=options, **rest)

    decorated: Callable[..., Any] = with_options
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
