from __future__ import annotations

import sqlite3

import pytest

from annotator.store.sqlite_export.searching import TOKENIZER, searchable

TEXTS = [
    "पुल सोमवार को बंद है।",
    "「橋が閉鎖された」とドゥアルテ港長は述べた。",
    "ปิดสะพานในตอนเช้า",
    "Le caf\u00e9 na\u00adif — “didn’t”",
    "Le cafe\u0301 de Łódź, smørrebrød, STRAßE",
    "大桥今天关闭",
    "Plain words.",
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("पुल", [1]),
        ("पल", []),
        ("閉鎖", [2]),
        ("橋", [2]),
        ("ドゥアルテ", [2]),
        ("สะพาน", [3]),
        ("关闭", [6]),
        ("CAFE", [4, 5]),
        ("café", [4, 5]),
        ("naif", [4]),
        ("didn't", [4]),
        ("Łódź", [5]),
        ("Lodz", [5]),
        ("smørrebrød", [5]),
        ("smorrebrod", [5]),
        ("strasse", [5]),
        ("plain words", [7]),
        ("words plain", []),
    ],
)
def test_words_are_found_as_they_are_typed(typed: str, found: list[int]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f'create virtual table words using fts5(text, tokenize="{TOKENIZER}")')
    connection.executemany("insert into words (text) values (?)", [(searchable(text),) for text in TEXTS])
    phrase = '"' + typed + '"'
    rows = connection.execute("select rowid from words where words match ? order by rowid", (phrase,)).fetchall()
    connection.close()
    assert [rowid for (rowid,) in rows] == found


def test_nothing_is_made_of_nothing() -> None:
    assert searchable(None) is None
    assert searchable("Plain.") == "Plain."
