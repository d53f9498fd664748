from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.store import open_store
from annotator.workflow import segmenting
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]
TEXT = "Bridge shut\n\nWe didn’t find anything.\tNaïve café\nowners \x1b[31mhope it reopens.\n\n橋が閉鎖された。"


@pytest.fixture
def held(command: Command, tmp_path: Path) -> Command:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}))
    assert command("import", "a.jsonl").exit_code == 0
    return command


def test_hits_come_one_a_line_with_tabs_between(held: Command) -> None:
    result = held("find", "naive", "CAFE owners")
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    short, claim, before, words, after, title = line.split("\t")
    assert short == held("articles").stdout.split()[0]
    assert (claim, words, title) == ("3", "Naïve café owners", "Bridge shut")
    assert before == "Bridge shut We didn’t find anything. "[-40:]
    assert after == " ␛[31mhope it reopens. 橋が閉鎖された。"
    assert result.stderr.splitlines()[-1] == "1 hit in 1 article"


def test_as_json_with_whole_ids_and_offsets(held: Command) -> None:
    (found,) = map(json.loads, held("find", "--json", "閉鎖").stdout.splitlines())
    assert TEXT[found["start"] : found["end"]] == found["words"] == "閉鎖"
    assert len(found["article_id"]) == 64
    assert len(found["claim_id"]) == 32
    assert found["claim"] == 5


def test_the_claim_is_that_of_the_reviewers_own_segmentation(held: Command, tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "annotations.db")) as store:
        session = ReviewSession(store, "ana")
        article_id = session.article_to_review()
        assert article_id is not None
        review, _ = session.open(article_id)
        session.apply(segmenting.join, review.claims[1])
        joined = session.review.claims[1].id
    for reviewer, number in (("ana", 2), ("ben", 3)):
        (found,) = map(json.loads, held("--reviewer", reviewer, "find", "--json", "cafe").stdout.splitlines())
        assert found["claim"] == number
        assert (found["claim_id"] == joined) == (reviewer == "ana")


def test_words_that_stand_nowhere_are_said_and_are_a_failure(held: Command) -> None:
    result = held("find", "zebra")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1] == "found nowhere: zebra"
    assert held("find").exit_code == 2
