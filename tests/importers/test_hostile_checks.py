"""Fact-checks with values that nobody means: one line about one check, and the others are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.errors import ImportFailure
from annotator.importers.checks import CheckOptions, read_checks
from annotator.model.check import Check

DEEP, DIGITS = "[" * 1000 + "]" * 1000, "9" * 5000


@pytest.mark.parametrize("form", ["lines", "array"])
@pytest.mark.parametrize("odd", [DEEP, DIGITS, "[[[1]]]", '{"a": 1}'], ids=["deep", "digits", "lists", "object"])
def test_a_check_with_such_a_value_is_one_failure(tmp_path: Path, form: str, odd: str) -> None:
    rows = [f'{{"claim": "The ferry ran {n} times.", "verdict": "true", "speaker": null}}' for n in range(3)]
    rows[1] = rows[1].replace("null", odd)
    path = tmp_path / "checks.json"
    path.write_text("\n".join(rows) if form == "lines" else f"[{', '.join(rows)}]")
    items = list(read_checks(str(path), CheckOptions()))
    claims = [item.claim for item in items if isinstance(item, Check)]
    assert claims == ["The ferry ran 0 times.", "The ferry ran 2 times."]
    (failure,) = (item for item in items if isinstance(item, ImportFailure))
    assert failure.place == ("line 2" if form == "lines" else "check 2")
    assert "did not foresee" not in failure.reason


def test_a_fault_in_one_check_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.importers.checks import reading
    from annotator.importers.checks.fields import check_of as made

    def check_of(fields: dict[str, object], options: CheckOptions) -> Check:
        if "1" in str(fields["claim"]):
            raise KeyError("words of the claim")
        return made(fields, options)

    monkeypatch.setattr(reading, "check_of", check_of)
    path = tmp_path / "checks.jsonl"
    path.write_text("".join(json.dumps({"claim": f"The ferry ran {n} times."}) + "\n" for n in range(3)))
    first, failure, last = read_checks(str(path), CheckOptions())
    assert isinstance(first, Check)
    assert isinstance(last, Check)
    assert isinstance(failure, ImportFailure)
    assert failure.place == "line 2"
    assert "did not foresee (KeyError at" in failure.reason
    assert "words" not in failure.reason
