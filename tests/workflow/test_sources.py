from __future__ import annotations

import pytest

from annotator.errors import DecisionRefused, DomainError
from annotator.model.review import ArticleReview
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.stored_article import StoredArticle
from annotator.store import Store, articles, citations, doctor, open_store
from annotator.store import sources as stored
from annotator.store.review import load_review
from annotator.workflow import attributing, judging, sources
from annotator.workflow.overviewing import project_overview
from annotator.workflow.reading import own_sources
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with
from tests.workflow.sourced import accept, healthy, make, named, names


def test_accepting_makes_the_sources_in_the_same_entry(ana: ReviewSession, store: Store) -> None:
    accept(ana, "two cables held")
    assert names(ana) == {"The yard": "yard", "Ines Duarte": "Ines Duarte"}
    assert named(ana, "Ines Duarte").kind is SourceKind.PERSON
    assert store.connection.execute("select count(*) from ledger where kind = 0").fetchone() == (1,)
    assert healthy(store)
    ana.undo()
    assert ana.registry.entities == {}
    ana.redo()
    assert names(ana) == {"The yard": "yard", "Ines Duarte": "Ines Duarte"}
    assert healthy(store)


def test_a_known_name_is_recognised_whoever_made_it(ana: ReviewSession, bo: ReviewSession) -> None:
    duarte = make(bo, "Inês M. Duarte")
    bo.apply_to_sources(sources.add_alias, duarte.id, "Ines Duarte")
    accept(ana, "two cables held")
    assert names(ana)["Ines Duarte"] == "Inês M. Duarte"


def test_renaming_keeps_the_name_as_an_alias_and_is_undone(ana: ReviewSession) -> None:
    duarte = make(ana, "Ines Duarte")
    settled = ana.apply_to_sources(sources.rename, duarte.id, "  Inês   Duarte ")
    assert settled.said == "source renamed: “Ines Duarte” is “Inês Duarte”"
    renamed = settled.registry.entities[duarte.id]
    assert (renamed.name, renamed.aliases) == ("Inês Duarte", ("Ines Duarte",))
    assert ana.undo_or_redo_sources("undo").registry.entities[duarte.id] == duarte
    assert ana.undo_or_redo_sources("redo").registry.entities[duarte.id] == renamed


def test_a_merged_source_leads_to_the_one_that_stands(ana: ReviewSession, bo: ReviewSession, store: Store) -> None:
    accept(ana, "two cables held")
    accept(ana, "We checked twice")
    yard, person = named(ana, "the yard"), named(ana, "Ines Duarte")
    other = make(bo, "Quillfeather Yard", SourceKind.ORGANISATION)
    bo.apply_to_sources(sources.merge, yard.id, other.id)
    assert names(ana)["The yard"] == "Quillfeather Yard"
    assert [entity.name for entity in ana.registry.unmerged()] == ["Ines Duarte", "Quillfeather Yard", "source"]
    # A chain: what stood for another is merged in turn.
    bo.apply_to_sources(sources.merge, other.id, person.id)
    assert names(ana)["The yard"] == "Ines Duarte"
    with pytest.raises(DecisionRefused, match="one source already"):
        bo.apply_to_sources(sources.merge, person.id, yard.id)
    bo.undo_or_redo_sources("undo")
    bo.undo_or_redo_sources("undo")
    assert names(ana)["The yard"] == "yard"
    assert healthy(store)


def test_a_source_is_assigned_made_with_it_and_taken_away(ana: ReviewSession, bo: ReviewSession, store: Store) -> None:
    accept(ana, "two cables held")
    accept(bo, "two cables held")
    claim = claim_with(ana, "two cables held")
    yard = next(made for made in ana.review.attributions if made.parent is None)
    decided = ana.apply(sources.assign, claim, yard.id, SourceEntity("", "Quillfeather Yard", SourceKind.ORGANISATION))
    assert decided.said == "source: “Quillfeather Yard”"
    assert decided.claim_id == claim.id
    assert names(ana)["The yard"] == "Quillfeather Yard"
    assert names(bo)["The yard"] == "yard"
    ana.apply(sources.assign, claim, yard.id, named(ana, "Ines Duarte"))
    ana.apply(sources.assign, claim, yard.id, None)
    assert names(ana)["The yard"] is None
    with pytest.raises(DecisionRefused, match="no source yet"):
        ana.apply(sources.assign, claim, yard.id, None)
    for name in ("Ines Duarte", "Quillfeather Yard", "yard"):
        ana.undo()
        assert names(ana)["The yard"] == name
    assert healthy(store)


def test_what_was_assigned_by_hand_stays_while_the_source_reads_the_same(ana: ReviewSession) -> None:
    accept(ana, "two cables held")
    claim = claim_with(ana, "two cables held")
    yard = next(made for made in ana.review.attributions if made.parent is None)
    other = make(ana, "Quillfeather Yard", SourceKind.ORGANISATION)
    ana.apply(sources.assign, claim, yard.id, other)
    ana.apply(attributing.same_source, claim_with(ana, "They were old"))
    assert names(ana)["The yard"] == "Quillfeather Yard"


def test_names_that_are_none_or_there_already_are_refused(ana: ReviewSession) -> None:
    duarte, vale = make(ana, "Ines Duarte"), make(ana, "Vale & Co", SourceKind.ORGANISATION)
    with pytest.raises(DecisionRefused, match="there is a source “Ines Duarte” already"):
        make(ana, "Ines Duarte")
    with pytest.raises(DecisionRefused, match="there is a source"):
        ana.apply_to_sources(sources.rename, vale.id, "Ines Duarte")
    with pytest.raises(DecisionRefused, match="its name already"):
        ana.apply_to_sources(sources.rename, duarte.id, "Ines Duarte")
    with pytest.raises(DecisionRefused, match="a name of it already"):
        ana.apply_to_sources(sources.add_alias, duarte.id, "Ines Duarte")
    with pytest.raises(DecisionRefused, match="person already"):
        ana.apply_to_sources(sources.set_kind, duarte.id, SourceKind.PERSON)
    with pytest.raises(DecisionRefused, match="no longer there"):
        ana.apply_to_sources(sources.rename, "nobody", "Ana")
    for name in ("", " ", "a" * 201, "a\x1bb"):
        with pytest.raises(DomainError, match="one line of 1 to 200"):
            ana.apply_to_sources(sources.make, name, SourceKind.PERSON)


def test_the_history_of_a_source_names_the_others_only_where_they_may_be_seen(
    ana: ReviewSession, bo: ReviewSession, store: Store
) -> None:
    duarte, other = make(ana, "Ines Duarte"), make(bo, "I. Duarte")
    ana.apply_to_sources(sources.rename, duarte.id, "Inês Duarte")
    ana.undo_or_redo_sources("undo")
    bo.apply_to_sources(sources.merge, other.id, duarte.id)
    assert [words for _, words in sources.history(store, duarte.id)] == [
        "made: “Ines Duarte”, person, by ana",
        "made: “I. Duarte”, person, by bo",
        "“Ines Duarte” renamed to “Inês Duarte”, by ana",
        "undone: “Ines Duarte” renamed to “Inês Duarte”, by ana",
        "“I. Duarte” merged into “Ines Duarte”, by bo",
    ]
    hers = [words for _, words in sources.history(store, duarte.id, "ana")]
    assert hers[-1] == "“I. Duarte” merged into “Ines Duarte”, by another reviewer"
    assert not any("bo" in words.split() for words in hers)


def test_a_purge_keeps_the_sources_that_other_work_uses_and_no_others(
    ana: ReviewSession, bo: ReviewSession, store: Store, ramp: str, rain: str
) -> None:
    accept(ana, "two cables held")
    duarte = named(ana, "Ines Duarte")
    bo.apply_to_sources(sources.rename, duarte.id, "Inês Duarte")
    articles.purge_article(store, ramp, "ana")
    assert [entity.name for entity in ana.registry.unmerged()] == ["Inês Duarte"]
    assert healthy(store)
    with pytest.raises(DecisionRefused, match="stays: its article is gone"):
        bo.undo_or_redo_sources("undo")
    ledger = "\n".join(row[0] for row in store.connection.execute("select payload from ledger"))
    assert "yard" not in ledger
    ana.open(rain)
    assert ana.registry.revision == store.connection.execute("select max(entry) from source_use").fetchone()[0]


def test_two_sessions_on_two_connections_see_each_others_sources(ana: ReviewSession, store: Store) -> None:
    other = open_store(store.path)
    cleo = ReviewSession(other, "cleo")
    assert cleo.registry.entities == {}
    duarte = make(ana, "Ines Duarte")
    before = cleo.registry
    assert before.entities == {duarte.id: duarte}
    assert cleo.registry is before
    ana.undo()
    assert cleo.registry.entities == {}
    other.close()


def test_a_plan_made_on_sources_that_have_changed_is_refused(ana: ReviewSession, bo: ReviewSession) -> None:
    plan = sources.make(ana.registry, "Ines Duarte", SourceKind.PERSON)
    revision = ana.registry.revision
    make(bo, "Ines Duarte")
    with pytest.raises(DecisionRefused, match="changed meanwhile by somebody else"):
        stored.decide(ana.store, "ana", "s", plan.action, plan.changes, revision)


def test_the_listing_counts_ones_own_work_and_leads_to_the_claims(
    ana: ReviewSession, bo: ReviewSession, store: Store
) -> None:
    accept(ana, "two cables held")
    ana.apply(judging.verdict, claim_with(ana, "two cables held"), "refuted")
    accept(bo, "two cables held")
    bo.apply(judging.verdict, claim_with(bo, "two cables held"), "supported")
    mine = sources.listing(store, ["ana"])
    line = next(line for line in mine.sources if line.entity.name == "Ines Duarte")
    assert (line.numbers.attributions, line.numbers.claims, line.numbers.verdicts) == (1, 1, {"refuted": 1})
    everybody = sources.listing(store)
    both = next(line for line in everybody.sources if line.entity.name == "Ines Duarte").numbers
    assert (both.attributions, both.claims, both.verdicts) == (2, 1, {"refuted": 1, "supported": 1})
    (citation,) = sources.cited(store, line.entity.id, "ana")
    claim = claim_with(ana, "two cables held")
    assert (citation.article_id, citation.claim_id, citation.start) == (claim.article_id, claim.id, claim.span.start)
    assert sources.cited(store, "nobody", "ana") == []


def test_work_without_sources_is_not_read_for_what_sources_say(
    ana: ReviewSession, bo: ReviewSession, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(ana, "two cables held")
    accept(bo, "two cables held")
    ana.apply(judging.verdict, claim_with(ana, "two cables held"), "refuted")
    whole = sources.listing(store, ["ana"])
    duarte = named(ana, "Ines Duarte")
    cited = sources.cited(store, duarte.id, "ana")
    overview = project_overview(store, None, resamples=0, brief=True)
    store.connection.execute(
        "delete from attribution_source where reviewer <> (select key from name where text = 'ana')"
    )
    read: list[str] = []
    genuine = load_review

    def noted(store: Store, article: StoredArticle, reviewer: str) -> ArticleReview:
        read.append(reviewer)
        return genuine(store, article, reviewer)

    monkeypatch.setattr(citations, "load_review", noted)
    assert sources.listing(store, settled=True).sources == whole.sources
    assert sources.cited(store, duarte.id, "ana") == cited != []
    assert own_sources(ana)
    assert project_overview(store, None, resamples=0, brief=True).sources == overview.sources != []
    assert set(read) == {"ana"}
    sources.listing(store)
    assert read[-1] != "ana"


@pytest.mark.parametrize(
    "change",
    [
        "update source_entity set name = 'Somebody else' where name = 'Ines Duarte'",
        "insert into source_alias values ((select id from source_entity where name = 'yard'), 0, 'Yard & Sons')",
        "delete from attribution_source",
        "delete from source_use where use = 2",
    ],
)
def test_the_doctor_notices_sources_that_the_ledger_does_not_say(ana: ReviewSession, store: Store, change: str) -> None:
    accept(ana, "two cables held")
    assert healthy(store)
    store.connection.execute(change)
    assert {finding.check for finding in doctor.examine(store)} == {"projection"}
