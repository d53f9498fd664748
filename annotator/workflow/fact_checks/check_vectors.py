"""The vectors of a project's fact-checks: made where they are missing, and asked what is near."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from annotator.errors import AnnotatorError, ConfigError
from annotator.matching.reading import plain_text
from annotator.model.check import Check, Sought
from annotator.model.late import dataclass
from annotator.store import Store
from annotator.store.fact_checks import check_vectors as stored
from annotator.store.fact_checks.check_vectors import KeptModel
from annotator.store.file.read_only import store_to_read
from annotator.workflow.fact_checks.check_matching import Likenesses

if TYPE_CHECKING:
    from annotator.matching.embedding import Embedder

Call: TypeAlias = Callable[..., Any]
"""Calls a function of a module with arguments, here or in another process; what it gives."""

BLOCK = 4_096
"""So many checks are held in memory at a time: 25 MB of vectors of 384 numbers."""

_MADE_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Made:
    """How many of the fact-checks that had no vectors have theirs now."""

    done: int
    total: int


def make_vectors(store: Store, name: str, *, fetch: bool = True) -> Iterator[Made]:
    """Make the vectors that are missing by a model, given by name or folder; nothing is fetched without `fetch`.

    Raises ConfigError where it cannot be loaded.
    """
    from annotator.matching.embedding import load_embedder

    # A folder is found from wherever the workbench is started.
    name = str(Path(name).resolve()) if Path(name).exists() else name
    embedder = load_embedder(name, fetch=fetch)
    give_embedder(embedder)
    yield from make_missing(store, embedder)


def make_missing(store: Store, embedder: Embedder) -> Iterator[Made]:
    """Make the vectors that are missing, in short transactions, and say after each how far it is.

    With another model than before all are missing. What was made stays where it is interrupted.
    """
    # Deferred: numpy.
    from annotator.matching.embedding import packed

    stored.use_model(store, embedder.name, embedder.identity)
    done, total, last = 0, stored.missing(store), 0
    yield Made(done, total)
    while rows := stored.without_vectors(store, last, _MADE_AT_ONCE):
        vectors = packed(embedder.encode([text for _, claim, title in rows for text in (claim, title)]))
        ordinals = [row[0] for row in rows]
        stored.keep(store, embedder.identity, list(zip(ordinals, vectors[::2], vectors[1::2], strict=True)))
        done, last = done + len(rows), ordinals[-1]
        yield Made(done, total)
    stored.settle(store)


@dataclass(frozen=True, slots=True)
class KeptLikeness:
    """What the kept vectors say, for some texts that were looked up together; `call` is where the model is."""

    store: Store
    model: KeptModel
    call: Call
    near: dict[str, list[int]]

    def like(self, sought: Sought, candidates: Sequence[Check]) -> tuple[Sequence[Check], Likenesses]:
        """The nearest checks, best first, and the likenesses of those and of the candidates."""
        text = plain_text(sought.text)
        found = stored.checks_at(self.store, self.near[text])
        kept = stored.vectors_of(self.store, [*candidates, *found])
        return found, self.call(cosines_there, self.model, text, kept)


def kept_likeness(store: Store, sought: Sequence[Sought], call: Call) -> KeptLikeness | None:
    """What the project's vectors say of these, in one pass over all of them; None where there are none, or no model."""
    model = stored.kept_model(store)
    texts = list(dict.fromkeys(plain_text(each.text) for each in sought))
    if model is None or not model.whole or not texts:
        return None
    try:
        near = call(nearest_there, str(store.path), model, texts)
    except AnnotatorError:
        # It may be another's machine that has the model: words find what they find.
        return None
    return KeptLikeness(store, model, call, dict(zip(texts, near, strict=True)))


def here(function: Callable[..., Any], *arguments: object) -> Any:
    """Call a function in this process."""
    return function(*arguments)


# What is called where the model is

_loaded: dict[str, Embedder] = {}
_vectors: dict[tuple[str, str], Any] = {}
"""Vectors by the model's identity and the text: texts alone do not say what they are of."""


def give_embedder(embedder: Embedder) -> None:
    """Have this process use an embedder that is loaded already."""
    _loaded.clear()
    _vectors.clear()
    _loaded[embedder.identity] = embedder


def nearest_there(path: str, model: KeptModel, texts: Sequence[str]) -> list[list[int]]:
    """For each text the ordinals of the nearest fact-checks in the database at `path`, best first."""
    from annotator.matching.embedding import nearest

    made = encoded(model, texts)
    with store_to_read(Path(path)) as store:
        return nearest(stored.blocks(store, BLOCK), made)


def encoded(model: KeptModel, texts: Sequence[str]) -> Any:
    """The vectors of some texts, a row each; kept here until others are asked for."""
    # Deferred: it is heavy.
    import numpy as np

    asked = [(model.identity, text) for text in texts]
    if asked != list(_vectors):
        made = _embedder(model).encode(list(texts))
        _vectors.clear()
        _vectors.update(zip(asked, made, strict=True))
    return np.stack(list(_vectors.values()))


def packed_there(model: KeptModel, texts: Sequence[str]) -> list[bytes]:
    """The vectors of some texts, as they are kept."""
    from annotator.matching.embedding import packed

    return packed(_embedder(model).encode(list(texts)))


def cosines_there(model: KeptModel, text: str, kept: dict[str, tuple[bytes, bytes]]) -> dict[str, tuple[float, float]]:
    """The cosines of a text with kept vectors, by their names."""
    from annotator.matching.embedding import cosines

    asked = model.identity, text
    if asked not in _vectors:
        (_vectors[asked],) = _embedder(model).encode([text])
    return cosines(kept, _vectors[asked])


def _embedder(model: KeptModel) -> Embedder:
    if model.identity not in _loaded:
        from annotator.matching.embedding import load_embedder

        # Opening an article fetches nothing from anywhere.
        loaded = load_embedder(model.name, fetch=False)
        if loaded.identity != model.identity:
            raise ConfigError(f"{model.name}: another model than the one that the vectors are of")
        give_embedder(loaded)
    return _loaded[model.identity]
