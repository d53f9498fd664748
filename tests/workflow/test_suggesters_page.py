"""The example of docs/suggesters.md, run with a parser that knows one sentence."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from annotator.model.article import Article
from annotator.model.scheme import default_scheme
from annotator.workflow import suggesting
from annotator.workflow.importing import preparing

PAGE = (Path(__file__).parents[2] / "docs" / "suggesters.md").read_text(encoding="utf-8")
TEXT = "Rain fell. Ines Duarte said that the ramp is shut."
PARSED = [
    ("Ines", "compound", 1),
    ("Duarte", "nsubj", 2),
    ("said", "ROOT", 2),
    ("that", "mark", 6),
    ("the", "det", 5),
    ("ramp", "nsubj", 6),
    ("is", "ccomp", 2),
    ("shut", "acomp", 6),
    (".", "punct", 2),
]


class Token(SimpleNamespace):
    """What of spaCy's Token the example uses."""

    def __len__(self) -> int:
        return len(self.text)


def parsed(text: str) -> list[Token]:
    """The sentence as spaCy would parse it; any other has words and no syntax."""
    rows = PARSED if text.startswith("Ines") else [(word, "dep", 0) for word in text.split()]
    tokens: list[Token] = []
    at = 0
    for word, dep, _ in rows:
        at = text.index(word, at)
        tokens.append(Token(text=word, idx=at, dep_=dep, lemma_="say" if word == "said" else word, children=[]))
        at += len(word)
    for number, (_, dep, head) in enumerate(rows):
        if dep not in ("ROOT", "dep"):
            tokens[head].children.append(tokens[number])
    for token in tokens:
        below = subtree(token)
        token.left_edge, token.right_edge = below[0], below[-1]
    return tokens


def subtree(token: Token) -> list[Token]:
    found = [token, *(each for child in token.children for each in subtree(child))]
    return sorted(found, key=lambda each: int(each.idx))


def example(language: str) -> str:
    (code,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(code)


def test_the_example_proposes_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    spacy: Any = ModuleType("spacy")
    spacy.load = lambda name: parsed
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    names: dict[str, Any] = {}
    exec(compile(example("python"), "annotator_spacy.py", "exec"), names)
    made = preparing.split_article(Article(TEXT, "rain.txt"))
    suggester = suggesting.Suggester("spacy", "", names["suggest"])
    answers = suggesting.ask([suggester], TEXT, made, publisher="", scheme=default_scheme())
    assert answers.troubles == {}
    ((proposed,),) = (one.attributions for one in answers.proposed)
    said = proposed.attribution
    assert said.cue is not None
    assert [span.slice(TEXT) for span in (said.source[0], said.cue, said.content[0])] == [
        "Ines Duarte",
        "said",
        "that the ramp is shut",
    ]
    assert proposed.rule == "say_ccomp"


def test_the_example_is_short_and_names_its_function() -> None:
    assert len(example("python").strip().splitlines()) <= 45
    points = tomllib.loads(example("toml"))["project"]["entry-points"][suggesting.GROUP]
    assert points == {"spacy": "annotator_spacy:suggest"}
