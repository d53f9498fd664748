from __future__ import annotations

import pytest

from annotator.workflow.naming.roles import has_role, named_with, role_of


@pytest.mark.parametrize(
    ("words", "in_body", "in_headline"),
    [
        ("the harbour master", "harbour master", "harbour master"),
        ("harbour master", "", "harbour master"),
        ("Harbour Master", "", "harbour master"),
        ("The World Bank", "", "world bank"),
        ("an engineer", "", ""),
        ("she", "", ""),
        ("41%", "", ""),
        ("the man who knew too much", "", ""),
    ],
)
def test_words_that_only_say_what_somebody_is(words: str, in_body: str, in_headline: str) -> None:
    assert role_of(words, headline=False) == in_body
    assert role_of(words, headline=True) == in_headline


@pytest.mark.parametrize(
    ("mention", "role", "has"),
    [
        ("Ines Duarte, the harbour master,", "harbour master", True),
        ("Ines Duarte, the harbour master,", "master", True),
        ("Harbour master Ines Duarte", "harbour master", True),
        ("the engineer, Bram Vale", "engineer", True),
        ("Bram Vale, an aide to the mayor", "mayor", False),
        ("Bram Vale, a harbour official", "harbour", False),
        ("Bram Vale, mayor of Castle Mere", "mayor", True),
    ],
)
def test_a_role_is_had_by_whom_a_phrase_ends_with_it(mention: str, role: str, has: object) -> None:
    assert has_role(mention, role) is has


def test_the_names_that_a_text_gives_to_a_role() -> None:
    text = "The pilot, Ada Reyes, met Bram Vale, a pilot. Chief pilot Jory de Souza slept. Gale, the pilot, did not."
    assert named_with(text, "pilot") == ("Ada Reyes", "Bram Vale", "Jory de Souza")
    assert named_with(text, "mayor") == ()
