"""What every format is told, and the account of what it wrote and what it could not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TypeAlias

from annotator.model.counts import in_number
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit
from annotator.model.scheme import Scheme

Files: TypeAlias = Iterator[tuple[str, Iterable[bytes]]]
"""Relative paths with `/`, each with its content in pieces; a single file's path is empty."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What every format is told; without `with_text` no text of an article is written, only its offsets and hash.

    `split` are the shares of the parts that articles are divided among, in the order of `split.PARTS`, and is empty
    where there are none; only a format that divides by itself (`Format.splits`) is given one. `base_url` is where the
    dataset will be found, empty where that is unknown; `scheme` is the project's. `organisation` publishes the dataset,
    and is found at `organisation_url`; both are empty where that is not said. `offsets` is the unit that is asked for,
    of those that the format can have (`Format.offset_units`), None for the format's own. `adjudicated`: the records are
    those of the adjudicated layer, and say how they were settled.
    """

    with_text: bool = True
    tool_version: str = ""
    base_url: str = ""
    organisation: str = ""
    organisation_url: str = ""
    scheme: Scheme | None = None
    seed: int = 0
    split: tuple[int, ...] = ()
    offsets: OffsetUnit | None = None
    adjudicated: bool = False


@dataclass(slots=True)
class Losses:
    """What one export really lost, counted by the words it is told in (`in_number`): "discontinuous content[s] joined".

    Beside it stands what was `written`, in the `Format.unit`, by a writer that counts that itself (`Format.counts`).
    """

    counts: Counter[str] = field(default_factory=Counter)
    written: int = 0

    def add(self, what: str, count: int = 1) -> None:
        """Count what could not be held; none at all is nothing."""
        if count:
            self.counts[what] += count

    @property
    def line(self) -> str:
        """ "12 discontinuous contents joined, 1 relay left out", by the words; empty where nothing was lost."""
        by_words = sorted(self.counts.items(), key=lambda each: in_number(0, each[0]))
        return ", ".join(in_number(count, what) for what, count in by_words)
