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
    assert read(data).text == TEXT.rstrip()


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
    ("text", "encoding", "label"),
    [
        ("Gulls circled the quay all day. " * 20 + "The harbour master’s launch was late.", "cp1252", "windows-1252"),
        ("Gulls circled the quay all day. " * 20 + "The harbour master’s launch was late.", "mac_roman", "mac-roman"),
        ("Le chœur a chanté à la criée, et tout coûtait 12 €.", "iso8859_15", "iso8859-15"),
        ("Statek stał na redzie, a łódź pilota zawróciła.", "cp1250", "windows-1250"),
        ("Катер лоцмана повернул назад.", "cp1251", "windows-1251"),
        ("Gulls circled the quay. A banner said «Вход воспрещён».", "cp1251", "windows-1251"),
        ("Gulls circled the quay all day. The launch Věra of Mr. Dvořák was late.", "cp1250", "windows-1250"),
        ("The launch turned back.", "utf-16-le", "utf-16-le"),
        ("Катер повернул.", "utf-16-be", "utf-16-be"),
        ("引水船星期二调头返回，没有人受伤。", "utf-16-le", "utf-16-le"),
        ("水先案内船は火曜日に引き返した。", "utf-16-be", "utf-16-be"),
    ],
)
def test_a_guessed_encoding_is_right_and_is_said(read: Any, text: str, encoding: str, label: str) -> None:
    article = read(text.encode(encoding))
    assert article.text == text
    (note,) = article.notes
    assert note.summary == f"read as {label} (guessed)"
    assert "--encoding" in note.detail


@pytest.mark.parametrize("name", ["text", "markdown", "html", "jsonl", "json", "csv"])
def test_every_format_says_that_an_encoding_was_guessed(read: Any, name: str) -> None:
    words = "The harbour master’s launch was late, and nobody could say why it had not been at the quay."
    given = {
        "html": f"<html><body><article><p>{words}</p></article></body></html>",
        "json": f'{{"text": "{words}"}}',
        "jsonl": f'{{"text": "{words}"}}\n',
        "csv": f'text\n"{words}"\n',
    }.get(name, words)
    article = read(given.encode("cp1252"), name)
    assert article.text == words
    assert [note.summary for note in article.notes] == ["read as windows-1252 (guessed)"]
    assert not read(given, name).notes


def test_one_broken_byte_in_utf_8_is_named_by_its_place(read: Any, fail: Any) -> None:
    words = "Die Fähre hieß „Möwe“.\nSie fuhr täglich über den Fluß."
    broken = words.encode().replace("täglich".encode(), b"t\xe4glich")
    failure = fail(broken)
    assert failure.place == "line 2"
    assert f"not readable as utf-8 at byte {broken.index(0xE4)} (0xE4)" in failure.reason
    assert "--encoding-errors replace" in failure.reason
    assert read(broken, encoding_errors="replace").text == words.replace("tä", "t\ufffd")


@pytest.mark.parametrize(
    "words",
    [
        "The pilot’s caf\udce9 stayed shut all winter.",
        "La fête est termin\udce9e depuis lundi.",
        "The fare is €7, and nobody\udc80 paid it.",
    ],
)
def test_a_broken_byte_is_known_by_one_whole_character_beside_it(fail: Any, words: str) -> None:
    assert "not readable as utf-8 at byte" in fail(words.encode("utf-8", "surrogateescape")).reason


def test_a_quotation_mark_and_an_accent_of_another_encoding_are_no_damaged_utf_8(read: Any) -> None:
    words = "Il a dit que l’été dernier fut sec."
    assert read(words.encode("mac_roman")).text == words


def test_the_named_encoding_goes_before_what_the_bytes_look_like(read: Any, fail: Any) -> None:
    assert read("Fähre".encode(), encoding="cp1252").text == "FÃ¤hre"
    assert not read("naïve".encode("cp1252"), encoding="cp1252").notes
    failure = fail(b"one\nna\xefve", encoding="utf-8")
    assert (failure.place, "at byte 6 (0xEF)" in failure.reason) == ("line 2", True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "white space"),
        ("\u200b\n\ufeff".encode(), "white space"),
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


def test_changes_of_speakers_times_and_signs_of_omission_stay_in_the_text(read: Any) -> None:
    spoken = ">> We knew at 10:15 that it fell.\n>> I never said this: 5 percent.\n>> We knew … nothing."
    assert read(spoken).text == spoken


def test_hard_wrapped_lines_are_joined_when_asked(read: Any) -> None:
    wrapped = "The bridge\nclosed.\n\nTwo cables\nwere loose.\n"
    assert read(wrapped).text == wrapped.rstrip()
    assert read(wrapped, unwrap=True).text == "The bridge closed.\n\nTwo cables were loose."


def test_offsets_lead_from_the_file_to_the_article(read: Any) -> None:
    data = "\ufeffOne\r\ntwo 😀\r\nthree"
    article = read(data)
    assert article.text[article.offsets.to_text(data.index("three")) :] == "three"
    assert article.text[article.offsets.to_text(data.index("😀"))] == "😀"


WRAPPED = (
    "The Commissioners of the river met on\n"
    "Thursday last, when the engineer said that\n"
    "the wall below the bridge had been under-\n"
    "mined and was in his opinion unsafe.\n\n"
    "Nobody had known of it, he added, but\n"
    "the pilots.\n"
)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines_that_were_wrapped_by_hand_are_told(read: Any, line_break: str) -> None:
    text = WRAPPED.replace("\n", line_break)
    assert ["--unwrap" in note.detail for note in read(text).notes] == [True]
    assert read(text, unwrap=True).notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "The ramp at Porto Novo is shut.\nthe mayor left before the vote was over.\nNobody asked him why he had gone.",
        "What the ramp needs:\n- two new cables of steel\n- a pilot who knows the tide\n- nine hundred new bolts",
        "Red, over the harbour,\nthe evening falls.\n\nNobody saw it, and\nnobody cared.",
    ],
)
def test_lines_that_end_where_they_should_are_not(read: Any, text: str) -> None:
    assert read(text).notes == ()
