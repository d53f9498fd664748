from __future__ import annotations

import json
import sys
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import json_words
from annotator.exporters.json_words import Quoted, one_line, quoted
from annotator.exporters.row import json_text

TEXTS = st.text() | st.text(st.sampled_from('a"\\/\x00\x1f\x7f\x80\x9f\u00a0\u2028\u2029\ufeff\U0001f309'))


@given(TEXTS)
def test_a_string_is_quoted_as_json_text_does(text: str) -> None:
    assert quoted(text) == json_text(text)


@pytest.mark.parametrize("character", ["\x7f", "\x80", "\x9f", "\u2028", "\u2029"])
def test_what_some_readers_break_lines_at_is_escaped(character: str) -> None:
    for text in (f"a{character}b", f"é{character}"):
        assert character not in one_line(text)
        assert json.loads(quoted(text)) == text


@given(st.lists(st.none() | TEXTS))
def test_what_was_quoted_before_is_quoted_so_again(texts: list[str | None]) -> None:
    known = Quoted()
    for text in [*texts, *texts]:
        assert known[text] == json_text(text)


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_words, "_MOST_KNOWN", 3)
    known = Quoted()
    assert [known[f"{number}"] for number in range(20)] == [f'"{number}"' for number in range(20)]
    assert len(known) <= 3
    known["long" * 1000]
    assert "long" * 1000 not in known


def test_of_the_formats_only_the_one_that_is_written_is_imported() -> None:
    said = "import sys, annotator.exporters; print(*[m for m in sys.modules if m.startswith('annotator.exporters.')])"
    found = run([sys.executable, "-c", said], check=True, capture_output=True, text=True).stdout.split()
    assert "annotator.exporters.registry" in found
    assert not {"annotator.exporters.jsonl", "annotator.exporters.label_studio", "annotator.exporters.csv"} & {*found}
