"""What check-worthiness is fitted and measured on: ClaimBuster's sentences, and our own of invented news."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

OWN = Path(__file__).with_name("news.tsv")
_HELD_BACK = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, and whether people said that it is worth checking."""

    text: str
    worth: bool


def read_labelled(path: Path) -> list[Labelled]:
    """The sentences of a file of JSON Lines, packed or not, with "text" and "check_worthy" (0 or 1)."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Labelled(row["text"], bool(row["check_worthy"])) for row in rows]


def own_sentences() -> tuple[list[Labelled], list[Labelled]]:
    """Our own sentences: those that weights are fitted on, and the third that is held back."""
    lines = [line for line in OWN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    all_ = [Labelled(text, label == "1") for label, text in (line.split("\t") for line in lines)]
    kept = [each for number, each in enumerate(all_) if number % _HELD_BACK]
    return kept, all_[::_HELD_BACK]
