from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.language import folding
from annotator.model.language.folding import Folded, fold
from annotator.model.language.sought import Sought

ODD = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aA’“ée\u0301\u0308ßſİıøŁﬁ½´″\u00ad\u200b\u200d\u3099かカｶﾞ\u1100\u1161\u11a8각क्ष़िกำุ้ \n\t-–"),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("didn't", "We didn’t find it.", ["didn’t"]),
        ('"no"', "She said “No”.", ["“No”"]),
        ("МОСТ", "мост закрыт", ["мост"]),
        ("uber", "Über die Brücke", ["Über"]),
        ("brücke", "Bru\u0308cke", ["Bru\u0308cke"]),
        ("sao joao", "Ponte SÃO\u00a0\n João", ["SÃO\u00a0\n João"]),
        ("cafe", "Le caf\u00e9, le cafe\u0301.", ["caf\u00e9", "cafe\u0301"]),
        ("strasse", "die STRAßE", ["STRAßE"]),
        ("lodz", "w Łodzi", ["Łodz"]),
        ("smorrebrod", "smørrebrød", ["smørrebrød"]),
        ("office", "the oﬃce", ["oﬃce"]),
        ("harbour", "har\u00adbour, har\u200bbour", ["har\u00adbour", "har\u200bbour"]),
        ("24-hour", "a 24–hour watch", ["24–hour"]),
        ("οδος", "ΟΔΌΣ", ["ΟΔΌΣ"]),
        ("橋", "橋が閉鎖", ["橋"]),
        ("閉鎖", "橋が閉鎖", ["閉鎖"]),
        ("ガス", "ｶﾞｽ", ["ｶﾞｽ"]),
        ("桥", "桥关了", ["桥"]),
        ("पुल", "पुल बंद है", ["पुल"]),
        ("سفينه", "سَفينه", ["سَفينه"]),
        ("สะพาน", "ปิดสะพานแล้ว", ["สะพาน"]),
        ("istanbul", "İSTANBUL", ["İSTANBUL"]),
    ],
)
def test_what_does_not_matter_in_a_search(words: str, text: str, found: list[str]) -> None:
    assert [span.slice(text) for span in Sought(words).spans(text)] == found
    for form in ("NFC", "NFD"):
        assert len(list(Sought(unicodedata.normalize(form, words)).spans(unicodedata.normalize(form, text)))) == len(
            found
        )


@pytest.mark.parametrize(
    ("words", "text"),
    [("か", "が"), ("पल", "पुल"), ("가", "각"), ("มา", "ม้า"), ("\u0301", "cafe\u0301"), (" ", "a b"), ("", "a")],
)
def test_what_makes_another_word_does_matter(words: str, text: str) -> None:
    assert list(Sought(words).spans(text)) == []
    assert not Sought(words).is_in(text)


def test_a_hit_never_ends_inside_a_letter() -> None:
    (span,) = Sought("fi").spans("the ﬃ sign")
    assert span.slice("the ﬃ sign") == "ﬃ"
    assert [span.as_pair() for span in Sought("s").spans("ßs")] == [[0, 1], [1, 2]]


def test_where_each_letter_is_folded_into_one_none_is_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    gone_through: list[str] = []
    genuine = folding._ways_back

    def noted(line: str) -> tuple[Sequence[int], Sequence[int]]:
        gone_through.append(line)
        return genuine(line)

    monkeypatch.setattr(folding, "_ways_back", noted)
    quoted, ligature = "One “No”,\none didn’t – Łódź", "One æon “No”"
    assert [span.slice(quoted[:20]) for span in Sought('"no"').spans(quoted[:20])] == ["“No”"]
    assert all(map(str.isascii, gone_through))
    assert [span.slice(ligature) for span in Sought('"no"').spans(ligature)] == ["“No”"]
    assert gone_through[-1] == ligature


@given(ODD)
def test_the_way_back_belongs_to_the_same_folded_text(text: str) -> None:
    plain = Folded(text)
    assert plain.text == fold(text)
    spans = [plain.span(at, at + 1) for at in range(len(plain.text))]
    assert spans == sorted(spans)
    assert all(span.end <= len(text) for span in spans)
    for span in spans:
        assert fold(span.slice(text)) in plain.text


def test_a_grave_accent_as_a_quotation_mark_is_one_beside_any_letter() -> None:
    assert fold("`Àrea`") == fold("'area'") == "'area'"


@given(ODD)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ODD, st.integers(0, 11), st.integers(1, 12))
def test_whatever_stands_in_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    if fold(words).split() and " ".join(fold(words).split()) in " ".join(fold(text).split()):
        assert list(Sought(words).spans(text))
