from __future__ import annotations

import json

import pytest

from annotator.errors import DomainError
from annotator.model.judgement import Evidence


@pytest.mark.parametrize("field", ["question", "answer", "url", "passage"])
def test_evidence_says_at_least_one_thing(field: str) -> None:
    assert Evidence("e", "claim", **{field: "x"}).target == "content"


def test_evidence_that_says_nothing_is_refused() -> None:
    with pytest.raises(DomainError, match="at least a question"):
        Evidence("e", "claim", publisher="Example Wire", stance="supports")


@pytest.mark.parametrize(("field", "known"), [("stance", "supports"), ("answer_type", "boolean")])
def test_stance_and_answer_type_are_from_their_lists(field: str, known: str) -> None:
    assert getattr(Evidence("e", "claim", answer="yes", **{field: known}), field) == known
    with pytest.raises(DomainError, match=known):
        Evidence("e", "claim", answer="yes", **{field: "sideways"})


def test_evidence_comes_back_whole_from_its_payload_in_json() -> None:
    evidence = Evidence(
        "e", "claim", "a-1", "Q?", "A", "boolean", "u", "w", "pdf", "p", "2026-01-02", "2026-01-03", "“…”", "context"
    )
    assert Evidence.from_payload("e", json.loads(json.dumps(evidence.as_payload()))) == evidence


@pytest.mark.parametrize("payload", [{"claim_id": "c", "answer": "x", "colour": "red"}, {"answer": "x"}])
def test_a_payload_with_a_field_too_many_or_too_few_is_refused(payload: dict[str, str]) -> None:
    with pytest.raises(DomainError, match="not evidence"):
        Evidence.from_payload("e", payload)
