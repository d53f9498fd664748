"""Fact-checks about the ramp of the sample article, and about other things."""

from __future__ import annotations

HELD = {
    "claim": "Ines Duarte told Reuters that two cables of the ramp held.",
    "title": "Did two cables hold?",
    "verdict": "False",
    "date": "2026-02-01",
    "publisher": "Tamarack Checks",
    "url": "https://checks.example.com/cables",
}

OTHER = {"claim": "The lighthouse of Oldmere is the oldest.", "verdict": "True", "publisher": "The Sober Sheet"}

FILLER = [{"claim": f"The pool of town {n} leaks at night in month {n}.", "verdict": "True"} for n in range(40)]
