"""Where sentences end: one invented example for each rule, split where the bars are."""

from __future__ import annotations

import pytest

from annotator.segmentation import sentence_spans, split


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def expected(marked: str) -> tuple[str, list[str]]:
    pieces = marked.split("|")
    return "".join(pieces), [piece.strip() for piece in pieces]


PLAIN = [
    "The ferry left.| It came back at dawn.",
    "Did it leave?| Nobody saw it!| It did.",
    "The harbour was full.  |Two ships waited outside.",
    "It cost 4.5 million in 2024.| 12 people paid.",
    "They paid $3.20 a litre, up from 2.75 in May.| Then they stopped.",
    "The site is example.org.| Nobody reads it.",
    "Rain is likely; no wind is.",
    "The pier closed.|The café did not.",
    "He wrote to Vale-Prado.|She did not answer.",
    "He posted it at night.| https://example.org/p/1",
    "The firm sells phones.| iHarbour is its newest.",
]

QUOTATIONS = [
    "“We looked.| We found nothing,” said Ines Duarte.",
    "She said, “We looked.| We found nothing.”| Then she left.",
    '"It held for years.| It will not hold now," she said.| "Ask anybody."',
    '"Why?" she said.| Nobody knew.',
    '"Why now?" Ines Duarte asked.| "Why here?"',
    "“Are you sure?” Gov. Ines Duarte asked the panel.",
    "“Is this the end?” Duarte, 34, of Leeds, asked.",
    "“What a night!” Duarte, the harbour master, said.",
    "“Who paid?”| The answer is in the file.",
    "He called it a “disgrace.”| The mayor did not.",
    "''It is all lies.| Nobody believes it,'' Mr. Prado said.",
    "The cables failed.| “Two of nine,” Duarte said.",
    'The cables failed. "| Two of nine did.',
    "He nodded.| ‘We were there,’ he said.",
    '"Nobody told us anything. We had to guess." - Rui Melo',
    'Prado says "the toll will rise or the ferry will stop. Then we all walk" to work.',
    "She cheered (“Finally!”) and sat down.| It was late.",
    "“The tide is at its highest.| …The mill is shut,” the paper notes.",
]

ELLIPSES = [
    "The tide rose. |…The mill was shut.",
    "The tide rose. |... The mill was shut.",
    "The tide … was rising.",
    "“It is late. …” |She left.",
    "The tide rose … |The mill was shut.",
    "There is a lot . . . [of] interest.| It grows.",
    "How do you stop . . . these big ships?",
    "Yields would rise [...] |The price would not.",
]

ABBREVIATIONS = [
    "The U.S. Coast Guard came.| The U.S. sent two boats.",
    "She moved to the U.S. |They followed.",
    "U.S.-backed crews searched.| They found nothing.",
    "Lt. Gov. Ines Duarte and Sen. Rui Melo (I-Vt.) met Dr. A. B. Costa.| They talked.",
    "The office opens at 8 a.m. Monday and shuts at 5 p.m. EST.| It is small.",
    "The talks ended at 11 p.m. |Police cleared the square.",
    "The talks ended at 11 p.m. |“There was no other way,” she said.",
    "The 9 p.m. “Late Show” ends at 11 a.m. (Eastern time).",
    "Gate No. 3 stuck at 7 in.| It rained on Aug. 2, 2023, too.",
    "Did he sign? |No. |He did not.| No. |I did.",
    "Harbour Lines Inc. shares fell at Brightwater Corp. the most.",
    "It was bought by Brightwater Inc. |The price was not given.",
    "Martin Prado Jr. spoke first.| Ana M. Duarte spoke last.",
    "They met in Fort Mill, S.C. |“It was loud,” she said.",
    "They met in Washington D.C. |Image: Ana Prado.",
    "It uses plan B. |The first one failed.",
    "Ships, e.g. tugs, vs. Lines, i.e. Brightwater, etc.| Nobody won.",
    "(See Fig. 3 and pp. 12-14.)| The rest is in vol. 2.",
    "Edward J. “Ned” Vale won.",
    "They met in Reno, Nev. |“It’s great,” he said.",
    "Washington, D.C. Mayor Ana Prado spoke.| They met in Vale, Md. |Prado spoke.",
    "He is 6 ft. 2 in. tall.| She is not.",
    "It was the largest in the U.S. (from 1890 on).| It is gone.",
    "He asked Yahoo! News for it.| It said no!",
]

LISTS = [
    "1. Close the bridge.| 2. Pay for the ferry.",
    "Q. Did you know?| A. I did not.| Nobody did.",
    "2.1. The second part",
    "The law stands.| 1042. The toll is a fee.| It was paid.| 2019. |It fell.",
]

REFERENCES = [
    "The bridge opened in 1931.[4] |It closed in 2026. [5][6] |It is steel.",
    "It is the oldest of them. [7]",
]

LANGUAGES = [
    "Prof. Dr. med. Vale kam z. B. am 12. März.| Er blieb.",
    "Z.B. am 3. Oktober war Dr. Weber da.| Er ging um 12 Uhr.",
    "„Wir kommen.“ |Sie kamen nicht.",
    "¿Quién pagó? |Nadie lo sabe. |El Sr. Prado tampoco.",
    "M. Vidal est parti. |« Il reviendra. » |Personne ne l’a cru.",
    "橋は閉鎖された。|誰も渡れない。|「もう遅い。」|船は出た。",
    "هل وصل؟| لم يصل.",
    "पुल बंद है।| कोई नहीं जानता।",
]


@pytest.mark.parametrize("marked", [*PLAIN, *QUOTATIONS, *ELLIPSES, *ABBREVIATIONS, *LISTS, *REFERENCES, *LANGUAGES])
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    text, sentences = expected(marked)
    assert parts(text) == sentences


@pytest.mark.parametrize("line_break", ["\n", "\n\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_line_break_always_ends_a_sentence(line_break: str) -> None:
    assert parts(f"The ferry left for the{line_break}other shore") == ["The ferry left for the", "other shore"]


def test_figures_with_a_full_stop_are_ordinals_where_the_language_writes_them_so() -> None:
    text = "Sein 2. Gutachten kam gestern."
    german, unknown = split(text, language="de-AT"), split(text)
    assert [text[s.span.start : s.span.end] for s in german.sentences] == [text]
    assert len(unknown.sentences) == 2


def test_offsets_count_code_points() -> None:
    text = "👩‍🚒 came. Cafe\u0301 owners cheered."
    assert sentence_spans(text) == [(0, 9), (10, len(text))]


def test_a_long_quotation_is_split_even_where_the_verb_takes_it_directly() -> None:
    filling = "and the water rose " * 12
    assert len(parts(f'She said "the wall broke {filling}. Then we ran" on Monday.')) == 2


def test_a_quotation_of_three_sentences_is_split_however_it_is_attached() -> None:
    assert len(parts('He said that "the tide rose. The ramp broke. We swam" home.')) == 3


def test_nothing_is_found_in_white_space() -> None:
    assert sentence_spans(" \n\t\u00a0\n") == []
