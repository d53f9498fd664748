"""Thirty short articles, invented from a fixed seed: nobody else's words."""

from __future__ import annotations

import random
from pathlib import Path

ARTICLES = 30
_PLACES = ("Sela", "Port Aldine", "Marrow Bay", "Upper Tarn", "Vell")
_THINGS = ("ferry ramp", "water works", "night bus", "school kitchen", "dam wall", "market hall")
_SAID = (
    "Ines Duarte, the harbour master, said that the {thing} would stay shut for {number} days.",
    "“It held for {number} years,” said Mara Lindqvist.",
    "Critics of the plan warned that repairs to the {thing} had cost ${number} million.",
    "According to the minutes, {number} members voted for it.",
)
_PLAIN = (
    "The {thing} was built {number} years ago.",
    "About {number} people use the {thing} on a working day.",
    "Who is going to pay for the {thing}?",
    "Traffic from {place} is sent over the old road, which is {number} km longer.",
)


def write_articles(folder: Path) -> None:
    """One file each, with a headline and two or three sentences."""
    folder.mkdir()
    for number in range(ARTICLES):
        choose = random.Random(number)
        words = {"thing": choose.choice(_THINGS), "place": choose.choice(_PLACES), "number": choose.randint(12, 980)}
        body = [choose.choice(_SAID), choose.choice(_PLAIN), choose.choice(_SAID)][: 2 + number % 2]
        headline = "{place}: what became of the {thing} ({at})".format(at=number, **words)
        text = "\n\n".join([headline, *(sentence.format(**words) for sentence in body)])
        (folder / f"story-{number:02}.txt").write_text(text + "\n", encoding="utf-8")
