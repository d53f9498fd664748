"""Suggesters that are installed beside ours, whatever they do, and asking them anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from annotator.errors import DecisionRefused
from annotator.model.article import Article, Publication
from annotator.store import Store, doctor, ledger, review
from annotator.store import suggestions as stored
from annotator.workflow import attributing, ingest, judging, suggesting
from annotator.workflow.importing import preparing
from annotator.workflow.session import ReviewSession

PlugIn = Callable[..., None]

SNOW = Article("Snow fell. “It lies,” Ana Roca said.", "snow.txt", Publication("Snow", publisher="Example Wire"))
IMPORTS = """
from annotator.model.attribution import Attribution, Form
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion

def one(name, **more):
    made = Attribution("a1", (), Span(31, 35), (Span(11, 21),), **more)
    return Suggestions(name, (), (AttributionSuggestion(made, "plugged", 0.5),))
"""


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlugIn]:
    """Install a package with one suggester: `plug_in(name, source of its module, package=...)`."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)

    def install(name: str, source: str, package: str = "", attribute: str = "suggest") -> None:
        module = f"plugged_{len(list(folder.iterdir()))}"
        (folder / f"{module}.py").write_text(IMPORTS + dedent(source), encoding="utf-8")
        info = folder / f"{package or module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package or module}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[annotator.suggesters]\n{name} = {module}:{attribute}\n")

    yield install
    for module in set(sys.modules) - before:
        if module.startswith("plugged_"):
            del sys.modules[module]


GOOD = "def suggest(text, segmentation, *, publisher=''):\n    return one('{}@1')\n"


def test_what_is_installed_is_listed_with_where_it_is_from_and_what_is_wrong_with_it(plug_in: PlugIn) -> None:
    plug_in("fine", GOOD.format("fine"), "snowfinder")
    plug_in("absent", "import no_such_parser_here")
    plug_in("quitter", "raise SystemExit(3)")
    plug_in("number", "suggest = 7")
    plug_in("odd@2", GOOD.format("odd"))
    plug_in("rules", GOOD.format("rules"), "impostor")
    found = suggesting.known_suggesters()
    assert [(each.name, each.origin) for each in found][:3] == [
        ("rules", "built in"),
        ("worth", "built in"),
        ("absent", "plugged_2 1.2"),
    ]
    troubles = {(each.name, each.origin): each.trouble for each in found}
    assert troubles["fine", "snowfinder 1.2"] == troubles["rules", "built in"] == ""
    assert "ModuleNotFoundError: No module named 'no_such_parser_here'" in troubles["absent", "plugged_2 1.2"]
    assert "SystemExit: 3" in troubles["quitter", "plugged_4 1.2"]
    assert "is no function" in troubles["number", "plugged_6 1.2"]
    assert "has no @" in troubles["odd@2", "plugged_8 1.2"]
    assert "name is taken" in troubles["rules", "impostor 1.2"]
    assert suggesting.named_suggesters(["rules"])[0].origin == "built in"


def test_the_project_chooses_and_the_order_is_kept(store: Store, plug_in: PlugIn) -> None:
    plug_in("fine", GOOD.format("fine"))
    plug_in("absent", "import no_such_parser_here")
    assert suggesting.chosen_names(store) == suggesting.chosen_names(None) == ("rules", "worth")
    assert not suggesting.choose(store, ["rules", "worth"], "ana")
    assert suggesting.choose(store, ["fine", "rules", "fine"], "ana")
    assert suggesting.chosen_names(store) == ("fine", "rules")
    for name, why in [("absent", "cannot be loaded"), ("nobody", "not installed here")]:
        with pytest.raises(DecisionRefused, match=why):
            suggesting.choose(store, ["fine", name], "ana")
    assert suggesting.chosen_names(store) == ("fine", "rules")
    assert list(doctor.examine(store)) == []


def test_an_import_asks_every_chosen_suggester_and_their_ids_do_not_mix(store: Store, plug_in: PlugIn) -> None:
    plug_in(
        "nesting",
        """
        def suggest(text, segmentation, *, publisher=''):
            outer = Attribution("a2", (), Span(31, 35), (Span(0, 30),))
            inner = Attribution("a1", (), Span(5, 9), (Span(11, 21),), parent="a2")
            made = tuple(AttributionSuggestion(made, publisher, 0.5) for made in (inner, outer))
            return Suggestions("nesting", (), made)
        """,
    )
    suggesting.choose(store, ["rules", "nesting"], None)
    (outcome,) = ingest.ingest(store, [SNOW])
    assert outcome.detail == ""
    found = [made for _, made in review.load_article(store, SNOW.id).attributions]
    assert [made.rule for made in found][-2:] == ["Example Wire"] * 2
    ours, inner, outer = (made.attribution for made in found)
    assert (ours.parent, inner.parent, outer.parent) == (None, outer.id, None)
    assert ours.id not in (inner.id, outer.id)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("raise KeyError('lemma')", "KeyError: 'lemma'"),
        ("raise SystemExit", "SystemExit"),
        ("raise RecursionError", "RecursionError"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("import asyncio; raise asyncio.CancelledError", "CancelledError"),
        ("raise type('Mute', (Exception,), {'__str__': lambda self: 1 / 0})", "no suggestions from bad: Mute"),
        ("return None", "returned NoneType, not Suggestions"),
        ("return one('rules@1')", "calls itself 'rules@1'"),
        ("return Suggestions(7)", "AttributeError"),
        ("return Suggestions('bad', (WorthSuggestion(Span(0, 99), '2', 'r', 0.5),))", "ends behind the text"),
        ("return Suggestions('bad', (WorthSuggestion((0, 9), '2', 'r', 0.5),))", "(0, 9), a tuple, where Span"),
        ("return Suggestions('bad', (WorthSuggestion(Span(0.0, 9.0), '2', 'r', 0.5),))", "0.0, a float, where int"),
        ("return Suggestions('bad', (WorthSuggestion(Span(0, 9), '2', 'r', float('nan')),))", "between 0 and 1"),
        ("return Suggestions('bad', (WorthSuggestion(Span(0, 9), '2', '\\ud800', 0.5),))", "lone surrogate"),
        ("return Suggestions('bad', ['r'])", "a str, where WorthSuggestion is needed"),
        ("return one('bad', form='direct')", "'direct', a str, where Form is needed"),
        ("return one('bad', parent='a9')", "does not exist"),
        ("return Suggestions('bad', (), one('bad').attributions * 2)", "two attributions one id"),
    ],
)  # fmt: skip
def test_a_suggester_that_misbehaves_is_told_and_stops_nothing(
    store: Store, plug_in: PlugIn, body: str, why: str
) -> None:
    plug_in("bad", f"def suggest(text, segmentation, *, publisher=''):\n    {body}\n")
    suggesting.choose(store, ["bad", "rules"], None)
    (outcome,) = ingest.ingest(store, [SNOW])
    assert (outcome.result, outcome.sentences) == ("added", 2)
    assert outcome.detail.startswith("no suggestions from bad: ")
    assert why in outcome.detail
    assert {proposal.suggester for proposal in stored.proposals(store, SNOW.id)} <= {"rules@3", "test"}
    assert len(review.load_article(store, SNOW.id).attributions) == 1
    assert list(doctor.examine(store)) == []


def test_a_chosen_suggester_that_is_gone_is_told(store: Store) -> None:
    store.connection.execute("insert into meta values ('suggesters', '[\"gone\"]')")
    (outcome,) = ingest.ingest(store, [SNOW])
    assert "no suggestions from gone: not installed here" in outcome.detail
    assert outcome.result == "added"


def test_a_check_worthiness_that_the_scheme_does_not_have_is_left_out(store: Store, plug_in: PlugIn) -> None:
    body = "return Suggestions('some', tuple(WorthSuggestion(Span(0, 10), value, 'r', 0.5) for value in ('9', '2')))"
    plug_in("some", f"def suggest(text, segmentation, *, publisher=''):\n    {body}\n")
    suggesting.choose(store, ["some"], None)
    list(ingest.ingest(store, [SNOW]))
    assert [made.worth for _, made in review.load_article(store, SNOW.id).worths] == ["2"]


def test_what_a_suggester_prints_is_no_data(plug_in: PlugIn, capsys: pytest.CaptureFixture[str]) -> None:
    plug_in("loud", "def suggest(text, segmentation, *, publisher=''):\n    print('loading'); return one('loud')\n")
    proposed, trouble = preparing.suggest_for(
        SNOW, preparing.split_article(SNOW), suggesting.named_suggesters(["loud"])
    )  # fmt: skip
    assert (len(proposed), trouble) == (1, "")
    assert capsys.readouterr() == ("", "loading\n")


def decided(store: Store) -> list[tuple[object, ...]]:
    """Everything that was decided and all that follows from it."""
    tables = ("ledger", "judgement", "verdict", "attribution", "evidence", "refusal", "progress")
    return [row for table in tables for row in store.connection.execute(f"select * from {table}").fetchall()]


def test_asking_anew_replaces_proposals_and_never_a_decision(
    store: Store, ramp: str, ana: ReviewSession, bo: ReviewSession
) -> None:
    claims = ana.review.claims
    refused, _ = ana.review.suggested_attributions(claims[3])[0]
    ana.apply(attributing.accept, claims[1])
    ana.apply(attributing.refuse, claims[3], refused)
    ana.apply(judging.worth, claims[5], "2")
    ana.undo()
    before, kept, mine = decided(store), ana.review.attributions, ana.review.refused
    (renewed,) = suggesting.suggest_again(store, [ramp])
    assert (renewed.title, renewed.detail) == ("Ramp shut at Quillfeather", "")
    assert renewed.proposals == sum(proposal.current for proposal in stored.proposals(store, ramp))
    assert decided(store) == before
    after, _ = ana.open(ramp)
    assert (after.attributions, after.refused) == (kept, mine)
    assert {made.attribution.cue for _, made in after.suggested_attributions(claims[1])} == set()
    assert bo.open(ramp)[0].suggested_attributions(claims[1]) != []
    assert list(doctor.examine(store)) == []
    # What was decided before can still be taken back, and what came of the old proposals with it.
    ana.redo()
    while ana.next_undo() is not None:
        ana.undo()
    assert (ana.review.attributions, ana.review.refused) == ((), frozenset())
    assert list(doctor.examine(store)) == []


def test_a_refused_proposal_stays_refused_when_a_new_version_makes_it(store: Store, plug_in: PlugIn) -> None:
    source = """
        import pathlib
        def suggest(text, segmentation, *, publisher=''):
            return one('fine@' + pathlib.Path({!r}).read_text())
    """
    version = store.path.with_name("version")
    version.write_text("1")
    plug_in("fine", source.format(str(version)))
    suggesting.choose(store, ["fine"], None)
    list(ingest.ingest(store, [SNOW]))
    ana = ReviewSession(store, "ana")
    opened, _ = ana.open(SNOW.id)
    ((id_, _),) = opened.suggested_attributions(opened.claims[1])
    ana.apply(attributing.refuse, opened.claims[1], id_)
    version.write_text("2")
    list(suggesting.suggest_again(store, [SNOW.id]))
    again, _ = ana.open(SNOW.id)
    assert id_ not in dict(again.article.attributions)
    assert again.suggested_attributions(again.claims[1]) == []
    assert len(ana.undo().review.suggested_attributions(again.claims[1])) == 1
    assert list(doctor.examine(store)) == []


def test_what_a_suggester_proposed_before_stays_when_it_fails(store: Store, plug_in: PlugIn) -> None:
    switch = store.path.with_name("broken")
    plug_in(
        "moody",
        f"""
        import pathlib
        def suggest(text, segmentation, *, publisher=''):
            assert not pathlib.Path({str(switch)!r}).exists()
            return one('moody')
        """,
    )
    suggesting.choose(store, ["moody"], None)
    list(ingest.ingest(store, [SNOW]))
    before = review.load_article(store, SNOW.id)
    switch.touch()
    (renewed,) = suggesting.suggest_again(store, [SNOW.id])
    assert "no suggestions from moody: AssertionError" in renewed.detail
    assert review.load_article(store, SNOW.id) == before
    suggesting.choose(store, ["rules"], None)
    list(suggesting.suggest_again(store, [SNOW.id]))
    assert {made.rule for _, made in review.load_article(store, SNOW.id).attributions}.isdisjoint({"plugged"})


def test_asking_anew_makes_no_entry_in_the_ledger(store: Store, ramp: str) -> None:
    before = [entry.id for entry in ledger.entries(store)]
    list(suggesting.suggest_again(store, [ramp]))
    assert [entry.id for entry in ledger.entries(store)] == before
