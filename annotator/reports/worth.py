"""The report of what to check first: a project's open claims by worth, and its layouts."""

from __future__ import annotations

import json
from collections.abc import Callable

from annotator.model.late import dataclass
from annotator.model.spreadsheet import BYTE_ORDER_MARK, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.markdown import escaped, table_row

_NOTHING = "No open claim is suggested as worth checking."
_FIELDS = ("score", "article_id", "title", "number", "start", "state", "claim", "reasons")
_ROOM = 7
"""Columns before a claim's words on the terminal: the score and two blanks."""


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A claim that is open for a reviewer, or for anybody: `start` is in code points, `number` counts from 1."""

    score: float
    article_id: str
    title: str
    number: int
    start: int
    state: str
    claim: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorthReport:
    """The most check-worthy open claims, the first first, and for whom they are open (empty: nobody's work counts)."""

    reviewer: str
    claims: tuple[OpenClaim, ...]


def _terminal(report: WorthReport, width: int) -> str:
    if not report.claims:
        return _NOTHING + "\n"
    lines = []
    for each in report.claims:
        where = f"{each.article_id[:12]} --at {each.start}"
        words = neutral_line(" ".join(each.claim.split()))
        about = neutral_line(" · ".join((where, ", ".join(each.reasons), each.title)))
        room = max(width - _ROOM, 20)
        lines += [f"{each.score:.3f}  {_cropped(words, room)}", f"{'':{_ROOM}}{_cropped(about, room)}"]
    return "\n".join(lines) + "\n"


def _cropped(words: str, room: int) -> str:
    return words if len(words) <= room else words[: room - 1] + "…"


def _markdown(report: WorthReport, width: int) -> str:  # noqa: ARG001 - a layout is told the width
    if not report.claims:
        return _NOTHING + "\n"
    rows = [table_row(("Score", "Claim", "Why", "Article", "At")), "| ---: | --- | --- | --- | ---: |"]
    rows += [
        table_row(
            (
                f"{each.score:.2f}",
                escaped(neutral_line(" ".join(each.claim.split()))),
                ", ".join(each.reasons),
                escaped(neutral_line(each.title)),
                str(each.start),
            )
        )
        for each in report.claims
    ]
    return "\n".join(rows) + "\n"


def _json(report: WorthReport, width: int) -> str:  # noqa: ARG001 - a layout is told the width
    rows = [{name: getattr(each, name) for name in _FIELDS} for each in report.claims]
    return json.dumps({"reviewer": report.reviewer or None, "claims": rows}, ensure_ascii=False, indent=2) + "\n"


def _csv(report: WorthReport, width: int) -> str:  # noqa: ARG001 - a layout is told the width
    rows = [[*(getattr(each, name) for name in _FIELDS[:-1]), "; ".join(each.reasons)] for each in report.claims]
    return BYTE_ORDER_MARK + "".join(csv_lines([_FIELDS, *rows]))


WORTH_LAYOUTS: dict[str, Callable[[WorthReport, int], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "json": _json,
    "csv": _csv,
}
