"""Dialogs: what a form over the workbench is to show. Which screen shows it is the terminal's affair."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Generic, TypeVar

from annotator.model.guideline import Page
from annotator.model.judgement import AnswerType, Evidence, Stance
from annotator.model.late import dataclass
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.text import neutral_line

Answer = TypeVar("Answer")

Fields = Mapping[str, str]
EVIDENCE_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("question", "Question", "what has to be true for the claim to hold?"),
    ("answer", "Answer", "what the source says"),
    ("url", "Address", "https://…"),
    ("passage", "Passage", "the words it rests on, quoted"),
    ("stance", "Stance", " · ".join(Stance)),
    ("published_at", "Published", "2026-03-10, 2026-03 or 2026"),
    ("publisher", "Publisher", ""),
    ("medium", "Medium", "web text, table, pdf, image, video, audio, interview"),
    ("retrieved_at", "Retrieved", "2026-03-10"),
    ("archived_url", "Archived", "https://…"),
    ("answer_type", "Answer is", " · ".join(AnswerType)),
)
"""Of each field its name, its label, and what to type into it; what most pieces need comes first."""


class Dialog(Generic[Answer]):
    """Something to fill in, to choose from or to read; leaving it is answered with None."""


@dataclass(frozen=True, slots=True)
class WriteText(Dialog[str]):
    """A text to write; every change goes to `draft`, and `edit` has it changed elsewhere (None: it was not)."""

    title: str
    text: str
    draft: Callable[[str], None]
    edit: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class FillEvidence(Dialog[dict[str, str]]):
    """Evidence to fill in: as it was kept, and what was being typed when the form was left; `first` has the cursor."""

    title: str
    known: Fields
    waiting: Fields
    draft: Callable[[dict[str, str]], None]
    first: str = "question"


@dataclass(frozen=True, slots=True)
class ReadEvidence(Dialog[tuple[str, int]]):
    """A claim's evidence to read, and what each piece is about; answered with a key and the piece's place."""

    title: str
    evidence: Sequence[Evidence]
    about: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReadList(Dialog[tuple[str, int]]):
    """Lines to read; `empty` is what stands there instead of none."""

    title: str
    lines: Sequence[str]
    empty: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: how it is shown, and what it stands for; `marked` are spans of it, `below` more lines.

    `address` is one on the web where it has one.
    """

    shown: str
    value: object
    marked: Sequence[Span] = ()
    below: Sequence[str] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Choose(Dialog[object]):
    """A list that narrows while one types; answered with what the line that is lit stands for.

    It begins with `text`, and what is typed goes to `draft`.
    """

    title: str
    search: Callable[[str], Sequence[Choice]]
    placeholder: str
    text: str
    draft: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Browse(Dialog[tuple[str, object]]):
    """A list to walk with keys of its own; answered with the key and what the line that is lit stands for.

    `head` names the columns of the lines; `said` is what came of the key before, `wrong` why nothing did. `opened_by`
    is the key of another list that has opened this one.
    """

    title: str
    choices: Sequence[Choice]
    keys: Mapping[str, str]
    empty: str
    lit: object = None
    head: str = ""
    said: str = ""
    wrong: str = ""
    opened_by: str = ""


@dataclass(frozen=True, slots=True)
class Watch(Dialog[None]):
    """Lines to watch; `again` reads them anew and hands them over."""

    title: str
    lines: list[str]
    again: Callable[[Callable[[list[str]], None]], None]


@dataclass(frozen=True, slots=True)
class ReadGuidelines(Dialog[None]):
    """The scheme, with what was chosen of it (ids), and the project's own pages."""

    scheme: Scheme
    pages: Sequence[Page]
    chosen: Collection[str]


@dataclass(frozen=True, slots=True)
class ReadKeys(Dialog[None]):
    """Keys and what they do, by group."""

    title: str
    groups: Mapping[str, Sequence[tuple[str, str]]]


def one_line(text: str) -> str:
    """A text on one line, as lists show it."""
    return neutral_line(" ".join(text.split()))
