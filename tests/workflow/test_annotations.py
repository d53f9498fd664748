from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.exporters import FORMATS
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions
from annotator.model.article import Article, Block, BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.ledger import uuid7
from annotator.model.offsets import OffsetUnit
from annotator.model.review import ArticleReview
from annotator.model.source import SourceKind
from annotator.model.span import Span
from annotator.store import Store, ledger, open_store
from annotator.store import review as stored_review
from annotator.store import sources as stored_sources
from annotator.store.doctor import examine
from annotator.workflow import attributing, judging, segmenting, sources
from annotator.workflow.annotations import Taken, import_annotations, text_of
from annotator.workflow.dataset import Choice, Tally, exported
from annotator.workflow.ingest import ingest
from annotator.workflow.session import ReviewSession

IMPORTED_AS = {"doccano-relations": "doccano", "cas-xmi": "cas", "cas-json": "cas"}
"""Exports that are read by another format's name."""
QUAY = (
    "Quay at Vellmar sinks 🌊\n\n"
    "The Vellmar Post reported that Ine\u0301s Duarte, the harbour master, said two of the “nine”\tpiles had moved. "
    "Nobody was hurt.\n\n"
    "“Nobody crosses,” the office\ntold Example Wire, “before Monday.” Traffic takes the ramp.\n\n"
    "قالت الشركة إن الرصيف «آمن تماما». It rained."
)
NAMES = [
    pytest.param(name, marks=[pytest.mark.extra("cassis")] if FORMATS[name].extra else [])
    for name in sorted({*ANNOTATION_FORMATS, *IMPORTED_AS} & {*FORMATS})
]
SHED = "Shed burns\n\nA shed burned on Friday, police said. It was empty."


def span_of(words: str, text: str = QUAY) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def made_by_ana(store: Store) -> None:
    """Ana's work on the quay, with a value in every facet; bo's on the shed, and on the quay."""
    publications = (
        Publication("Quay sinks", "https://example.org/q?a=1", publisher="Example Wire", published_at="2026-03-10"),
        Publication("Second", publisher="Second Paper"),
    )
    for publication in publications:
        list(ingest(store, [Article(QUAY, "quay.txt", publication, "en", "ours")]))
    list(ingest(store, [Article(SHED, "shed.txt", Publication("Shed burns"))]))
    ana = ReviewSession(store, "ana")
    ana.open(Article(QUAY, "").id)
    reported = Attribution(
        uuid7(),
        (span_of("The Vellmar Post"),),
        span_of("reported"),
        (span_of("that Ine\u0301s Duarte, the harbour master, said two of the “nine”\tpiles had moved"),),
    )
    said = Attribution(
        uuid7(),
        (span_of("Ine\u0301s Duarte, the harbour master,"),),
        span_of("said"),
        (span_of("two of the “nine”\tpiles had moved"),),
        form=Form.MIXED,
        parent=reported.id,
    )
    told = Attribution(
        uuid7(),
        (span_of("the office"),),
        span_of("told"),
        (span_of("“Nobody crosses,”"), span_of("“before Monday.”")),
        AttributionType.DECREE,
        Form.DIRECT,
        Anonymity.DESCRIBED,
        negated=True,
        relay=span_of("Example Wire"),
    )
    claims = ana.review.claims
    for attribution in (reported, said, told):
        ana.apply(attributing.keep_attribution, claims[1], attribution)
    entity = sources.make(ana.registry, "Office of the =Port", SourceKind.ORGANISATION)
    ana.apply_to_sources(lambda _registry: entity)
    ana.apply(sources.assign, claims[3], told.id, ana.registry.named("Office of the =Port")[0])
    ana.apply(judging.verdict, claims[1], "mixed")
    ana.apply(judging.reason, claims[1], "conflict")
    ana.apply(judging.justification, claims[1], 'two counts, “both” good\n\tand "more"\u2028')
    ana.apply(judging.confidence, claims[1])
    ana.apply(judging.verdict, claims[1], "supported", said.id)
    for fields in (
        {"question": "How many?", "answer": "-2", "answer_type": "extractive", "url": "https://example.org/r"},
        {"passage": "two\u2028piles", "stance": "supports", "target": said.id, "published_at": "2026-03-09"},
    ):
        ana.apply(judging.evidence, claims[1], fields)
    ana.apply(judging.worth, claims[2], "1")
    ana.apply(judging.voice, claims[2])
    ana.apply(judging.note, claims[2], "=SUM(A1)\n🌊")
    ana.apply(judging.flag, claims[2])
    ana.apply(judging.restatement, claims[2], "No one was hurt at the quay.")
    last = ana.review.claims[-1]
    ana.apply(segmenting.join, ana.review.claims[-2])
    ana.apply(judging.skip, next(claim for claim in ana.review.claims if claim.span.contains(last.span)))
    for text, worth in ((SHED, "0"), (QUAY, "2")):
        bo = ReviewSession(store, "bo")
        bo.open(Article(text, "").id)
        bo.apply(judging.worth, bo.review.claims[1], worth)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all that work and one with nothing, to be copied."""
    folder = tmp_path_factory.mktemp("databases")
    with closing(open_store(folder / "full.db")) as store:
        made_by_ana(store)
    open_store(folder / "empty.db").close()
    return folder


@pytest.fixture
def full(databases: Path, tmp_path: Path) -> Iterator[Store]:
    yield from copied(databases / "full.db", tmp_path)


@pytest.fixture
def empty(databases: Path, tmp_path: Path) -> Iterator[Store]:
    yield from copied(databases / "empty.db", tmp_path)


def copied(database: Path, folder: Path) -> Iterator[Store]:
    path = folder / database.name
    path.write_bytes(database.read_bytes())
    with closing(open_store(path)) as store:
        yield store


def export_to(store: Store, name: str, folder: Path, *, with_text: bool = True) -> dict[str, bytes]:
    """The export's files, written below the folder too."""
    found = {}
    for path, pieces in exported(store, FORMATS[name], Choice(with_text=with_text), Tally()):
        data = found[path] = b"".join(pieces)
        target = folder / (path or f"one{FORMATS[name].suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return found


def take(store: Store, name: str, source: Path, *, reviewer: str = "", realign: bool = False) -> list[Taken]:
    options = AnnotationOptions(reviewer=reviewer, realign=realign, text_of=lambda id_: text_of(store, id_))
    return list(
        import_annotations(store, [str(source)], ANNOTATION_FORMATS[IMPORTED_AS.get(name, name)], options, "importer")
    )


def review_of(store: Store, text: str, reviewer: str) -> ArticleReview:
    return stored_review.load_review(store, stored_review.load_article(store, Article(text, "").id), reviewer)


@pytest.mark.parametrize("name", NAMES)
def test_exported_imported_into_an_empty_database_and_exported_again_is_the_same_bytes(
    name: str, full: Store, empty: Store, tmp_path: Path
) -> None:
    first = export_to(full, name, tmp_path / "first")
    taken = take(empty, name, tmp_path / "first")
    assert [each.detail for each in taken if each.result == "failed"] == []
    assert sum(each.result == "taken" for each in taken) == 3
    assert export_to(empty, name, tmp_path / "second") == first
    assert list(examine(empty)) == []


@pytest.mark.parametrize(
    "name",
    [
        "jsonl",
        "prodigy",
        "doccano",
        *(pytest.param(f"cas-{each}", marks=pytest.mark.extra("cassis")) for each in ("xmi", "json")),
    ],
)
def test_blocks_that_only_the_markup_told_are_kept(name: str, empty: Store, tmp_path: Path) -> None:
    quoted = "I shall write to the board. I expect an answer."
    text = f"He spoke to the inquiry.\n\n{quoted}\n\nThe board met on Monday."
    at = text.index(quoted)
    hints = (Block(Span(at, at + len(quoted)), BlockKind.BLOCK_QUOTE),)
    with closing(open_store(tmp_path / "marked.db")) as marked:
        list(ingest(marked, [Article(text, "board.md", hints=hints)]))
        for reviewer, ordinal in (("ana", 0), ("bo", 1)) if name == "jsonl" else (("bo", 1),):
            session = ReviewSession(marked, reviewer)
            session.open(Article(text, "").id)
            session.apply(judging.worth, session.review.claims[ordinal], "2")
        first = export_to(marked, name, tmp_path / "first")
    take(empty, name, tmp_path / "first")
    assert [claim.kind for claim in review_of(empty, text, "bo").claims].count(BlockKind.BLOCK_QUOTE) == 2
    assert export_to(empty, name, tmp_path / "second") == first


@pytest.mark.parametrize("name", NAMES)
def test_importing_again_changes_nothing(name: str, full: Store, empty: Store, tmp_path: Path) -> None:
    first = export_to(full, name, tmp_path / "first")
    take(empty, name, tmp_path / "first")
    before = len(list(ledger.entries(empty)))
    again = take(empty, name, tmp_path / "first")
    assert {each.result for each in again} == {"there"}
    assert len(list(ledger.entries(empty))) == before
    assert export_to(empty, name, tmp_path / "second") == first


@pytest.mark.parametrize("name", NAMES)
def test_without_texts_the_articles_of_the_database_are_used(
    name: str, full: Store, empty: Store, tmp_path: Path
) -> None:
    export_to(full, name, tmp_path / "bare", with_text=False)
    refused = take(empty, name, tmp_path / "bare")
    assert {each.result for each in refused} == {"failed"}
    assert "in the database" in refused[0].detail
    list(ingest(empty, [Article(text, "again.txt") for text in (QUAY, SHED)]))
    assert {each.result for each in take(empty, name, tmp_path / "bare")} <= {"taken", "note"}
    theirs, ours = review_of(full, QUAY, "ana"), review_of(empty, QUAY, "ana")
    assert {made.said for made in ours.attributions} == {made.said for made in theirs.attributions}
    assert ours.judgements == theirs.judgements


@pytest.mark.parametrize("name", NAMES)
def test_one_article_and_reviewer_is_one_entry_that_says_where_it_came_from(
    name: str, full: Store, empty: Store, tmp_path: Path
) -> None:
    export_to(full, name, tmp_path / "first")
    take(empty, name, tmp_path / "first")
    entries = [entry for entry in ledger.entries(empty) if entry.kind == "decision"]
    assert sorted((entry.reviewer or "", entry.action) for entry in entries) == [
        ("ana", "import-annotation"),
        ("bo", "import-annotation"),
        ("bo", "import-annotation"),
    ]
    for entry in entries:
        came = entry.payload["from"]
        assert (came["format"], came["by"]) == (IMPORTED_AS.get(name, name), "importer")
        assert came["origin"].startswith(str(tmp_path / "first"))


@pytest.mark.parametrize("name", NAMES)
def test_her_own_work_under_another_name_in_the_same_database_gets_ids_of_its_own(
    name: str, full: Store, tmp_path: Path
) -> None:
    export_to(full, name, tmp_path / "first")
    before = review_of(full, QUAY, "ana")
    taken = take(full, name, tmp_path / "first", reviewer="gold")
    assert [each.detail for each in taken if each.result == "failed"] == []
    assert review_of(full, QUAY, "ana") == before
    gold = review_of(full, QUAY, "gold")
    assert {made.said for made in gold.attributions} == {made.said for made in before.attributions}
    assert not {made.id for made in gold.attributions} & {made.id for made in before.attributions}
    assert gold.judgements == before.judgements
    assert list(examine(full)) == []


@pytest.mark.parametrize("name", ["doccano", "doccano-relations"])
@pytest.mark.parametrize("unit", [OffsetUnit.UTF16, OffsetUnit.GRAPHEMES])
def test_doccano_comes_back_the_same_in_each_unit(
    name: str, unit: OffsetUnit, full: Store, empty: Store, tmp_path: Path
) -> None:
    def written(store: Store) -> bytes:
        ((_, pieces),) = exported(store, FORMATS[name], Choice(offsets=unit), Tally())
        return b"".join(pieces)

    first = written(full)
    (tmp_path / "one.jsonl").write_bytes(first)
    take(empty, name, tmp_path / "one.jsonl")
    assert written(empty) == first


def test_jsonl_keeps_times_schemes_ids_and_sources(full: Store, empty: Store, tmp_path: Path) -> None:
    export_to(full, "jsonl", tmp_path / "first")
    take(empty, "jsonl", tmp_path / "first")
    theirs, ours = review_of(full, QUAY, "ana"), review_of(empty, QUAY, "ana")
    assert (ours.attributions, ours.evidence, ours.verdicts) == (theirs.attributions, theirs.evidence, theirs.verdicts)
    assert ours.sources == theirs.sources
    names = {made.id: made.name for made in stored_sources.registry(empty).unmerged()}
    assert "Office of the =Port" in names.values()


def test_a_claim_that_was_decided_and_cleared_again_is_still_one_she_has_been_at(
    full: Store, empty: Store, tmp_path: Path
) -> None:
    ana = ReviewSession(full, "ana")
    ana.open(Article(QUAY, "").id)
    for _ in range(2):
        ana.apply(judging.flag, ana.review.claims[0])
    first = export_to(full, "jsonl", tmp_path / "first")
    assert b"sinks" in next(iter(first.values())).splitlines()[0]
    take(empty, "jsonl", tmp_path / "first")
    assert export_to(empty, "jsonl", tmp_path / "second") == first


def test_what_she_decided_here_stays_and_the_rest_is_filled(full: Store, empty: Store, tmp_path: Path) -> None:
    export_to(full, "jsonl", tmp_path / "first")
    list(ingest(empty, [Article(QUAY, "quay.txt")]))
    ana = ReviewSession(empty, "ana")
    ana.open(Article(QUAY, "").id)
    ana.apply(judging.worth, ana.review.claims[2], "2")
    taken = take(empty, "jsonl", tmp_path / "first")
    assert any("1 value differs" in each.detail for each in taken if each.result == "note")
    judgement = review_of(empty, QUAY, "ana").judgement(ana.review.claims[2])
    assert (judgement.worth, judgement.note) == ("2", "=SUM(A1)\n🌊")


def test_an_import_can_be_undone_and_redone(full: Store, empty: Store, tmp_path: Path) -> None:
    export_to(full, "jsonl", tmp_path / "first")
    take(empty, "jsonl", tmp_path / "first")
    before = review_of(empty, QUAY, "ana")
    ana = ReviewSession(empty, "ana")
    ana.open(Article(QUAY, "").id)
    ana.undo()
    assert not ana.review.attributions
    assert not ana.review.judgements
    assert not ana.review.boundaries
    ana.redo()
    assert ana.review == before
    assert list(examine(empty)) == []


def test_values_that_the_scheme_does_not_have_are_refused_with_the_place(
    full: Store, empty: Store, tmp_path: Path
) -> None:
    export_to(full, "jsonl", tmp_path / "first")
    path = tmp_path / "first" / "one.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"value":"mixed"', '"value":"pants"'), encoding="utf-8")
    taken = take(empty, "jsonl", path)
    (failed,) = [each for each in taken if each.result == "failed"]
    assert failed.detail == ("line 1: verdict 'pants': not in the scheme annotator-default@1; map it with --label-map")
    assert review_of(empty, QUAY, "ana").judgement(review_of(empty, QUAY, "ana").claims[2]).worth == "1"


def test_a_changed_text_is_refused(full: Store, empty: Store, tmp_path: Path) -> None:
    export_to(full, "jsonl", tmp_path / "first")
    path = tmp_path / "first" / "one.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("It rained.", "It poured."), encoding="utf-8")
    taken = take(empty, "jsonl", path)
    assert any("the text is not that of article" in each.detail for each in taken if each.result == "failed")


def test_a_dry_run_reads_everything_and_stores_nothing(full: Store, tmp_path: Path) -> None:
    export_to(full, "jsonl", tmp_path / "first")
    taken = list(import_annotations(None, [str(tmp_path / "first")], ANNOTATION_FORMATS["jsonl"], AnnotationOptions()))
    assert sum(each.attributions for each in taken) == 3


def standoff(folder: Path, text: str, annotations: str) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "a.ann").write_text(annotations, encoding="utf-8")
    return folder / "a.ann"


def test_facets_that_a_file_does_not_say_are_read_by_rule_and_the_entry_says_so(empty: Store, tmp_path: Path) -> None:
    text = "“It rained,” an aide said."
    path = standoff(
        tmp_path,
        text,
        "T1\tSource 13 20\tan aide\nT2\tCue 21 25\tsaid\nT3\tContent 0 12\t“It rained,”\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n",
    )
    take(empty, "brat", path)
    (made,) = review_of(empty, text, "gold").attributions
    assert (made.form, made.anonymity) == (Form.DIRECT, Anonymity.DESCRIBED)
    (entry,) = [each for each in ledger.entries(empty) if each.kind == "decision"]
    assert entry.payload["by_rule"] == {made.id: ["anonymity", "form"]}


def test_claims_that_overlap_are_refused_and_leave_no_cut_behind(empty: Store, tmp_path: Path) -> None:
    text = "One two three. Four."
    path = standoff(
        tmp_path, text, "T1\tClaim 0 7\tOne two\nT2\tClaim 4 14\ttwo three.\nA1\tWorth T1 1\nA2\tWorth T2 1\n"
    )
    taken = take(empty, "brat", path)
    failed = [each.detail for each in taken if each.result == "failed"]
    assert failed == [
        f"line {line}, T{line}: {place} is no claim of gold's here: it was split or joined differently"
        for line, place in ((1, "0..7"), (2, "4..14"))
    ]
    assert review_of(empty, text, "gold").boundaries == {}


def test_a_child_outside_its_parent_stands_alone_and_that_is_said(empty: Store, tmp_path: Path) -> None:
    text = "Ana said it rained. Bo said it poured."
    path = standoff(
        tmp_path,
        text,
        "T1\tCue 4 8\tsaid\nT2\tContent 9 18\tit rained\nT3\tCue 23 27\tsaid\nT4\tContent 28 37\tit poured\n"
        "E1\tAttribution:T1 Cue:T1 Content:T2\nE2\tAttribution:T3 Cue:T3 Content:T4\nR1\tNestedIn Arg1:E2 Arg2:E1\n",
    )
    taken = take(empty, "brat", path)
    assert [each.detail for each in taken if each.result == "note"] == [
        "line 6, E2: what it is nested in does not hold its content: it stands alone"
    ]
    assert [made.parent for made in review_of(empty, text, "gold").attributions] == [None, None]
