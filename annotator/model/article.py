"""Articles and their parts: publications, blocks, sentences and claims."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import field, replace
from enum import StrEnum

from annotator.errors import DomainError
from annotator.model.late import dataclass
from annotator.model.span import Span, is_blank
from annotator.model.text import OffsetMap, article_id, claim_id


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADLINE = "headline"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    BODY = "body"
    QUOTE_INTRO = "quote_intro"
    BLOCK_QUOTE = "block_quote"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of an article and its kind."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence inside one block; `kind` is its block's."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Blocks and sentences of one text, in order, with the version of the splitter that made them."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One appearance of a text; the empty string stands for what is not known.

    `published_at` is an ISO 8601 date or date and time.
    """

    title: str = ""
    url: str = ""
    archived_url: str = ""
    publisher: str = ""
    author: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Something that whoever imports an article has to know about how it was read.

    `summary` completes "3 articles ..." in the closing line of an import, so it is the same for the same thing;
    `detail` says it of this article, where there is more to say.
    """

    summary: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as an importer yields it: normalised text and everything known about it.

    `hints` are blocks whose kind the markup of the original says (a headline, a block quote), in order and
    disjoint; they lead the segmentation. `offsets` maps offsets of the text as it was given, `notes` say what
    was guessed or left out in reading it, `unread` names the fields of the file that were passed over, and `prepared`
    is what another machine has made of the text (`model.prepared`). None of these is stored.
    """

    text: str
    origin: str
    publication: Publication = Publication()
    language: str = ""
    rights: str = ""
    hints: tuple[Block, ...] = ()
    offsets: OffsetMap = OffsetMap()
    notes: tuple[ReadingNote, ...] = ()
    unread: tuple[str, ...] = ()
    prepared: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", article_id(self.text))

    def told(
        self,
        publication: Publication | None = None,
        language: str | None = None,
        notes: tuple[ReadingNote, ...] | None = None,
    ) -> Article:
        """The same article with other facts told of it; its id is not made again, which an import would do thrice."""
        made = copy(self)
        for name, value in (("publication", publication), ("language", language), ("notes", notes)):
            if value is not None:
                object.__setattr__(made, name, value)
        return made


def headline_of(text: str, blocks: Sequence[Block]) -> str:
    """The headline that a text begins with, on one line: what its title is where nothing else says one."""
    first = next(iter(blocks), None)
    if first is None or first.kind is not BlockKind.HEADLINE:
        return ""
    return " ".join(first.span.slice(text).split("\n", 1)[0].split())


def titled(publications: Sequence[Publication], title: str) -> tuple[Publication, ...]:
    """The publications, the first of them with the title where none has one."""
    if not title or any(publication.title for publication in publications):
        return tuple(publications)
    first, *others = publications or (Publication(),)
    return (replace(first, title=title), *others)


@dataclass(frozen=True, slots=True)
class Claim:
    """The unit that is judged: a span of one article, with the kind of the block it begins in."""

    article_id: str
    span: Span
    kind: BlockKind = BlockKind.BODY
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", claim_id(self.article_id, self.span))


def check_segmentation(text: str, segmentation: Segmentation) -> None:
    """Raise DomainError unless sentences are ordered, disjoint, inside blocks and cover all but white space.

    No sentence begins or ends with white space. Zero-width characters (`ZERO_WIDTH`) count as white space where they
    lie between sentences; at the ends of one they pass, because earlier versions of the splitter stored them there.
    """
    check_spans(
        text,
        [(block.span.start, block.span.end) for block in segmentation.blocks],
        [(sentence.span.start, sentence.span.end) for sentence in segmentation.sentences],
    )


def check_spans(text: str, blocks: Iterable[Sequence[int]], sentences: Iterable[Sequence[int]]) -> None:
    """The same for the starts and ends of blocks and sentences alone, in code points."""
    at, length = 0, len(text)
    blocks = iter(blocks)
    block = next(blocks, None)
    for start, end in sentences:
        # The doctor asks it of every sentence of the project: most follow the one before after a blank.
        placed = at <= start < end <= length and not (text[start].isspace() or text[end - 1].isspace())
        if not placed or (start > at and not text[at:start].isspace()):
            _check_place(text, at, start, end)
        while block is not None and block[1] <= start:
            block = next(blocks, None)
        if block is None or not (block[0] <= start and end <= block[1]):
            raise DomainError(f"sentence {start}..{end} is not inside one block")
        at = end
    if not is_blank(text[at:]):
        raise DomainError(f"text behind {at} is in no sentence")


def _check_place(text: str, at: int, start: int, end: int) -> None:
    """Raise DomainError unless a sentence follows what ends at `at`, with nothing between them, and begins and ends."""
    if not at <= start < end <= len(text):
        raise DomainError(f"sentence {start}..{end} overlaps another or ends behind the text")
    if text[start].isspace() or text[end - 1].isspace():
        raise DomainError(f"sentence {start}..{end} has white space at an end")
    if not is_blank(text[at:start]):
        raise DomainError(f"text between {at} and {start} is in no sentence")


def index_at(claims: Sequence[Claim], offset: int) -> int:
    """The index of the claim at, or else the last one before, an offset in code points; of claims in their order."""
    return max(0, bisect_right(claims, offset, key=lambda claim: claim.span.start) - 1)
