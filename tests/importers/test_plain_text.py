from __future__ import annotations

import codecs
from typing import Any

import pytest

TEXT = "A câmara disse que “a decisão foi difícil” – e custou 12 €.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end", "utf-32", "carriage returns", "windows"],
)
def test_the_same_text_is_the_same_article_in_every_encoding(read: Any, data: bytes) -> None:
    assert read(data).text == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Most w Nowym Porcie został zamknięty w poniedziałek, gdy inżynierowie znaleźli dwa luźne kable.", "cp1250"),
        ("Мост закрыли на рассвете в понедельник: инженеры нашли два ослабленных троса.", "cp1251"),
        ("Η γέφυρα έκλεισε τη Δευτέρα την αυγή αφού οι μηχανικοί βρήκαν δύο χαλαρά καλώδια.", "cp1253"),
        ("Köprü pazartesi şafakta kapatıldı, çünkü mühendisler iki gevşek kablo buldu.", "cp1254"),
        ("橋は月曜日の明け方に閉鎖された。技術者が二本のケーブルの緩みを見つけたためだ。", "cp932"),
    ],
)
def test_encodings_of_other_alphabets_are_found(read: Any, text: str, encoding: str) -> None:
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "white space"),
        (b"a\0b", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"%PDF-1.7 and more", "PDF"),
        (b"PK\x03\x04 and more", "ZIP"),
        (b"\x81\x8d\x8f\x90\x9d\xff\xfe\xfd" * 9, "save it as"),
        (b"\xff\xfea\xd8", "not readable as utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(fail: Any, data: bytes, reason: str) -> None:
    failure = fail(data)
    assert reason in failure.reason
    assert failure.origin == "-"


def test_an_article_may_be_as_large_as_the_limit_and_no_larger(read: Any, fail: Any) -> None:
    assert len(read("x" * 100, max_bytes=100).text) == 100
    assert "larger than 100 bytes" in fail("x" * 101, max_bytes=100).reason
    assert "5 MB" in fail("x" * 5_000_001).reason


def test_hard_wrapped_lines_are_joined_when_asked(read: Any) -> None:
    wrapped = "The bridge\nclosed.\n\nTwo cables\nwere loose.\n"
    assert read(wrapped).text == wrapped
    assert read(wrapped, unwrap=True).text == "The bridge closed.\n\nTwo cables were loose.\n"


def test_offsets_lead_from_the_file_to_the_article(read: Any) -> None:
    data = "\ufeffOne\r\ntwo 😀\r\nthree"
    article = read(data)
    assert article.text[article.offsets.to_text(data.index("three")) :] == "three"
    assert article.text[article.offsets.to_text(data.index("😀"))] == "😀"
