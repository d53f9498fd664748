from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.errors import ImportFailure
from annotator.importers.sentence_rows import LONGEST_ROW, SentenceRow, read_sentence_rows


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], list[SentenceRow | ImportFailure]]:
    def rows(data: bytes) -> list[SentenceRow | ImportFailure]:
        path = tmp_path / "rows.jsonl"
        path.write_bytes(data)
        return list(read_sentence_rows(str(path)))

    return rows


def test_rows_with_their_ids_as_they_are(read: Callable[[bytes], list[SentenceRow]]) -> None:
    made = read(
        b'\xef\xbb\xbf{"id": 7, "text": "One."}\r\n\n'
        b'{"text": "Zwei \xe2\x9c\x93", "id": "b", "more": []}\n{"id": 1.5, "text": ""}'
    )
    assert made == [SentenceRow(7, "One."), SentenceRow("b", "Zwei ✓"), SentenceRow(1.5, "")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b'{"id": 1, "text": "x"', "broken JSON at character"),
        (b'{"id": 1, "text": "x"} {}', "broken JSON at character"),
        (b"[1]", "not an object"),
        (b'"text"', "not an object"),
        (b'{"text": "x"}', 'no "id"'),
        (b'{"id": true, "text": "x"}', 'no "id"'),
        (b'{"id": null, "text": "x"}', 'no "id"'),
        (b'{"id": [1], "text": "x"}', 'no "id"'),
        (b'{"id": NaN, "text": "x"}', "NaN is no JSON"),
        (b'{"id": 1e999, "text": "x"}', 'no "id"'),
        (b'{"id": 1}', 'no "text"'),
        (b'{"id": 1, "text": 5}', 'no "text"'),
        (b'{"id": 1, "text": "caf\xe9"}', "not UTF-8 at byte 23"),
        (b'{"id": "\\ud800", "text": "x"}', "half a character"),
        pytest.param(b'{"id": ' + b"1" * 5000 + b', "text": "x"}', "a number that is too long", id="digits"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="brackets"),
        pytest.param(b'{"id": 1, "text": "' + b"x" * LONGEST_ROW * 2 + b'"}', "a line of more than", id="long"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(
    read: Callable[[bytes], list[SentenceRow | ImportFailure]], row: bytes, reason: str
) -> None:
    good = json.dumps({"id": "good", "text": "x"}).encode()
    made = read(b"\n".join([good, row, good]))
    assert [each for each in made if isinstance(each, SentenceRow)] == [SentenceRow("good", "x")] * 2
    (failure,) = (each for each in made if isinstance(each, ImportFailure))
    assert reason in str(failure)
    assert "rows.jsonl: line 2: " in str(failure)


def test_standard_input_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n')
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    rows = read_sentence_rows("-")
    assert next(rows) == SentenceRow(1, "a")
    assert stream.tell() < len(stream.getvalue())
    assert next(rows) == SentenceRow(2, "b")


@pytest.mark.parametrize(
    ("name", "reason"), [("none.jsonl", "no such file"), (".", "not a regular file"), ("empty", "empty")]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(ImportFailure, match=reason):
        list(read_sentence_rows(str(tmp_path / name)))
