"""Records of two reviewers, and an SQLite export of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution, Form
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.scheme import Scheme, Value, default_scheme
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id
from annotator.store.sqlite_export.rows import table_rows
from annotator.store.sqlite_export.writing import write_sqlite_export

GOLDEN = Path(__file__).parent / "golden" / "sqlite_export.sql"
RAMP = "Ramp shut 🚧\n\nReuters said the caf\u00e9\towner, “angry”,\nthought it was\u2028safe."
RAIN = "قال إن المطر توقف."


def scheme() -> Scheme:
    """One that stays as it is."""
    worth = Value("2", "2", "check-worthy", "The public would want to know.", ("a", "b"))
    verdict = Value("supported", "s", "supported", "It holds.", ("a", "b"))
    return replace(default_scheme(), worth=(worth,), voice=(), verdict=(verdict,))


def write(records: Iterable[ClaimRecord], path: Path, scheme: Scheme, *, with_text: bool = True) -> int:
    """The records' rows to a file; how much was left out."""
    return write_sqlite_export(table_rows(records, with_text=with_text), path, scheme, with_text=with_text)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(text: str, *publications: Publication) -> ArticleRecord:
    return ArticleRecord(article_id(text), text, publications, "", "", "-")


def judged(article: ArticleRecord, words: str, reviewer: str, **facets: object) -> ClaimRecord:
    span = span_of(article.text, words)
    record = ClaimRecord(
        article=article,
        reviewer=reviewer,
        claim_id=claim_id(article.id, span),
        ordinal=1,
        span=span,
        kind=BlockKind.BODY,
        state=State.DONE,
        judgement=Judgement(),
        attributions=(),
        chains=(),
        verdicts=(),
        evidence=(),
        first_decided_at="2026-03-12T10:00:00.000000+00:00",
        last_decided_at="2026-03-12T10:00:00.000000+00:00",
        scheme="annotator-default@1",
    )
    return replace(record, **facets)  # type: ignore[arg-type]


def two_reviewers() -> list[ClaimRecord]:
    """Two reviewers of one claim, and one more article without a title."""
    ramp = article(RAMP, Publication("Ramp shut 🚧", "https://example.org/ramp", publisher="Example Wire"))
    words = RAMP[RAMP.index("Reuters") :]
    claim = claim_id(ramp.id, span_of(RAMP, words))
    said = Attribution(
        "outer",
        (span_of(RAMP, "Reuters"),),
        span_of(RAMP, "said"),
        (span_of(RAMP, words[words.index("the caf") : -1]),),
    )
    thought = Attribution(
        "inner",
        (span_of(RAMP, "the caf\u00e9\towner"), span_of(RAMP, "“angry”")),
        span_of(RAMP, "thought"),
        (span_of(RAMP, "it was\u2028safe"),),
        form=Form.MIXED,
        anonymity=Anonymity.DESCRIBED,
        negated=True,
        parent="outer",
    )
    rain = article(RAIN)
    return [
        judged(
            ramp,
            words,
            "ana",
            judgement=Judgement(worth="2", restatement="The ramp was safe.", flag=True, note="a\x00b"),
            attributions=(thought, said),
            chains=(("outer",), ()),
            verdicts=(Verdict(CONTENT, "supported", justification="Seen."), Verdict("inner", "supported")),
            evidence=(Evidence("e1", claim, question="Was it safe?", answer="yes", retrieved_at="2026-03-12"),),
            sources={"outer": SourceEntity("s1", "Reuters", SourceKind.PUBLISHER)},
        ),
        judged(ramp, words, "bo", judgement=Judgement(worth="2", voice="author")),
        judged(rain, RAIN, "ana", attributions=(Attribution("x", (), Span(0, 3), (Span(4, 17),)),), chains=((),)),
    ]


def names(connection: sqlite3.Connection, kind: str) -> list[str]:
    rows = connection.execute("select name from sqlite_master where type = ? and name not like '%fts%'", (kind,))
    return [row[0] for row in rows]


def dumped(connection: sqlite3.Connection) -> str:
    """The schema and the rows of all tables but those of the search, which are another in every SQLite."""
    connection.row_factory = None
    rows = connection.execute("select sql from sqlite_master where sql is not null and name not like '%fts%'")
    lines = [f"{sql};" for (sql,) in rows]
    for table in names(connection, "table"):
        columns = ", ".join(
            f"quote({row[1]!r})".replace("'", '"') for row in connection.execute(f"pragma table_info({table})")
        )
        found = connection.execute(f"select {columns} from {table}")
        lines += [f"insert into {table} values ({', '.join(row)});" for row in found]
    return "".join(f"{line}\n" for line in lines)
