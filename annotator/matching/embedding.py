"""Sentence embeddings, where the extra `embeddings` is installed: any model of sentence-transformers by name or folder.

Vectors have the length 1, so that the product of two is their cosine; the search is exact, by products of blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import ConfigError
from annotator.matching.reading import plain_text
from annotator.model.check import Check, Sought
from annotator.model.late import dataclass

if TYPE_CHECKING:
    import numpy as np

NEAREST = 40
"""So many checks are taken as candidates by their vectors alone."""

KEPT_AS = "<f2"
"""The numbers of vectors that are kept: 16-bit floats, little-endian."""

_BLOCK = 16_384
_MODEL_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Embedder:
    """A model that makes vectors of texts, by the name or the folder that it was loaded from.

    `identity` is a digest of what it is made of: models with one identity make the same vectors.
    """

    name: str
    encode: Callable[[Sequence[str]], Any]
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of checks, a row a check: of their claims and of their titles."""

    ids: Sequence[str]
    claims: Any
    titles: Any

    def near(
        self, vector: np.ndarray
    ) -> tuple[list[int], Callable[[Sequence[str]], Mapping[str, tuple[float, float]]]]:
        """The places of the nearest checks, and what tells the cosines (claim, title) of any checks by their ids."""
        import numpy as np

        cosines = np.concatenate(
            [
                np.stack([self.claims[at : at + _BLOCK] @ vector, self.titles[at : at + _BLOCK] @ vector])
                for at in range(0, max(len(self.ids), 1), _BLOCK)
            ],
            axis=1,
        )
        best = cosines.max(axis=0)
        nearest = np.argsort(-best, kind="stable")[:NEAREST]
        places = {id_: at for at, id_ in enumerate(self.ids)}

        def told(ids: Sequence[str]) -> Mapping[str, tuple[float, float]]:
            return {
                id_: (round(float(cosines[0, places[id_]]), 5), round(float(cosines[1, places[id_]]), 5))
                for id_ in ids
                if id_ in places
            }

        return [int(at) for at in nearest], told


def load_embedder(name: str, *, fetch: bool = True) -> Embedder:
    """The model of this name or in this folder; nothing is fetched for a folder, or where `fetch` is off.

    Raises ConfigError where the extra is not installed, and for what is no model.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ConfigError("--model needs the extra: python -m pip install 'annotator[embeddings]'") from error
    folder = Path(name)
    if folder.exists() and not (folder / "modules.json").exists() and not (folder / "config.json").exists():
        raise ConfigError(f"{name}: no sentence-embedding model is in this folder: it has no modules.json")
    try:
        model = SentenceTransformer(name, device="cpu", local_files_only=not fetch or folder.exists())
    # The boundary of a library that raises what its many parts raise.
    except Exception as error:
        first = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ConfigError(f"{name}: not a model that could be loaded: {first}") from error

    def encode(texts: Sequence[str]) -> Any:
        return model.encode(
            list(texts),
            batch_size=_MODEL_AT_ONCE,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )

    return Embedder(name, encode, _identity(model))


def _identity(model: Any) -> str:
    """A digest of a model's build, vocabulary and weights."""
    digest = sha256(repr(model).encode())
    digest.update(repr(sorted(model.tokenizer.get_vocab().items())).encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weights.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:32]


def vectors_of(checks: Sequence[Check], embedder: Embedder) -> Vectors:
    """The vectors of the checks' claims and titles; a text that is there twice is read once."""
    texts = list(dict.fromkeys(text for check in checks for text in (check.claim, check.title)))
    made = embedder.encode(texts)
    places = {text: at for at, text in enumerate(texts)}
    return Vectors(
        [check.id for check in checks],
        made[[places[check.claim] for check in checks]],
        made[[places[check.title] for check in checks]],
    )


def vector_of(sought: Sought, embedder: Embedder) -> Any:
    """The vector of what is looked for, without addresses and with hashtags and handles taken apart."""
    return embedder.encode([plain_text(sought.text)])[0]


def packed(vectors: Any) -> list[bytes]:
    """Vectors as they are kept."""
    return [vector.astype(KEPT_AS).tobytes() for vector in vectors]


def unpacked(kept: Sequence[bytes]) -> Any:
    """The vectors that were packed, a row each."""
    import numpy as np

    return np.frombuffer(b"".join(kept), KEPT_AS).reshape(len(kept), -1).astype(np.float32)


def nearest(blocks: Iterable[Sequence[tuple[int, bytes, bytes]]], sought: Any) -> list[list[int]]:
    """For each row of `sought` the numbers of the nearest checks, best first: an exact search, a block at a time.

    A block has the number of each check with the packed vectors of its claim and title. Of equally near ones those
    come first that come first.
    """
    import numpy as np

    numbers = np.empty((0, len(sought)), dtype=np.int64)
    best = np.empty((0, len(sought)), dtype=np.float32)
    for block in blocks:
        claims, titles = unpacked([row[1] for row in block]), unpacked([row[2] for row in block])
        cosines = np.concatenate([best, np.maximum(claims @ sought.T, titles @ sought.T)])
        here = np.repeat(np.array([row[0] for row in block])[:, None], len(sought), axis=1)
        numbers = np.concatenate([numbers, here])
        chosen = np.argsort(-cosines, axis=0, kind="stable")[:NEAREST]
        best, numbers = np.take_along_axis(cosines, chosen, 0), np.take_along_axis(numbers, chosen, 0)
    return [[int(number) for number in column] for column in numbers.T]


def cosines(kept: Mapping[str, tuple[bytes, bytes]], vector: Any) -> dict[str, tuple[float, float]]:
    """The cosines of a vector with packed ones, by their names: of the claims and of the titles."""
    if not kept:
        return {}
    claims = unpacked([claim for claim, _ in kept.values()]) @ vector
    titles = unpacked([title for _, title in kept.values()]) @ vector
    pairs = zip(claims, titles, strict=True)
    return {
        name: (round(float(one), 5), round(float(other), 5)) for name, (one, other) in zip(kept, pairs, strict=True)
    }
