from __future__ import annotations

import pytest

from annotator.errors import ConfigError
from annotator.importers.annotations import LabelMap, label_map
from annotator.model.attribution import Role


def test_defaults_know_polnear_and_our_own_labels_in_any_case() -> None:
    labels = LabelMap()
    assert [labels.role(label) for label in ("Source", "CUE", "content", "Relay")] == list(Role)
    assert labels.attribution("Attribution-no-source") == {"anonymity": "none"}
    assert labels.attribution("Claim") is None


def test_the_file_comes_before_the_defaults() -> None:
    labels = label_map(b'[roles]\nPerson = "source"\nCue = ""\n[values.verdict]\n"Mostly true" = "mixed"\n', "m.toml")
    assert labels.role("person") is Role.SOURCE
    assert labels.role("cue") is None
    assert labels.knows_role("cue")
    assert labels.role("content") is Role.CONTENT
    assert (labels.value("verdict", "mostly TRUE"), labels.value("verdict", "refuted")) == ("mixed", "refuted")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[roles]\nA = 'speaker'", "A = 'speaker' is no role (known: source, cue, content, relay)"),
        ("[facets]", "no table 'facets' in a label map"),
        ("[attributions]\nA = {form = 'loud'}", "cannot say form = 'loud'"),
        ("[values.mood]\na = 'b'", "no facet 'mood'"),
        ("roles = 1", "roles is a table"),
        ("[roles", "not a label map"),
    ],
)
def test_what_is_no_label_map_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=r"m\.toml") as caught:
        label_map(text.encode(), "m.toml")
    assert said in str(caught.value)
