from __future__ import annotations

import io
from pathlib import Path

import pytest

from annotator.importers import ImportOptions, read_sources
from annotator.importers.metering import metered
from annotator.model.article import Article


def test_each_byte_is_told_once_however_often_it_is_read() -> None:
    told: list[int] = []
    stream = metered(io.BytesIO(b"x" * 200_000), told.append)
    assert stream.read(10) == b"x" * 10
    stream.seek(0)
    assert len(stream.read()) == 200_000
    stream.seek(5)
    assert stream.readline() == b"x" * 199_995
    assert sum(told) == 200_000


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.json", "a.html", "a.md", "a"])
def test_every_reader_reads_through_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = {
        "a.jsonl": b'{"text": "It rained."}\n',
        "a.csv": b"text\nIt rained.\n",
        "a.json": b'[{"text": "It rained."}]',
        "a.html": b"<html><body><p>It rained, and it went on raining.</p></body></html>",
    }.get(name, b"It rained.\n")
    path.write_bytes(data)
    told: list[int] = []
    (article,) = read_sources([str(path)], ImportOptions(), opened=lambda stream: metered(stream, told.append))
    assert isinstance(article, Article)
    assert article.text.startswith("It rained")
    assert sum(told) == len(data)
