from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.editing.draft import Draft, draft_of
from annotator.errors import DomainError
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.span import Span

TEXT = "Ines Duarte told the Sela Post that two cables had “lost tension”."


def at(piece: str) -> Span:
    start = TEXT.index(piece)
    return Span(start, start + len(piece))


def test_a_finished_draft_is_an_attribution_and_an_unfinished_one_says_what_is_missing() -> None:
    draft = Draft("d1", source=(at("Ines Duarte"),), cue=at("told"), content=(at("two cables"),), negated=True)
    made = draft.attribution(Form.MIXED, Anonymity.NAMED)
    assert (made.id, made.form, made.anonymity, made.negated) == ("d1", Form.MIXED, Anonymity.NAMED, True)
    with pytest.raises(DomainError, match="mark what is said"):
        Draft("d1", cue=at("told")).attribution(Form.MIXED, Anonymity.NAMED)
    with pytest.raises(DomainError, match="needs a cue"):
        Draft("d1", content=(at("two cables"),)).attribution(Form.MIXED, Anonymity.NAMED)


def test_what_the_reviewer_chose_stands_before_what_is_proposed() -> None:
    draft = Draft("d1", cue=at("told"), content=(at("two cables"),), form=Form.DIRECT, anonymity=Anonymity.UNNAMED)
    made = draft.attribution(Form.MIXED, Anonymity.NAMED)
    assert (made.form, made.anonymity) == (Form.DIRECT, Anonymity.UNNAMED)


def test_an_attribution_opened_for_editing_is_the_same_attribution() -> None:
    known = Attribution(
        "a1",
        (at("Ines Duarte"),),
        at("told"),
        (at("two cables"),),
        type=AttributionType.BELIEF,
        form=Form.MIXED,
        anonymity=Anonymity.DESCRIBED,
        negated=True,
        parent="p1",
        relay=at("the Sela Post"),
    )
    draft = draft_of(known, kept=True)
    assert draft.kept
    assert draft.attribution(Form.DIRECT, Anonymity.NONE) == known
    taken = draft_of(known, "s1", kept=False, new_id="n1")
    assert (taken.id, taken.suggestion, taken.kept) == ("n1", "s1", False)


spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 150), st.integers(1, 20))
pieces = st.lists(spans, max_size=3).map(tuple)
drafts = st.builds(
    Draft,
    id=st.text(max_size=5),
    source=pieces,
    cue=st.none() | spans,
    content=pieces,
    relay=st.none() | spans,
    type=st.sampled_from(AttributionType),
    form=st.none() | st.sampled_from(Form),
    anonymity=st.none() | st.sampled_from(Anonymity),
    negated=st.booleans(),
    parent=st.none() | st.text(max_size=5),
    suggestion=st.none() | st.text(max_size=5),
    kept=st.booleans(),
)


@given(drafts)
def test_a_draft_survives_being_stored(draft: Draft) -> None:
    assert Draft.from_payload(draft.as_payload()) == draft


@pytest.mark.parametrize(
    "broken", [{"source": 3}, {"cue": [5, 2]}, {"type": "rumour"}, {"unknown": 1}, {"content": [[1]]}]
)
def test_what_is_no_draft_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        Draft.from_payload({**Draft("d1").as_payload(), **broken})


def test_a_draft_without_a_field_is_refused() -> None:
    payload = Draft("d1").as_payload()
    del payload["cue"]
    with pytest.raises(DomainError):
        Draft.from_payload(payload)
