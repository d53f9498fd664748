from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ConfigError
from annotator.matching import embedding
from annotator.matching.embedding import Embedder, load_embedder, vectors_of
from annotator.model.check import Check, Sought
from annotator.workflow.fact_checks.check_matching import Embedded, index_of, matches

TOPICS = ("ferry", "boat", "ship", "pool", "lido", "bath")


def by_topic(texts: Sequence[str]) -> Any:
    """Vectors by subject: the first three words mean the same, and so do the last three."""
    numpy = pytest.importorskip("numpy")
    rows = [[1.0 * any(word in text.lower() for word in TOPICS[at : at + 3]) for at in (0, 3)] for text in texts]
    return numpy.array([[one + 1e-6, other + 1e-6] for one, other in rows]) / 1.5


def test_a_paraphrase_without_a_word_in_common_is_found_by_its_vector() -> None:
    pytest.importorskip("numpy")
    checks = [Check("a", "The ferry sank at night.", language="en"), Check("b", "The lido is shut.", language="en")]
    with index_of(checks) as found:
        embedder = Embedder("topics", by_topic)
        embedded = Embedded(checks, vectors_of(checks, embedder), embedder)
        assert matches(found, Sought("A boat went down"), 5) == []
        ranked = matches(type(found)(found.index, found.language, embedded), Sought("A boat went down"), 5)
    assert ranked[0].check.id == "a"


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_without_the_extra_it_is_said_how_to_get_it() -> None:
    with pytest.raises(ConfigError, match=r"annotator\[embeddings\]"):
        load_embedder("some-model")


def test_a_folder_without_a_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        __import__("sys").modules, "sentence_transformers", type("M", (), {"SentenceTransformer": None})
    )
    with pytest.raises(ConfigError, match="no sentence-embedding model is in this folder"):
        embedding.load_embedder(str(tmp_path))
