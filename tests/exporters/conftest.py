"""Records as the store hands them over: an English wire story and a right-to-left one, with awkward characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id

BRIDGE = (
    "Bridge at Porto Velho closed 🌉\n\n"
    "Reuters reported that Ine\u0301s Duarte, the harbour master, said two of the “nine”\tcables had lost tension.\n"
    "“Nobody crosses,” the office\n told Example Wire, “before Monday.”\n\n"
    '+7 mm of "play" was measured.'
)
FERRY = "قالت شركة العبّارات إن الخط «آمن تماما».\n=2+5 is not a sum."


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(text: str, *publications: Publication, language: str = "", origin: str = "-") -> ArticleRecord:
    return ArticleRecord(article_id(text), text, publications, language, "", origin)


def record(
    article: ArticleRecord,
    words: str,
    ordinal: int,
    *,
    reviewer: str = "ana",
    kind: BlockKind = BlockKind.BODY,
    state: State = State.TO_DO,
    judgement: Judgement | None = None,
    attributions: tuple[Attribution, ...] = (),
    chains: tuple[tuple[str, ...], ...] = (),
    verdicts: tuple[Verdict, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    decided: tuple[str, str] = ("", ""),
    sources: Mapping[str, SourceEntity] | None = None,
) -> ClaimRecord:
    span = span_of(article.text, words)
    return ClaimRecord(
        article=article,
        reviewer=reviewer,
        claim_id=claim_id(article.id, span),
        ordinal=ordinal,
        span=span,
        kind=kind,
        state=state,
        judgement=judgement or Judgement(),
        attributions=attributions,
        chains=chains,
        verdicts=verdicts,
        evidence=evidence,
        first_decided_at=decided[0],
        last_decided_at=decided[1],
        scheme="annotator-default@1" if decided[0] else "",
        sources=sources or {},
    )


def bridge_records() -> Iterator[ClaimRecord]:
    bridge = article(
        BRIDGE,
        Publication("Bridge at Porto Velho closed 🌉", "https://example.org/b?a=1&b=2", publisher="Example Wire"),
        Publication(title="=HYPERLINK(1)", publisher="Second Paper", published_at="2026-03-11"),
        language="en",
        origin="bridge.txt",
    )
    reported = Attribution(
        "attribution-1",
        source=(span_of(BRIDGE, "Reuters"),),
        cue=span_of(BRIDGE, "reported"),
        content=(
            span_of(
                BRIDGE, "that Ine\u0301s Duarte, the harbour master, said two of the “nine”\tcables had lost tension"
            ),
        ),
    )
    said = Attribution(
        "attribution-2",
        source=(span_of(BRIDGE, "Ine\u0301s Duarte, the harbour master,"),),
        cue=span_of(BRIDGE, "said"),
        content=(span_of(BRIDGE, "two of the “nine”\tcables had lost tension"),),
        form=Form.MIXED,
        parent="attribution-1",
    )
    told = Attribution(
        "attribution-3",
        source=(span_of(BRIDGE, "the office"),),
        cue=span_of(BRIDGE, "told"),
        content=(span_of(BRIDGE, "“Nobody crosses,”"), span_of(BRIDGE, "“before Monday.”")),
        type=AttributionType.DECREE,
        form=Form.DIRECT,
        anonymity=Anonymity.DESCRIBED,
        negated=True,
        relay=span_of(BRIDGE, "Example Wire"),
    )
    cables = (
        "Reuters reported that Ine\u0301s Duarte, the harbour master, said two of the “nine”\tcables had lost tension."
    )
    cables_id = claim_id(bridge.id, span_of(BRIDGE, cables))
    yield record(bridge, "Bridge at Porto Velho closed 🌉", 1, kind=BlockKind.HEADLINE)
    yield record(
        bridge,
        cables,
        2,
        state=State.DONE,
        judgement=Judgement(
            worth="2",
            restatement="Two of nine cables were slack.",
            flag=True,
            note="=SUM(A1)\r\n\x00 \x1b[31m",
            confidence="high",
        ),
        attributions=(said, reported),
        chains=(("attribution-1",), ()),
        verdicts=(
            Verdict("attribution-2", "supported"),
            Verdict(CONTENT, "mixed", "missing_context", "medium", "@two counts, “both” good"),
        ),
        evidence=(
            Evidence(
                "evidence-1",
                cables_id,
                question="How many cables?",
                answer="-2",
                answer_type="extractive",
                url="https://example.org/report",
                archived_url="https://archive.example/1",
                medium="pdf",
                publisher="Harbour office",
                published_at="2026-03-09",
                retrieved_at="2026-03-12",
                passage="two\u2028cables",
                stance="supports",
            ),
        ),
        decided=("2026-03-12T10:00:00.000000+00:00", "2026-03-12T10:01:30.000000+00:00"),
        sources={
            "attribution-1": SourceEntity("source-1", "Reuters", SourceKind.PUBLISHER),
            "attribution-2": SourceEntity("source-2", "Ine\u0301s Duarte", SourceKind.PERSON, ("=Duarte",)),
        },
    )
    yield record(
        bridge,
        "“Nobody crosses,” the office\n told Example Wire, “before Monday.”",
        3,
        kind=BlockKind.BLOCK_QUOTE,
        state=State.AWAITING,
        judgement=Judgement(worth="2"),
        attributions=(told,),
        chains=((),),
        decided=("2026-03-12T10:02:00.000000+00:00", "2026-03-12T10:02:00.000000+00:00"),
    )
    yield record(
        bridge,
        '+7 mm of "play" was measured.',
        4,
        reviewer="björn",
        state=State.SKIPPED,
        judgement=Judgement(worth="1", voice="author", skipped=True),
        decided=("2026-03-12T11:00:00.000000+00:00", "2026-03-12T11:00:00.000000+00:00"),
    )


def ferry_records() -> Iterator[ClaimRecord]:
    ferry = article(FERRY, language="ar", origin="ferry.txt")
    safe = Attribution(
        "attribution-4",
        source=(),
        cue=span_of(FERRY, "قالت"),
        content=(span_of(FERRY, "إن الخط «آمن تماما»"),),
        anonymity=Anonymity.NONE,
    )
    yield record(
        ferry,
        "قالت شركة العبّارات إن الخط «آمن تماما».",
        1,
        state=State.IN_PROGRESS,
        judgement=Judgement(note="بلا مصدر"),
        attributions=(safe,),
        chains=((),),
        verdicts=(Verdict(CONTENT, "not_enough"),),
        decided=("2026-03-13T08:00:00.000000+00:00", "2026-03-13T08:00:05.000000+00:00"),
    )
    yield record(ferry, "=2+5 is not a sum.", 2)


@pytest.fixture
def records() -> list[ClaimRecord]:
    """Six records of two articles by two reviewers; between them every field of every format has a value."""
    return [*bridge_records(), *ferry_records()]
