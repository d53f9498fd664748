from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.language.words import inside_letters, letters, words

TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aé\u0301’'-.&\u00ad\u200b\u200d क्षिंा 橋がカー・ กำไปุ้ 🇵🇹👩🏽"),
    ),
    max_size=14,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The AT&T deal isn’t well-known.", ["The", "AT&T", "deal", "isn’t", "well-known", "."]),
        ("He’s in, O’Brien can’t", ["He", "’s", "in", ",", "O’Brien", "can’t"]),
        ("डॉ. शर्मा ने कहा।", ["डॉ", ".", "शर्मा", "ने", "कहा", "।"]),
        ("cafe\u0301 naïve har\u00adbour na\u200bil", ["cafe\u0301", "naïve", "har\u00adbour", "na\u200bil"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
        ("「橋が落ちた」とドゥアルテ港長", ["「", "橋", "が", "落", "ちた", "」", "と", "ドゥアルテ", "港長"]),
        ("ジョン・スミスが2026年に", ["ジョン・スミス", "が", "2026", "年", "に"]),
        ("大桥今天关闭", ["大桥今天关闭"]),
        ("ปิดที่นี่", ["ปิ", "ด", "ที่", "นี่"]),
        ("다리가 폐쇄됐다", ["다리가", "폐쇄됐다"]),
        ("ok 🇵🇹👩🏽\u200d🚒!", ["ok", "🇵🇹", "👩🏽\u200d🚒", "!"]),
        ("a \u200b b", ["a", "b"]),
    ],
)
def test_words_end_where_readers_see_them_end(text: str, found: list[str]) -> None:
    assert [span.slice(text) for span in words(text)] == found


@given(TEXTS)
def test_no_word_and_no_letter_ends_inside_a_letter(text: str) -> None:
    within = inside_letters(text, 0, len(text))
    for unit in (words(text), letters(text)):
        assert all(one.end <= other.start for one, other in pairwise(unit))
        assert not within & {at for span in unit for at in span.as_pair()}
