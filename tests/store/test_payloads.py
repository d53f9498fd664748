"""The ledger's short form of payloads, ids and times: whatever is given is what is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.article import BlockKind
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.instants import written
from annotator.model.judgement import JUDGEMENT_FACETS, VERDICT_FACETS
from annotator.model.ledger import payload_json, uuid7
from annotator.model.span import Span
from annotator.model.text import claim_id
from annotator.store.packing import (
    packed_hash,
    packed_hashes,
    packed_id,
    packed_time,
    unpacked_hash,
    unpacked_hashes,
    unpacked_id,
)
from annotator.store.payloads import lengthened, short_attribution, short_of, shortened
from annotator.store.touching import touched, touched_by

CLAIMS = [claim_id("a" * 64, Span(at, at + 9)) for at in range(3)]
IDS = [uuid7() for _ in range(3)] + ["T1", "0", ""]
WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
PAIRS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(list)
ATTRIBUTIONS = st.fixed_dictionaries(
    {
        "source": st.lists(PAIRS, max_size=2),
        "cue": st.none() | PAIRS,
        "content": st.lists(PAIRS, max_size=2),
        "type": st.sampled_from([each.value for each in AttributionType]),
        "form": st.sampled_from([each.value for each in Form]),
        "anonymity": st.sampled_from([each.value for each in Anonymity]),
        "negated": st.booleans(),
        "parent": st.none() | st.sampled_from(IDS),
        "relay": st.none() | PAIRS,
    }
)
EVIDENCE = st.fixed_dictionaries(
    {"claim_id": st.sampled_from(CLAIMS)},
    optional=dict.fromkeys(("target", "question", "answer", "url", "passage", "stance"), WORDS),
)
SOURCES = st.fixed_dictionaries(
    {
        "name": WORDS,
        "kind": WORDS,
        "aliases": st.lists(WORDS, max_size=2),
        "merged_into": st.none() | st.sampled_from(IDS),
        "article_id": st.none() | WORDS,
    }
)
# What our own code writes, and what it never would.
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def change(table: str, key: st.SearchStrategy[Any], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(table), key, value | ODD).map(list)


def keys(*parts: Any) -> st.SearchStrategy[Any]:
    return st.tuples(*map(st.sampled_from, parts)).map(list)


CHANGES = st.one_of(
    change("judgement", keys(CLAIMS, JUDGEMENT_FACETS), st.none() | WORDS | st.just(True)),
    change("verdict", keys(CLAIMS, ["content", *IDS], VERDICT_FACETS), st.none() | WORDS),
    change("attribution", keys(IDS), st.none() | ATTRIBUTIONS),
    change("evidence", keys(IDS), st.none() | EVIDENCE),
    change("boundary", keys(["7", "108"]), st.none() | st.sampled_from(["cut", "join"])),
    change("refusal", keys(CLAIMS), st.just(True)),
    change("source", keys(IDS), st.none() | SOURCES),
    change("attribution_source", keys(IDS), st.none() | st.sampled_from(IDS)),
)
DECISIONS = st.fixed_dictionaries(
    {"changes": st.lists(CHANGES, max_size=4)},
    optional={"claims": ODD, "decided": ODD, "by_rule": ODD, "from": ODD},
)


@st.composite
def spans(draw: st.DrawFn) -> list[list[int]]:
    """Spans as a splitter makes them, and now and then ones that overlap."""
    at, made = draw(st.integers(0, 3)), []
    for gap, length in draw(st.lists(st.tuples(st.sampled_from([0, 1, 1, 1, 2, 2, 5, -1]), st.integers(1, 300)))):
        start = max(0, at + gap)
        made.append([start, start + length])
        at = start + length
    return made


IMPORTS = st.fixed_dictionaries(
    {
        "publication": st.fixed_dictionaries(
            dict.fromkeys(("title", "url", "archived_url", "publisher", "author", "published_at"), WORDS)
        )
        | ODD,
        "language": WORDS,
        "rights": WORDS,
        "origin": WORDS,
        "splitter": WORDS,
        "blocks": spans().flatmap(
            lambda found: st.tuples(*(st.sampled_from([each.value for each in BlockKind]) for _ in found)).map(
                lambda kinds: [[*span, kind] for span, kind in zip(found, kinds, strict=True)]
            )
        ),
        "sentences": spans(),
    }
)


@example({"b": [1], "s": [1], "k": "b"}, None)
@example({"payload": {"changes": 7}}, None)
@example({"changes": {"a": 1}}, None)
@given(st.one_of(DECISIONS, IMPORTS, st.dictionaries(WORDS, ODD, max_size=4)), st.none() | st.sampled_from(CLAIMS))
def test_what_is_read_is_what_was_given(payload: dict[str, Any], claim: str | None) -> None:
    stored = shortened(payload, claim)
    assert payload_json(lengthened(stored, claim)) == payload_json(payload)
    assert len(stored) <= len(payload_json(payload)) + len('{"payload":}')


OURS = st.one_of(
    st.tuples(st.just("judgement"), keys(CLAIMS, JUDGEMENT_FACETS), st.none() | WORDS).map(list),
    st.tuples(st.just("verdict"), keys(CLAIMS, ["content", *IDS], VERDICT_FACETS), st.none() | WORDS).map(list),
    st.tuples(st.just("attribution"), keys(IDS), st.none() | ATTRIBUTIONS).map(list),
    st.tuples(st.just("evidence"), keys(IDS), st.none() | EVIDENCE).map(list),
    st.tuples(st.just("source"), keys(IDS), st.none() | SOURCES).map(list),
    st.tuples(st.just("boundary"), keys(["7", "108"]), st.none() | st.sampled_from(["cut", "join"])).map(list),
)
TIMES = st.dictionaries(st.sampled_from(CLAIMS), st.tuples(WORDS, WORDS, WORDS).map(list), max_size=2)


@given(
    st.fixed_dictionaries({"changes": st.lists(OURS, max_size=4)}, optional={"decided": TIMES, "claims": ODD}),
    st.none() | st.sampled_from(CLAIMS),
)
def test_what_a_decision_is_about_is_read_from_its_short_form_as_from_the_whole(
    payload: dict[str, Any], claim: str | None
) -> None:
    short, whole = touched(shortened(payload, claim)), touched_by(payload)
    own = {packed_hash(claim)} if short.own and claim is not None else set()
    assert {*short.claims, *own} == set(whole.claims)
    assert (short.contents, short.decided) == (whole.contents, whole.decided)


SAID: dict[str, Any] = {
    "source": [[0, 11]], "cue": [12, 16], "content": [[17, 40]], "type": "statement", "form": "indirect",
    "anonymity": "named", "negated": False, "parent": None, "relay": None,
}  # fmt: skip
ENTITY: dict[str, Any] = {"name": "Ines", "kind": "person", "aliases": [], "merged_into": None, "article_id": None}
MADE = ["attribution", [IDS[0]], SAID]
WORTH = ["judgement", [CLAIMS[0], "worth"], "2"]
OTHER = ["judgement", [CLAIMS[1], "worth"], "2"]
OWN = ["attribution_source", [IDS[0]], IDS[1]]


@pytest.mark.parametrize(
    "changes",
    [
        [MADE],
        [MADE, WORTH],
        [MADE, OTHER, OWN],
        [MADE, WORTH, ["verdict", [CLAIMS[0], "content", "value"], "supported"], ["source", [IDS[1]], ENTITY], OWN],
        [MADE, WORTH, ["source", [IDS[1]], ENTITY | {"name": '}],["t",0,"\\', "aliases": ["t", "}"]}], OWN],
        [MADE, ["source", [IDS[1]], ENTITY], OTHER, OWN],
        [MADE, OWN, OTHER],
        [WORTH, MADE, OWN],
        [MADE, ["attribution", [IDS[1]], SAID | {"content": [[50, 60]]}], OTHER, OWN],
        [["attribution", [IDS[0]], SAID | {"content": [[1, 2], [5, 6]]}], OTHER, OWN],
        [["attribution", [IDS[0]], SAID | {"relay": [4, 9], "parent": IDS[2], "negated": True}], OTHER, OWN],
        [["attribution", [IDS[0]], SAID | {"cue": None, "source": [], "form": "block"}], WORTH, OWN],
    ],
)
@pytest.mark.parametrize("more", [{}, {"decided": {CLAIMS[2]: ["2026-01-01", "", ""]}}])
def test_a_decision_that_makes_an_attribution_is_about_its_content_and_what_else_it_says(
    changes: list[Any], more: dict[str, Any]
) -> None:
    payload = {"changes": changes, **more}
    short, whole = touched(shortened(payload, CLAIMS[0])), touched_by(payload)
    assert short.own == (packed_hash(CLAIMS[0]) in whole.claims)
    assert {*short.claims, *({packed_hash(CLAIMS[0])} if short.own else ())} == set(whole.claims)
    assert (short.contents, short.decided) == (whole.contents, whole.decided)


@pytest.mark.parametrize("payload", [{}, {"payload": {}}, {"changes": 7}, {"changes": {"a": 1}}, {"by_rule": "cue"}])
def test_what_is_no_decision_of_ours_is_about_nothing_or_noticed(payload: dict[str, Any]) -> None:
    try:
        whole = touched_by(payload)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        with pytest.raises(type(error)):
            touched(shortened(payload))
    else:
        assert touched(shortened(payload)) == whole


def test_what_was_written_before_there_were_texts_for_changes_is_read() -> None:
    claim = CLAIMS[0]
    earlier = '[["v",0,0,"value","supported"],["j",0,"worth","2"],["j",0,"voice","author"]]'
    payload = lengthened(earlier, claim)
    assert shortened(payload, claim) == '["v=supported","w=2","o=author"]'
    assert lengthened(shortened(payload, claim), claim) == payload
    assert touched(earlier) == touched(shortened(payload, claim))
    assert touched(earlier).own


def test_a_verdict_and_an_acceptance_are_short() -> None:
    claim, id_, source = CLAIMS[0], uuid7(), uuid7()
    verdict = {"changes": [["verdict", [claim, "content", "value"], "supported"], ["judgement", [claim, "worth"], "2"]]}
    assert shortened(verdict, claim) == '["v=supported","w=2"]'
    cleared = {"changes": [["judgement", [claim, "worth"], None], ["judgement", [CLAIMS[1], "worth"], "2"]]}
    assert shortened(cleared, claim) == f'[["j",0,"worth",null],["j","{CLAIMS[1]}","worth","2"]]'
    said: dict[str, Any] = {
        "source": [[0, 11]], "cue": [12, 16], "content": [[17, 40]], "type": "statement", "form": "indirect",
        "anonymity": "named", "negated": False, "parent": None, "relay": None,
    }  # fmt: skip
    entity: dict[str, Any] = {
        "name": "Ines Duarte",
        "kind": "person",
        "aliases": [],
        "merged_into": None,
        "article_id": None,
    }
    changes = [["attribution", [id_], said], ["source", [source], entity], ["attribution_source", [id_], source]]
    assert shortened({"changes": changes}, claim) == (
        f'[["a","{id_}",[[0,11],[12,16],[17,40]]],["s","{source}",{{"name":"Ines Duarte","kind":"person"}}],["t",0,0]]'
    )


@pytest.mark.parametrize(
    "stored", ["{", "7", "[7]", '[["z",1]]', '[["j",0]]', '["w"]', '["z=1"]', '{"b":[1],"s":[1],"k":"?"}', "[" * 9999]
)
def test_what_is_no_payload_is_noticed(stored: str) -> None:
    with pytest.raises((ValueError, LookupError, TypeError, AttributeError)):
        lengthened(stored)


@given(st.one_of(st.uuids().map(str), WORDS, st.uuids().map(lambda id_: str(id_).upper())))
def test_ids_come_back(id_: str) -> None:
    assert unpacked_id(packed_id(id_)) == id_
    assert unpacked_hash(packed_hash(id_)) == id_


@given(st.lists(st.one_of(st.sampled_from(CLAIMS), st.text("ab", min_size=1, max_size=3)), max_size=4))
def test_ids_of_suggestions_come_back_together(ids: list[str]) -> None:
    assert unpacked_hashes(packed_hashes(ids)) == tuple(ids)


@given(st.one_of(st.datetimes().map(lambda at: f"{at.isoformat(timespec='microseconds')}+00:00"), WORDS))
def test_times_come_back(at: str) -> None:
    assert written(packed_time(at)) == at


def test_ids_and_times_of_ours_are_short() -> None:
    assert isinstance(packed_id(uuid7()), bytes)
    assert packed_time("2026-03-01T12:00:00.000001+00:00") == 1772366400000001


SPANS = st.integers(0, 99).map(lambda start: Span(start, start + 3))


@given(
    st.builds(
        Attribution,
        id=st.just("a1"),
        source=st.lists(SPANS, max_size=1).map(tuple),
        cue=SPANS,
        content=st.lists(SPANS, min_size=1, max_size=1).map(tuple),
        type=st.sampled_from(AttributionType),
        form=st.sampled_from(Form),
        anonymity=st.sampled_from(Anonymity),
        negated=st.booleans(),
        parent=st.none() | st.just("a2"),
        relay=st.none() | SPANS,
    )
)
def test_an_attribution_is_as_short_as_its_payload_made_short(made: Attribution) -> None:
    assert short_of(made) == short_attribution(made.as_payload())
    assert str(short_of(made)) == str(short_attribution(made.as_payload()))


def test_a_payload_whose_json_is_known_is_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"changes": [["judgement", [CLAIMS[0], "worth"], "2"]]}
    short, whole = shortened(given, CLAIMS[0]), payload_json(given)
    made: list[str] = []

    def counted(payload: Any) -> str:
        made.append(payload_json(payload))
        return made[-1]

    monkeypatch.setattr("annotator.store.payloads.payload_json", counted)
    assert shortened(given, CLAIMS[0], whole) == short
    # What the short form reads as is still looked at.
    assert made == [whole]
