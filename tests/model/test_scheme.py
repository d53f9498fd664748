from __future__ import annotations

import json

import pytest

from annotator.errors import SchemeError
from annotator.model.scheme import (
    DEFAULT,
    DEFAULT_AS_JSON,
    PASSES,
    default_as_json,
    default_scheme,
    read_scheme,
    scheme_data,
    scheme_from_data,
    scheme_problems,
    shipped_names,
    shipped_scheme,
)

SCHEME = """
id = "small"
version = 3

[passes]
triage = ["worth", "attribution"]
verify = ["verdict"]
both = ["worth", "attribution", "verdict"]

[[worth]]
id = "no"
key = "0"
name = "no"
definition = "Not to be checked."
examples = ["One.", "Two."]
waives_verdict = true

[[worth]]
id = "yes"
key = "1"
name = "yes"
definition = "To be checked."
examples = ["One.", "Two."]

[[voice]]
id = "author"
key = "a"
name = "author"
definition = "The article says so."
examples = ["One.", "Two."]

[[verdict]]
id = "true"
key = "s"
name = "true"
definition = "It holds."
examples = ["One.", "Two."]

[[verdict.reason]]
id = "plain"
key = "1"
name = "plain"
"""


def test_a_scheme_is_read_whole() -> None:
    scheme = read_scheme(SCHEME, "small.toml")
    assert scheme.label == "small@3"
    assert scheme.checkable.id == "yes"
    assert [reason.id for reason in scheme.verdict_value("true").reasons] == ["plain"]
    assert scheme.worth_value("no").waives_verdict


WRONG = [
    ('id = "small"', "id = ", "not TOML: Invalid value"),
    ("version = 3", "", "version is missing"),
    ("version = 3", 'version = "three"', "version: a whole number is needed, not 'three'"),
    ("version = 3", "version = true", "version: a whole number is needed, not True"),
    ("version = 3", "version = 0", "version 0: a number from 1"),
    ("version = 3", "version = 3\nvoices = 2", "unknown: 'voices'"),
    ('id = "small"', 'id = "a@b"', "id 'a@b': up to 40 letters"),
    ('verify = ["verdict"]', "", "pass 'verify' is missing"),
    ('verify = ["verdict"]', 'verify = "verdict"', "pass 'verify': a list of facets is needed"),
    ('verify = ["verdict"]', "verify = []", "pass 'verify': it asks for nothing"),
    ('verify = ["verdict"]', 'verify = ["colour"]', "pass 'verify': no facet 'colour'"),
    ('verify = ["verdict"]', 'verify = ["verdict"]\nthird = ["worth"]', "no pass is called 'third'"),
    ('name = "yes"', "", "check-worthiness 'yes': name is missing"),
    ('name = "yes"', 'nmae = "yes"', "check-worthiness 'yes': unknown: 'nmae'"),
    ('name = "yes"', 'name = " "', "check-worthiness 'yes': a name is needed"),
    ('name = "yes"', 'name = "y\\u001bes"', "check-worthiness 'yes': a name is one line without control"),
    ('name = "plain"', 'name = "pl\\nain"', "reason 'plain': a name is one line without control"),
    ('id = "yes"', 'id = "no"', "the same id twice: 'no'"),
    ('id = "yes"', "", "check-worthiness 2: id is missing"),
    ('id = "yes"', 'id = "all"', "check-worthiness 'all': the tool needs this id"),
    ('id = "yes"', 'id = "y.es"', "check-worthiness 'y.es': an id has up to 40 letters"),
    ('key = "1"\nname = "yes"', 'key = "0"\nname = "yes"', "the same key twice: '0'"),
    ('id = "true"', 'id = "yes"', "the same id twice: 'yes'"),
    ('key = "s"', 'key = "1"', "the same key twice: '1'"),
    ('key = "s"', 'key = "q"', "verdict 'true': a scheme may not use the key 'q' (it may use 0 1 2"),
    ('key = "s"', 'key = ""', "may not use the key ''"),
    ('key = "a"', 'key = "b"', "voice 'author': its key is a, not 'b'"),
    ('name = "author"', 'name = "author"\nwaives_verdict = true', "waives_verdict belongs to a check-worthiness"),
    ('definition = "It holds."', 'definition = ""', "verdict 'true': a definition and two examples are needed"),
    ('It holds."\nexamples = ["One.", "Two."]', 'It holds."\nexamples = ["One.", " "]', "two examples"),
    ('It holds."\nexamples = ["One.", "Two."]', 'It holds."\nexamples = ["One.", 2]', "every one is text"),
    ('name = "true"', 'name = "true"\ncolour = "blue"', "verdict 'true': no colour 'blue'"),
    ('id = "yes"', 'id = "yes"\nwaives_verdict = true', "no check-worthiness asks for a verdict"),
    ('id = "plain"\nkey = "1"', 'id = "plain"\nkey = "q"', "verdict 'true': reason 'plain': a scheme may not"),
    ('id = "plain"', 'id = "leave"', "reason 'leave': the tool needs this id"),
    ('id = "plain"\n', "", "verdict 'true': reason 1: id is missing"),
    ("[[voice]]", "[[voices]]", "voice is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wrong"), WRONG)
def test_a_scheme_that_cannot_be_used_is_refused_by_name_and_value(old: str, new: str, wrong: str) -> None:
    assert old in SCHEME
    text = SCHEME.replace(old, new, 1)
    with pytest.raises(SchemeError) as refused:
        read_scheme(text, "small.toml")
    assert str(refused.value).startswith("small.toml: ")
    assert any(wrong in problem for problem in scheme_problems(text))


def test_every_problem_is_told_at_once() -> None:
    text = SCHEME.replace('key = "s"', 'key = "q"').replace('verify = ["verdict"]', "verify = []")
    assert len(scheme_problems(text)) == 2
    assert scheme_problems(SCHEME) == []


def test_a_scheme_has_one_voice() -> None:
    second = SCHEME[SCHEME.index("[[voice]]") : SCHEME.index("[[verdict]]")]
    assert scheme_problems(SCHEME + second) == ["exactly one voice is needed, the author's"]


@pytest.mark.parametrize("name", shipped_names())
def test_the_schemes_that_come_with_the_tool_are_whole(name: str) -> None:
    scheme = shipped_scheme(name)
    assert scheme.id == name
    assert scheme.name
    assert scheme.about
    assert all(len(value.examples) == 2 for value in (*scheme.worth, *scheme.voice, *scheme.verdict))
    # What was found not worth checking stays so when a project changes its scheme.
    assert scheme.worth == default_scheme().worth
    assert scheme_from_data(json.loads(json.dumps(scheme_data(scheme))), name) == scheme


def test_a_scheme_that_does_not_come_with_the_tool_is_named_with_those_that_do() -> None:
    with pytest.raises(SchemeError, match=r"no scheme 'fever-4'.*annotator-default, averitec-4, fever-3, politifact-6"):
        shipped_scheme("fever-4")


def test_data_that_is_no_scheme_is_refused() -> None:
    with pytest.raises(SchemeError, match="entry 7: version is missing"):
        scheme_from_data({"id": "x"}, "entry 7")


def test_a_value_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SchemeError, match=r"no check-worthiness '9'.*no, yes"):
        read_scheme(SCHEME, "-").worth_value("9")
    with pytest.raises(SchemeError, match="no verdict"):
        read_scheme(SCHEME, "-").verdict_value("maybe")


def test_the_default_scheme_is_what_its_toml_says() -> None:
    again = "run `python -m annotator.model.scheme`"
    assert DEFAULT_AS_JSON.read_text(encoding="utf-8") == default_as_json(), again
    assert default_scheme() == shipped_scheme(DEFAULT)


def test_the_default_scheme_has_the_keys_that_the_help_shows() -> None:
    scheme = default_scheme()
    assert [value.key for value in (*scheme.worth, *scheme.voice, *scheme.verdict)] == list("012asrmn")
    assert (scheme.label, scheme.evidence_required) == ("annotator-default@1", False)
    assert [reason.id for reason in scheme.verdict_value("mixed").reasons] == [
        "conflict",
        "missing_context",
        "outdated",
    ]
    assert set(scheme.passes) == set(PASSES)
    assert scheme.checkable.id == "2"
