"""Articles made up from a fixed seed, with what the rules look for: quotations, sources, figures, abbreviations."""

from __future__ import annotations

import random

from annotator.model.article import Article, Publication
from annotator.model.text import normalise, with_headline

_PLACES = ("Sela", "Port Aldine", "Marrow Bay", "Upper Tarn", "Vell", "Costa Lira")
_THINGS = ("ferry ramp", "water works", "night bus", "school kitchen", "dam wall", "market hall")
_PEOPLE = (
    "Ines Duarte, the harbour master,",
    "Lt. Gov. Tomas Aldine",
    "A senior ministry official",
    "Dr. A. B. Costa of the engineers' union",
    "Critics of the plan",
    "Mara Lindqvist",
)
_CUES = ("said", "told the Delta Post on Monday", "warned", "wrote in a letter of Jan. 12", "denied", "added")
_CONTENTS = (
    "that the {thing} in {place} would stay closed until {number} bolts had been replaced",
    "that repairs had cost $2.{number} million since the flood, more than any year before",
    "that nobody had asked the {number} families who live beside the {thing}",
    "that work on the {thing} “will begin in spring”, whatever the council decides",
)
_PLAIN = (
    "The {thing} was built {number} years ago and has been painted twice since.",
    "About {number} people use the {thing} between 6 a.m. and 9 a.m. on a working day.",
    "Traffic from {place} is sent over the old road, which is {number} km longer.",
    "Who is going to pay for the {thing}?",
    "According to the minutes, {number} members voted for it and 11 against.",
)
_QUOTED = ("We looked at every bolt.", "It held for 41 years.", "Nobody asked us.", "Somebody has to decide this.")


def made_article(number: int, paragraphs: int = 12) -> Article:
    """The article of this number: the same every time, and another than every other number's."""
    choose = random.Random(number)

    def filled(pattern: str) -> str:
        return pattern.format(
            thing=choose.choice(_THINGS), place=choose.choice(_PLACES), number=choose.randint(12, 980)
        )

    def sentence() -> str:
        kind = choose.random()
        if kind < 0.45:
            return f"{choose.choice(_PEOPLE)} {choose.choice(_CUES)} {filled(choose.choice(_CONTENTS))}."
        if kind < 0.6:
            return f"“{choose.choice(_QUOTED)} {choose.choice(_QUOTED)[:-1]},” said {choose.choice(_PEOPLE[-1:])}."
        return filled(choose.choice(_PLAIN))

    title = f"{choose.choice(_PLACES)}: what became of the {choose.choice(_THINGS)} ({number})"
    body = [" ".join(sentence() for _ in range(choose.randint(1, 4))) for _ in range(paragraphs)]
    text = with_headline(normalise("\n\n".join(body) + "\n"), title).text
    published_at = f"2026-03-{number % 28 + 1:02}"
    return Article(text, f"made-{number:04}.txt", Publication(title, publisher="Delta Post", published_at=published_at))
