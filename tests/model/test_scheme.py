from __future__ import annotations

import pytest

from annotator.errors import SchemeError
from annotator.model.scheme import PASSES, default_scheme, read_scheme

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


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('id = "small"', "id = ", "small.toml: Invalid value"),
        ("version = 3", "", "missing or of the wrong kind: 'version'"),
        ("version = 3", 'version = "three"', "missing or of the wrong kind"),
        ('verify = ["verdict"]', "", "missing or of the wrong kind: 'verify'"),
        ('name = "yes"', "", "missing or of the wrong kind"),
        ('name = "yes"', 'nmae = "yes"', "missing or of the wrong kind"),
        ('id = "yes"', 'id = "no"', "the same id twice: no"),
        ('key = "1"\nname = "yes"', 'key = "0"\nname = "yes"', "the same key twice: 0"),
        ('id = "true"', 'id = "yes"', "the same id twice: yes"),
        ('key = "s"', 'key = "1"', "the same key twice: 1"),
        ('key = "s"', 'key = "q"', "value 'true': a scheme may not use the key 'q'"),
        ('key = "s"', 'key = ""', "may not use the key ''"),
        ('definition = "It holds."', 'definition = ""', "value 'true' needs a definition and two examples"),
        ('It holds."\nexamples = ["One.", "Two."]', 'It holds."\nexamples = ["One."]', "two examples"),
        ('id = "yes"', 'id = "yes"\nwaives_verdict = true', "no check-worthiness asks for a verdict"),
        ('id = "plain"\nkey = "1"', 'id = "plain"\nkey = "q"', "value 'true': its reasons need keys of their own"),
        ('verify = ["verdict"]', 'verify = ["colour"]', "pass 'verify' names unknown facets: colour"),
    ],
)
def test_a_scheme_that_cannot_be_used_is_refused_by_name_and_value(old: str, new: str, wrong: str) -> None:
    assert old in SCHEME
    with pytest.raises(SchemeError) as refused:
        read_scheme(SCHEME.replace(old, new, 1), "small.toml")
    assert str(refused.value).startswith("small.toml: ")
    assert wrong in str(refused.value)


def test_a_scheme_without_a_voice_is_refused() -> None:
    voiceless = SCHEME[: SCHEME.index("[[voice]]")] + SCHEME[SCHEME.index("[[verdict]]") :]
    with pytest.raises(SchemeError, match="voice"):
        read_scheme(voiceless.replace("version = 3", "version = 3\nvoice = []"), "small.toml")


def test_a_value_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SchemeError, match=r"no check-worthiness '9'.*no, yes"):
        read_scheme(SCHEME, "-").worth_value("9")
    with pytest.raises(SchemeError, match="no verdict"):
        read_scheme(SCHEME, "-").verdict_value("maybe")


def test_the_default_scheme_has_the_keys_that_the_help_shows() -> None:
    scheme = default_scheme()
    assert [value.key for value in (*scheme.worth, *scheme.voice, *scheme.verdict)] == list("012asrmn")
    assert [reason.id for reason in scheme.verdict_value("mixed").reasons] == [
        "conflict",
        "missing_context",
        "outdated",
    ]
    assert set(scheme.passes) == set(PASSES)
    assert scheme.checkable.id == "2"
