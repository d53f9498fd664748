from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.exporters import FORMATS
from annotator.importers import ImportOptions
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions
from annotator.model.article import Article, Publication
from annotator.model.text import article_id
from annotator.store import Store, articles, open_store
from annotator.store import review as stored_review
from annotator.store.doctor import examine
from annotator.workflow.annotations import Taken, import_annotations
from annotator.workflow.dataset import Choice, Tally, exported
from annotator.workflow.importing.near_copies import near_copies
from annotator.workflow.ingest import import_sources, ingest

PLAIN = "Pier closed\n\nThe pier closed at dawn on Friday.\n“Two piles have moved,” said Ana Ruiz, who runs the pier."
OLD = "\n " + PLAIN.replace("closed\n\n", "closed  \n\n").replace("Friday.", "Friday. ") + "\n\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "work.db")
    yield store
    store.close()


def taken(store: Store, path: Path, format_: str = "doccano") -> list[Taken]:
    return list(import_annotations(store, [str(path)], ANNOTATION_FORMATS[format_], AnnotationOptions(reviewer="ana")))


def doccano(folder: Path, text: str) -> Path:
    """A file with one attribution on the text, offsets of the text as it is."""
    marks = (("Source", "Ana Ruiz"), ("Cue", "said"), ("Content", "“Two piles have moved,”"))
    entities = [
        {"id": number, "label": label, "start_offset": text.index(words), "end_offset": text.index(words) + len(words)}
        for number, (label, words) in enumerate(marks, 1)
    ]
    relations = [
        {"id": 4, "from_id": 2, "to_id": 1, "type": "Source"},
        {"id": 5, "from_id": 2, "to_id": 3, "type": "Content"},
    ]
    path = folder / "marks.jsonl"
    path.write_text(json.dumps({"text": text, "entities": entities, "relations": relations}), encoding="utf-8")
    return path


def test_a_file_in_ten_shapes_is_one_article(store: Store, tmp_path: Path) -> None:
    shapes = [PLAIN, f"{PLAIN}\n", PLAIN.replace("\n", "\r\n"), f"\ufeff{PLAIN}", PLAIN.replace("\n", " \n"), OLD]
    for number, text in enumerate(shapes):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8", newline="")
    results = [
        each.result for each in import_sources(store, [str(tmp_path)], ImportOptions()) if each.result != "passed"
    ]
    assert results == ["added", "there", "there", "there", "there", "there"]
    assert articles.shown_ids(store) == [article_id(PLAIN)]


@pytest.mark.parametrize("held", [PLAIN, OLD])
@pytest.mark.parametrize("given", [PLAIN, OLD, OLD.replace("\n", "\r\n")])
def test_marks_stand_on_their_words_whatever_white_space_the_file_and_the_database_have(
    store: Store, tmp_path: Path, held: str, given: str
) -> None:
    list(ingest(store, [Article(held, "pier.txt")]))
    done = taken(store, doccano(tmp_path, given))
    assert [each.result for each in done if each.result != "note"] == ["taken"]
    assert articles.shown_ids(store) == [article_id(held)]
    article = stored_review.load_article(store, article_id(held))
    (made,) = stored_review.load_review(store, article, "ana").attributions
    assert [span.slice(held) for span in made.source] == ["Ana Ruiz"]
    assert [span.slice(held) for span in made.content] == ["“Two piles have moved,”"]
    assert list(examine(store)) == []
    assert "taken" not in [each.result for each in taken(store, doccano(tmp_path, given))]


@pytest.mark.parametrize("name", ["jsonl", "brat", "prodigy", "doccano", "label-studio", "w3c"])
def test_an_export_of_an_article_of_before_is_that_article_again(store: Store, tmp_path: Path, name: str) -> None:
    list(ingest(store, [Article(OLD, "pier.txt", Publication("Pier closed"))]))
    taken(store, doccano(tmp_path, OLD))
    for target in (store, open_store(tmp_path / "other.db")):
        folder = tmp_path / "out"
        for path, chunks in exported(store, FORMATS[name], Choice(), Tally()):
            written = folder / (path or f"out{FORMATS[name].suffix}")
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(b"".join(chunks))
        results = [each.result for each in taken(target, folder, name) if each.result != "note"]
        assert results == (["there"] if target is store else ["taken"])
        assert articles.shown_ids(target) == [article_id(OLD)]
    target.close()


def test_near_copies_are_named_and_stay_two(store: Store) -> None:
    body = " ".join(
        f"Pile number {number} was measured by the office on day {number} of the week." for number in range(25)
    )
    other = body.replace("Pile number 7 was", "A crane near the seventh pile was")
    (first, second, third) = ingest(
        store,
        [
            Article(body, "a.txt", Publication("Piles measured")),
            Article(other, "b.txt"),
            Article(body.replace("number 7", "number\u00a07"), "c.txt"),
        ],
    )
    assert (first.near, first.detail) == (False, "")
    assert second.near
    assert second.detail.startswith(f"nearly the same as {article_id(body)[:12]} (Piles measured), 9")
    assert third.detail == f"the same words as {article_id(body)[:12]} (Piles measured)"
    assert len(articles.shown_ids(store)) == 3
    copies = list(near_copies(store, article_id(other), other))
    assert copies[0].article_id == article_id(body)
    assert all(0.9 < copy.likeness < 1 for copy in copies)


@pytest.mark.parametrize("most_kept", [2, 0])
def test_a_number_below_zero_and_one_above_are_not_the_same_words(
    store: Store, monkeypatch: pytest.MonkeyPatch, most_kept: int
) -> None:
    monkeypatch.setattr("annotator.workflow.importing.near_copies._RUNS", {})
    monkeypatch.setattr("annotator.workflow.importing.near_copies._MOST_REMEMBERED", most_kept)
    body = " ".join(f"On day {number} the office wrote {number + 60}." for number in range(25))
    above, below = f"{body} The year closed at 5 percent.", f"{body} The year closed at -5 percent."
    _, second = ingest(store, [Article(above, "a.txt"), Article(below, "b.txt")])
    assert second.detail.startswith("nearly the same as ")
    for text in (above, below):
        (copy,) = near_copies(store, article_id(text), text)
        assert 0.9 < copy.likeness < 1


def test_other_articles_are_no_near_copies(store: Store) -> None:
    texts = ["The pier closed at dawn on Friday, said Ana Ruiz.", "The pier opened at noon on Sunday, said the office."]
    assert not any(each.near for each in ingest(store, [Article(text, "a.txt") for text in texts]))


@pytest.mark.parametrize(("longest", "kept"), [(60, 2), (20, 0)])
def test_near_copies_are_the_same_however_few_articles_words_are_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, longest: int, kept: int
) -> None:
    remembered: dict[str, object] = {}
    monkeypatch.setattr("annotator.workflow.importing.near_copies._RUNS", remembered)
    monkeypatch.setattr("annotator.workflow.importing.near_copies._MOST_REMEMBERED", 2)
    monkeypatch.setattr("annotator.workflow.importing.near_copies._LONGEST_REMEMBERED", longest)
    texts = [" ".join(f"word{number}" for number in range(60)) + f" {ending}" for ending in ("on", "by", "off", "up")]
    assert [each.near for each in ingest(store, [Article(text, "a.txt") for text in texts])] == [False, *[True] * 3]
    for text in (*texts, *texts):
        found = {copy.article_id for copy in near_copies(store, article_id(text), text)}
        assert found == {article_id(other) for other in texts if other != text}
        assert len(remembered) == kept
