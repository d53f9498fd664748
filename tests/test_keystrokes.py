from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.importers import ImportOptions, read_sources
from annotator.model.article import Article, BlockKind, Claim
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.segmentation import split
from benchmarks import keystrokes
from benchmarks.keystroke.claiming import Desk
from benchmarks.keystroke.drafting import Drafting
from benchmarks.keystroke.gold import Gold, Wanted, chosen, gold_of, marked, read_gold, wanted
from benchmarks.keystroke.paths import Paths, press
from benchmarks.keystroke.playing import first_desk, no_hand, part_of, play
from benchmarks.keystroke.pressing import NotAsPlanned, check

ROOT = Path(__file__).parent.parent
TEXT = (
    "Bridge at Sela closed\n\n"
    "Ines Duarte said that the bridge was shut. It was late, according to two lorry drivers and their mates.\n\n"
    "The ferry may run on Sunday.\n"
)


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    # The application freezes what it has loaded.
    gc.unfreeze()


def spans(piece: str | list[str]) -> list[list[int]]:
    pieces = [piece] if isinstance(piece, str) else piece
    return [[TEXT.index(each), TEXT.index(each) + len(each)] for each in pieces]


def row(*attributions: tuple[Any, Any, Any]) -> dict[str, Any]:
    made = [
        {role: spans(piece) if piece else None for role, piece in zip(("source", "cue", "content"), each, strict=True)}
        for each in attributions
    ]
    return {"id": "bridge", "text": TEXT, "publisher": "Sela Wire", "attributions": made}


SAID = ("Ines Duarte", "said", "that the bridge was shut")
ACCORDING = ("two lorry drivers", "according to", "It was late")
REASONS = {value.id: [reason.id for reason in value.reasons] for value in default_scheme().verdict}


def test_gold_is_read_with_what_breaks_our_invariants_left_out_and_named() -> None:
    given = row(SAID, SAID, (None, "late", None), (None, ["Ines", "said"], "Sunday"), (None, None, "The ferry"))
    given["attributions"][0]["content"][0][1] += 1
    given["attributions"][1]["content"][0][1] -= 1
    given["attributions"][0]["content"][0][0] -= 1
    gold = gold_of(given)
    assert len(gold.attributions) == 4
    assert gold.attributions[2].cue == Span(TEXT.index("Ines"), TEXT.index("said") + 4)
    assert "left out: no content" in gold.remarks
    assert "a cue of several pieces is played as one, from the first to the last" in gold.remarks
    assert "without a cue: played as a block quote" in gold.remarks
    assert "played without the white space at an end of a span" in gold.remarks
    assert gold_of(row(SAID, SAID)).remarks == ("left out: the same twice",)


def test_judgements_are_drawn_the_same_each_time_in_the_shares_that_are_told() -> None:
    claims = [Claim("a" * 64, Span(at, at + 1)) for at in range(2000)]
    drawn = [wanted(claim, reasons=REASONS) for claim in claims]
    assert drawn == [wanted(claim, reasons=REASONS) for claim in claims]
    shares = {worth: sum(each.worth == worth for each in drawn) / 20 for worth in "012"}
    assert shares == pytest.approx({"0": 25, "1": 30, "2": 45}, abs=3)
    checked = [each for each in drawn if each.worth == "2"]
    assert all(each.verdict is None for each in drawn if each.worth != "2")
    shares = {value: sum(each.verdict == value for each in checked) / len(checked) * 100 for value in REASONS}
    assert shares == pytest.approx({"supported": 35, "refuted": 35, "not_enough": 20, "mixed": 10}, abs=4)
    assert all((each.reason is not None) == (each.verdict == "mixed") for each in drawn)
    assert all(wanted(claim, all_checked=True, reasons=REASONS).worth == "2" for claim in claims)
    boilerplate = [replace(claim, kind=BlockKind.BOILERPLATE) for claim in claims]
    assert {wanted(claim, reasons=REASONS) for claim in boilerplate} == {Wanted("0")}


def test_a_path_is_what_the_editor_does_with_its_keys_and_no_key_longer_than_needed() -> None:
    sentences = [sentence.span for sentence in split(TEXT).sentences]
    paths = Paths(TEXT, sentences, sentences)
    start = Span(*spans("Ines")[0])
    for piece, keys in (("Ines", 0), ("Ines Duarte", 1), ("said", 2), ("that the bridge", 3), ("lorry drivers", 7)):
        target = Span(*spans(piece)[0])
        found = paths.select(start, target, free=True)
        assert found is not None
        assert len(found) <= keys
        editor = SpanEditor(TEXT, sentences, sentences, Draft("new"), start)
        for key in found:
            press(editor, key)
        assert editor.selection == target
    inside = Span(start.start + 1, start.start + 2)
    assert paths.select(start, inside, free=True) == ("letter.shrink",) * 2 + ("selection.swap", "letter.shrink")


def test_a_small_article_is_pressed_on_the_real_screen_and_the_database_holds_the_gold() -> None:
    found = keystrokes.played(gold_of(row(SAID, ACCORDING)), fast=False, all_checked=True)
    assert not found.unreached
    assert [claim.carries for claim in found.claims] == [False, True, True, False]
    assert found.desk is not None
    assert {marked(each) for each in found.desk.review.attributions} == set(gold_of(row(SAID, ACCORDING)).attributions)
    right = found.claims[1]
    assert right.steps[0].action in ("accept", f"verdict.{found_verdict(found.desk, 1)}")
    assert right.keys("attribution") == 1
    assert all(part_of(step) in ("moving", "attribution", "verdict") for claim in found.claims for step in claim.steps)


def found_verdict(desk: Desk, index: int) -> str:
    verdict = desk.review.verdict(desk.review.claims[index])
    assert verdict is not None
    return verdict.value


def test_a_span_that_ends_inside_a_word_is_pressed_letter_by_letter() -> None:
    gold = gold_of(row(SAID, ("wo lorry drivers and their mat", "according to", "It was la")))
    found = keystrokes.played(gold, fast=False, all_checked=False)
    assert not found.unreached
    assert found.desk is not None
    assert {marked(each) for each in found.desk.review.attributions} == set(gold.attributions)


def test_words_are_marked_by_their_letters_where_that_is_shorter() -> None:
    gold = gold_of(row(SAID, ("drivers and their", "late", "Duarte said that the")))
    found = keystrokes.played(gold, fast=False, all_checked=False)
    assert not found.unreached
    pressed = [step.action for claim in found.claims for step in claim.steps]
    assert pressed.count("labels") * 2 == sum(action.startswith("label.") for action in pressed) > 0


def test_the_model_alone_counts_what_the_screen_takes() -> None:
    gold = gold_of(row(SAID, ("two lorry drivers and their mates", "according to", "It was late")))
    pressed = keystrokes.played(gold, fast=False, all_checked=False)
    alone = keystrokes.played(gold, fast=True, all_checked=False)
    assert [claim.keys() for claim in pressed.claims] == [claim.keys() for claim in alone.claims]


def test_gold_that_no_key_reaches_is_named_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row(SAID, (None, "may run", "The ferry"))) + "\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.keystroke.drafting._NODES", 0)
    monkeypatch.setattr("benchmarks.keystroke.drafting.Drafting.next_best", lambda *_: None)
    monkeypatch.setattr("sys.argv", ["keystrokes", str(path)])
    assert keystrokes.main() == 1
    printed = capsys.readouterr().out
    assert "not reached by keyboard: 1" in printed
    assert "NOT REACHED bridge, claim 4: source none; cue [" in printed
    assert "'may run'" in printed


def test_a_database_that_holds_anything_else_than_the_gold_is_found_out(tmp_path: Path) -> None:
    gold = gold_of(row(SAID))
    review = keystrokes.stored(gold, tmp_path / "annotations.db")
    drawn = [wanted(claim, reasons=REASONS) for claim in review.claims]
    desk = asyncio.run(play(first_desk(review), gold.attributions, drawn, no_hand, Drafting(review.article))).desk
    assert desk is not None
    check(desk.review, gold.attributions, drawn, [])
    with pytest.raises(NotAsPlanned, match="gold but not stored"):
        check(review, gold.attributions, drawn, [])
    moved = replace(desk.review.attributions[0], source=(Span(0, 6),))
    with pytest.raises(NotAsPlanned, match="stored but not gold"):
        check(replace(desk.review, attributions=(moved,)), gold.attributions, drawn, [])
    with pytest.raises(NotAsPlanned, match="claim at"):
        check(desk.review, gold.attributions, [replace(each, worth="x") for each in drawn], [])


def test_articles_are_chosen_the_same_whatever_their_order() -> None:
    golds = [Gold(name, Article(TEXT, name), ()) for name in "abcdefgh"]
    assert chosen(golds, 3) == chosen(reversed(golds), 3)
    assert chosen(golds, 3) != golds[:3]


def seeds() -> list[Gold]:
    return list(read_gold(keystrokes.SEEDS))


@pytest.mark.parametrize("gold", seeds(), ids=lambda gold: gold.name)
def test_the_gold_of_a_seed_is_of_the_text_that_is_imported_and_keeps_the_edge_rules(gold: Gold) -> None:
    (article,) = read_sources([str(ROOT / "seeds" / gold.name)], ImportOptions())
    assert isinstance(article, Article)
    assert gold.article.text == article.text
    assert all(remark.startswith("without a cue") for remark in gold.remarks)
    for attribution in gold.attributions:
        for span in attribution.spans:
            edges = article.text[span.start - 1 : span.start + 1], article.text[span.end - 1 : span.end + 1]
            assert not any(edge.isalnum() and len(edge) == 2 for edge in edges), span.slice(article.text)
        for span in attribution.content:
            words = span.slice(article.text)
            assert not words.endswith(".") or "“" in words or article.text[span.end : span.end + 1] in ("\n", "")


def test_every_attribution_of_the_seeds_is_reached() -> None:
    found = [keystrokes.played(gold, fast=True, all_checked=False) for gold in seeds()]
    assert [each.unreached for each in found] == [[], []]
