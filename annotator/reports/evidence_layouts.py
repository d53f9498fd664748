"""The layouts of the project's evidence: for reading, as references, and as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from annotator.model.evidence_list import OF_THE_SOURCE, ListedEvidence
from annotator.model.spreadsheet import BYTE_ORDER_MARK, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.markdown import escaped

_NOTHING = "No evidence was found.\n"
_LONGEST_PASSAGE = 120


def _words(piece: ListedEvidence) -> str:
    evidence = piece.evidence
    said = " ".join((evidence.passage or evidence.answer or evidence.question).split())
    return said if len(said) <= _LONGEST_PASSAGE else said[: _LONGEST_PASSAGE - 1] + "…"


def _where(piece: ListedEvidence) -> list[str]:
    evidence = piece.evidence
    became = piece.since.in_words(evidence.answer) if piece.since else ""
    retrieved = f"retrieved {evidence.retrieved_at}" if evidence.retrieved_at else ""
    archived = f"archived: {evidence.archived_url}" if evidence.archived_url else ""
    return [
        each for each in (became, evidence.publisher, evidence.published_at, evidence.url, archived, retrieved) if each
    ]


def _used(piece: ListedEvidence) -> str:
    return "used once" if len(piece.uses) == 1 else f"used {len(piece.uses)} times"


def _terminal(pieces: Sequence[ListedEvidence]) -> str:
    lines = []
    for number, piece in enumerate(pieces, start=1):
        lines.append(neutral_line(f"[{number}] {' · '.join([*_where(piece), _used(piece)])}"))
        lines += [f"    {neutral_line(words)}"] if (words := _words(piece)) else []
    return "\n".join(lines) + "\n" if lines else _NOTHING


def _markdown(pieces: Sequence[ListedEvidence]) -> str:
    lines = []
    for number, piece in enumerate(pieces, start=1):
        words = f"“{_words(piece)}” " if _words(piece) else ""
        lines.append(f"{number}. {escaped(neutral_line(words + ' · '.join([*_where(piece), _used(piece)])))}")
    return "\n".join(lines) + "\n" if lines else _NOTHING


def _json(pieces: Sequence[ListedEvidence]) -> str:
    rows = [
        {"number": number, **_row(piece), "fact_check": piece.became or None, "used_by": _uses(piece)}
        for number, piece in enumerate(pieces, start=1)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(piece: ListedEvidence) -> dict[str, str]:
    return {name: piece.fields[name] for name in OF_THE_SOURCE}


def _uses(piece: ListedEvidence) -> list[dict[str, Any]]:
    return [
        {
            "article_id": use.article_id,
            "claim_id": use.evidence.claim_id,
            "reviewer": use.reviewer,
            "target": use.evidence.target,
            "stance": use.evidence.stance or None,
        }
        for use in piece.uses
    ]


def _csv(pieces: Sequence[ListedEvidence]) -> str:
    """A row a use: the number is the reference that rows of one piece share."""
    head = ["number", *OF_THE_SOURCE, "article_id", "claim_id", "reviewer", "target", "stance", "fact_check"]
    rows = [
        [number, *_row(piece).values(), *(value or "" for value in use.values()), piece.became]
        for number, piece in enumerate(pieces, start=1)
        for use in _uses(piece)
    ]
    return BYTE_ORDER_MARK + "".join(csv_lines([head, *rows]))


EVIDENCE_LAYOUTS: dict[str, Callable[[Sequence[ListedEvidence]], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "json": _json,
    "csv": _csv,
}
