from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.language.mention import (
    bare_name,
    gender_of_title,
    has_title,
    name_key,
    only_described,
    surname_key,
)


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
        ("New York Mayor Ines Duarte", "Ines Duarte"),
        ("Harbour Committee Chairman Bill de Souza", "Bill de Souza"),
        ("Bank of Sela Governor Ines Duarte", "Ines Duarte"),
        ("Friends of Governor Ines Duarte", "Friends of Governor Ines Duarte"),
        ("the Sela Post’s Ines Duarte", "Ines Duarte"),
        ("the Children’s Defence Fund", "Children’s Defence Fund"),
        ("Duarte’s allies", "Duarte’s allies"),
        ("the Reyes’ allies", "Reyes’ allies"),
        ("the ‘Friends’ of the harbour", "Friends of the harbour"),
        ("State Department officials", "State Department officials"),
        ("Sen. Ines Duarte (R-Pa.", "Ines Duarte"),
        ("harbour officials -- Duarte among them --", "harbour officials"),
        ("the 10,000 people on the quay", "10,000 people on the quay"),
        ("20th Century Pictures", "20th Century Pictures"),
        ("the president’s National Security Adviser Ines Duarte", "Ines Duarte"),
        ("Reyes’s National Security Adviser Ines Duarte", "Ines Duarte"),
        ("Norway’s Ines Duarte", "Ines Duarte"),
        ("Norway’s Treasury", "Norway’s Treasury"),
        ("Reyes’s Chief of Staff Ines Duarte", "Ines Duarte"),
        ("Reyes’s Chief of Staff", "Reyes’s Chief of Staff"),
        ("Velmora’s Energy Secretary, Ines Duarte,", "Ines Duarte"),
        ("Home Secretary, Ines Duarte", "Ines Duarte"),
        ("the Mayor, Ines Duarte", "Ines Duarte"),
        ("Ines King, New Sela", "Ines King"),
        ("Prime Minister-elect Ines Duarte", "Ines Duarte"),
        ("Director of National Intelligence Ines Duarte", "Ines Duarte"),
        ("Norway’s Chancellor of the Exchequer Ines Duarte", "Ines Duarte"),
        ("Minister of Foreign Affairs Ines Duarte", "Ines Duarte"),
        ("Head of the Harbour Guild", "Head of the Harbour Guild"),
        ("Opposition Leader Ines Duarte", "Ines Duarte"),
        ("a spokesman for the operator, Castle Mere Ferries,", "spokesman for the operator"),
        ("“”", ""),
    ],
)
def test_a_mention_without_titles_appositions_and_marks(mention: str, name: str) -> None:
    assert bare_name(mention) == name


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        (
            "an engineer employed by the maintenance contractor, Dunmore & Vale,",
            "engineer employed by the maintenance contractor",
        ),
        (
            "an engineer employed by the contractor Dunmore & Vale",
            "engineer employed by the contractor Dunmore & Vale",
        ),
        ("an aide to Senator Ida Kettering, R-Port Amity,", "aide to Senator Ida Kettering"),
        ("a spokesman for the mayor, Gethin Rusk,", "spokesman for the mayor"),
        ("two people close to the company, Acme Corp,", "two people close to the company"),
        ("a mother of three from Castle Mere, Velmora,", "mother of three from Castle Mere"),
        ("a study by a sociologist, Ines Duarte,", "study by a sociologist"),
    ],
)
def test_what_stands_behind_a_preposition_names_nobody_else(mention: str, name: str) -> None:
    assert bare_name(mention) == bare_name(name) == name


@pytest.mark.parametrize(
    "mention",
    [
        "a spokesman for the yard, Ines Duarte,",
        "a professor at Castle Mere University, Ines Duarte,",
        "one of them, Ines Duarte of Amity Crust,",
        "an engineer, Ines Duarte",
        "the spokesman for the yard, Ines Duarte,",
    ],
)
def test_a_head_is_named_by_the_name_set_beside_it(mention: str) -> None:
    assert not only_described(mention)
    assert bare_name(mention) == "Ines Duarte"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("2024 the Northshore Health Board", "Northshore Health Board"),
        ("2024 Northshore Health Board", "Northshore Health Board"),
        ("But on Monday the Northshore Board", "Northshore Board"),
        ("On March 3, the Northshore Board", "Northshore Board"),
        ("Monday the board", "board"),
        ("the Northshore Board on Monday", "Northshore Board"),
        ("the Northshore Board this week", "Northshore Board"),
        ("Northshore Board itself", "Northshore Board"),
        ("authors of the", "authors"),
        ("the union and", "union"),
        ("residents who", "residents"),
        ("by several people", "several people"),
        ("the F.A.A", "F.A.A."),
        ("the U.S. Coast Guard.", "U.S. Coast Guard"),
        ("a report released Monday", "report released Monday"),
        ("the 1938 law", "1938 law"),
        ("Joe Friday", "Joe Friday"),
        ("May", "May"),
        ("6 (unnamed)", ""),
        ("41%", ""),
        ("last year", ""),
        ("the past week", ""),
    ],
)
def test_dates_counts_and_words_that_lead_on_are_no_part_of_a_name(mention: str, name: str) -> None:
    assert bare_name(mention) == name


def test_a_long_name_ends_where_a_phrase_ends() -> None:
    long = "a study by Ada Reyes and Ines Duarte of the University of Northshore and Professor Lima"
    assert bare_name(long) == "study by Ada Reyes and Ines Duarte"
    assert len(bare_name("harbour" * 30)) <= 60


_WORDS = (
    "Ines", "Duarte", "Mr.", "Sen.", "Jr.", "the", "The", "of", "on", "by", "and", "who", "Monday", "2024", "March",
    "3", ",", "--", "(who", "’", "‘", "Bank", "Board’s", "harbour", "Governor", "CNN's", "U.S", "himself", "week",
)  # fmt: skip
_MENTIONS = st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)


@settings(max_examples=300)
@given(_MENTIONS)
def test_the_name_of_a_name_is_that_name(mention: str) -> None:
    assert bare_name(bare_name(mention)) == bare_name(mention)
    assert len(bare_name(mention)) <= 60


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
