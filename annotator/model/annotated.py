"""Annotated articles: what an importer of annotations yields, in the file's own names, before anything is stored."""

from __future__ import annotations

from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Attribution
from annotator.model.judgement import Evidence, Judgement, Verdict
from annotator.model.late import dataclass
from annotator.model.review import NOT_JUDGED
from annotator.model.source import SourceKind
from annotator.model.span import Span

NOT_DECIDED = ("", "", "")
"""No times and no scheme."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about one item that is worth saying and stops nothing: what was moved, joined or left out.

    `origin` names the file, `place` the line or item in it. What is left out has a `kind`, a noun in the singular, and
    a `count`, and need not be `said` by itself.
    """

    origin: str
    said: str = ""
    place: str = ""
    kind: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class GivenSource:
    """Whose words an attribution gives: a name, and the id and kind where the file has them."""

    name: str = ""
    id: str = ""
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class GivenAttribution:
    """One attribution; its id and parent are the file's own names for it.

    `unsaid` are the facets (form, anonymity) that the file does not say: their values here only fill the place.
    """

    attribution: Attribution
    place: str
    unsaid: frozenset[str] = frozenset()
    source: GivenSource | None = None


@dataclass(frozen=True, slots=True)
class GivenClaim:
    """What is said of one claim; verdicts and evidence name their targets as the file does.

    `decided` has the times (ISO 8601, UTC) of the first and the last decision, and the scheme of the last; each is
    empty where the file does not say. The claim id of the evidence is the one of the span. `kind` is that of the block
    it stands in, None where the file does not say.
    """

    span: Span
    place: str
    judgement: Judgement = NOT_JUDGED
    verdicts: tuple[Verdict, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decided: tuple[str, str, str] = NOT_DECIDED
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class GivenArticle:
    """One reviewer's work on one article, as one file has it; all spans in code points of the normalised text.

    `named` is False where the file does not say by name whose work it is. `publications` in the file's order, none
    where it has none. `origin` and `place` say where the annotations are; `article_origin` where the text came from.
    `kinds` are those of the blocks that other reviewers' claims stand in, by where the claim begins.
    """

    text: str
    reviewer: str
    origin: str
    place: str = ""
    article_origin: str = ""
    publications: tuple[Publication, ...] = ()
    language: str = ""
    rights: str = ""
    claims: tuple[GivenClaim, ...] = ()
    attributions: tuple[GivenAttribution, ...] = ()
    kinds: tuple[tuple[int, BlockKind], ...] = ()
    named: bool = True
