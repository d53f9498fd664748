from __future__ import annotations

import pytest

from annotator.model.mention import bare_name, gender_of_title, has_title, name_key, surname_key


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Ines Duarte", "Ines Duarte"),
        ("Harbour master Ines Duarte, 52,", "Ines Duarte"),
        ("the harbour master, Ines Duarte,", "Ines Duarte"),
        ("Ines Duarte, who runs the harbour", "Ines Duarte"),
        ("Ines Duarte (the harbour master)", "Ines Duarte"),
        ("Prime Minister Ines Duarte", "Ines Duarte"),
        ("Transport Minister Ines Duarte", "Ines Duarte"),
        ("State Sen. Ines Duarte", "Ines Duarte"),
        ("Dr. Ines de Souza Duarte Jr.", "Ines de Souza Duarte Jr."),
        ("one of them, Ines Duarte of Amity Crust,", "Ines Duarte"),
        ("Minister Duarte", "Duarte"),
        ("Duarte’s", "Duarte"),
        ("“a source”", "source"),
        ("the World Bank", "World Bank"),
        ("the Ministry of Health", "Ministry of Health"),
        ("officials of the Ministry of Health", "officials of the Ministry of Health"),
        ("Bank of England", "Bank of England"),
        ("the Army Corps of Engineers", "Army Corps of Engineers"),
        ("General Motors", "General Motors"),
        ("King of Norway", "King of Norway"),
        ("the lieutenant governor", "lieutenant governor"),
        ("residents of New York", "residents of New York"),
        ("شركة العبّارات", "شركة العبّارات"),
        ("“”", ""),
    ],
)
def test_a_mention_without_titles_appositions_and_marks(mention: str, name: str) -> None:
    assert bare_name(mention) == name


def test_case_titles_quotation_marks_and_points_do_not_matter_for_a_name() -> None:
    same = {name_key(words) for words in ("Dr. J. A. Duarte", "“J. A. DUARTE”", "J A Duarte", "J. A. Duarte,")}
    assert same == {"j a duarte"}
    assert name_key("Ine\u0301s Duarte") == name_key("In\u00e9s Duarte") != name_key("Ines Duarte")


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Ines Duarte", "duarte"), ("John Smith, Jr.", "smith"), ("Duarte", "duarte"), ("“”", "")],
)
def test_the_surname_is_the_last_word_that_is_no_suffix(name: str, surname: str) -> None:
    assert surname_key(name) == surname


def test_titles_say_something() -> None:
    assert has_title("Minister Duarte")
    assert not has_title("Ines Duarte")
    assert not has_title("the minister")
    assert (gender_of_title("Mrs. Duarte"), gender_of_title("Sir John"), gender_of_title("Dr. Duarte")) == (
        "she",
        "he",
        "",
    )
