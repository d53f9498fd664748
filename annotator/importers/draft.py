"""What a format's reader hands over, and the article that is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from annotator.errors import ImportFailure, TextError
from annotator.importers.dates import read_date
from annotator.importers.decoding import Source, too_large
from annotator.importers.options import ImportOptions
from annotator.model.article import Article, Block, BlockKind, Publication, ReadingNote
from annotator.model.language.languages import language_tag
from annotator.model.language.unwrapping import looks_wrapped
from annotator.model.late import dataclass
from annotator.model.span import Span, trimmed
from annotator.model.text import NormalisedText, OffsetMap, normalise, title_at_start, with_headline

_LONGEST_FIELD = 10_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before normalisation.

    `hints` lie in `text` (code points). `edited` says what the reader itself took out of what it was given, and
    `wrapped` whether line breaks in `text` may still be those of hard wrapping. A `headed` text has its own headline
    in front, whatever the title says. `line` is the line of the file,
    from 1, or 0 where the article is the whole file; `notes` say what was guessed or left out, `unread` names the
    fields that nothing was made of, `prepared` is what was made of the text elsewhere, and
    `origin` where it was read there.
    """

    text: str
    publication: Publication = Publication()
    language: str = ""
    rights: str = ""
    hints: tuple[Block, ...] = ()
    edited: OffsetMap = OffsetMap()
    wrapped: bool = True
    headed: bool = False
    line: int = 0
    notes: tuple[ReadingNote, ...] = ()
    unread: tuple[str, ...] = ()
    prepared: str = ""
    origin: str = ""


Drafts = Iterator[Draft | ImportFailure]


def article_from(draft: Draft, source: Source, options: ImportOptions) -> Article:
    """The normalised article; raises ImportFailure, with the line, for a text that cannot be one."""
    try:
        said = _one_line("language", draft.language)
        language = language_tag(said) or options.language
        unknown = _note_on_language(said) if said and not language_tag(said) else ()
        publication, notes = _publication(draft, source, options.publication, language)
        rights = _one_line("rights", draft.rights)
        if "\0" in draft.text:
            raise TextError(f"a NUL character at code point {draft.text.index(chr(0))}: this is not a text")
        plain = normalise(draft.text, unwrap=options.unwrap and draft.wrapped)
        headed = plain if draft.headed or _says(draft, publication.title) else with_headline(plain, publication.title)
        if len(headed.text.encode()) > options.max_bytes:
            raise TextError(too_large(options.max_bytes))
        offsets = replace(draft.edited.then(plain.offsets), shift=headed.offsets.shift)
    except TextError as error:
        raise ImportFailure(source.origin, str(error), place_of(draft.line)) from error
    return Article(
        text=headed.text,
        origin=draft.origin or (f"{source.origin}:{draft.line}" if draft.line else source.origin),
        publication=publication,
        language=language,
        rights=rights,
        hints=_hints(draft.hints, headed, publication.title),
        offsets=offsets,
        notes=(*draft.notes, *notes, *unknown, *_note_on_lines(draft, options)),
        unread=draft.unread,
        prepared=draft.prepared,
    )


def place_of(line: int) -> str:
    """A line of a file as failures name it; the empty string for the whole file (0)."""
    return f"line {line}" if line else ""


def _note_on_language(said: str) -> tuple[ReadingNote, ...]:
    return (ReadingNote("with a language that is none", f"no language: {said[:40]!r} (en, pt-BR ... are)"),)


def _note_on_lines(draft: Draft, options: ImportOptions) -> tuple[ReadingNote, ...]:
    if options.unwrap or not draft.wrapped or not looks_wrapped(draft.text.replace("\r\n", "\n")):
        return ()
    return (ReadingNote("whose lines seem to cut their sentences", "lines seem wrapped by hand: --unwrap joins them"),)


def _publication(
    draft: Draft, source: Source, otherwise: Publication, language: str
) -> tuple[Publication, tuple[ReadingNote, ...]]:
    """What is known of the publication; what neither the draft nor the source says is as `otherwise` has it."""
    given = draft.publication
    values = {each.name: _one_line(each.name, getattr(given, each.name)) for each in fields(given)}
    values["url"] = values["url"] or source.url
    published = read_date(values["published_at"], language)
    values["published_at"] = published.iso
    known = {name: value or getattr(otherwise, name) for name, value in values.items()}
    return Publication(**{**known, "title": values["title"]}), published.notes


def _one_line(name: str, value: str) -> str:
    """The value with each stretch of white space as one space; raises TextError for what no database could keep."""
    line = " ".join(value.split())
    if len(line) > _LONGEST_FIELD:
        raise TextError(f"the {name} has {len(line)} characters: is it the text?")
    if "\0" in line or any("\ud800" <= character <= "\udfff" for character in line):
        raise TextError(f"the {name} has a NUL character or a lone surrogate: this is not Unicode text")
    return line


def _says(draft: Draft, title: str) -> bool:
    """Whether the title is a heading of the text, and so does not come apart from it."""
    headings = (hint.span.slice(draft.text) for hint in draft.hints if hint.kind is BlockKind.HEADLINE)
    return any(" ".join(heading.split()) == title for heading in headings)


def _hints(given: tuple[Block, ...], headed: NormalisedText, title: str) -> tuple[Block, ...]:
    """The hints as blocks of the final text, the title in front among them where it fills its lines."""
    hints = []
    at = 0
    span = title_at_start(headed.text, title)
    if span is not None and headed.text[span.end : span.end + 1] in ("", "\n"):
        hints.append(Block(span, BlockKind.HEADLINE))
        at = span.end
    to_text = headed.offsets.to_text
    for hint in given:
        moved: Span | None = trimmed(headed.text, to_text(hint.span.start), to_text(hint.span.end))
        if moved is not None and moved.start >= at:
            hints.append(Block(moved, hint.kind))
            at = moved.end
    return tuple(hints)
