from __future__ import annotations

from annotator.model.evidence_list import UsedEvidence, holding, listed
from annotator.model.judgement import Evidence


def used(number: int, **fields: str) -> UsedEvidence:
    return UsedEvidence("ana", f"article-{number}", Evidence(f"0000{number}", f"claim-{number}", **fields))


def test_one_address_is_one_piece_with_all_its_uses_the_last_first() -> None:
    pieces = [
        used(1, url="https://example.org/log", answer="shut at five"),
        used(2, url="https://example.org/fares"),
        used(3, url="https://example.org/log/#:~:text=shut", answer="shut at six", stance="supports"),
    ]
    log, fares = listed(pieces)
    assert log.evidence.answer == "shut at six"
    assert [use.article_id for use in log.uses] == ["article-3", "article-1"]
    assert [use.article_id for use in fares.uses] == ["article-2"]
    assert "stance" not in log.fields


def test_without_an_address_the_words_tell_pieces_apart() -> None:
    same = {"question": "When was it shut?", "answer": "At five"}
    assert [len(piece.uses) for piece in listed([used(1, **same), used(2, **same), used(3, answer="At six")])] == [1, 2]


def test_found_by_words_in_any_field_whatever_their_case_and_accents() -> None:
    pieces = listed(
        [used(1, publisher="Café Courier", passage="The ramp is shut"), used(2, url="https://example.org/")]
    )
    assert [piece.evidence.id for piece in holding(pieces, "CAFE ramp")] == ["00001"]
    assert holding(pieces, "cafe bridge") == []
    assert holding(pieces, "  ") == pieces
