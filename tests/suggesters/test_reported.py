"""What a paraphrase reports of somebody else: nested where it is sure, left in the paraphrase where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Segmentation
from annotator.model.attribution import check_nesting
from annotator.suggesters import suggest

Segment = Callable[..., Segmentation]


def nested(text: str, segment: Segment) -> list[str]:
    """The nested proposals as "outer source > source | cue | content"."""
    made = [suggestion.attribution for suggestion in suggest(text, segment(text)).attributions]
    check_nesting(made)
    by_id = {attribution.id: attribution for attribution in made}
    lines = []
    for attribution in made:
        if attribution.parent is None or attribution.cue is None:
            continue
        outer = by_id[attribution.parent].source[0].slice(text)
        content = " ... ".join(span.slice(text) for span in attribution.content)
        lines.append(f"{outer} > {attribution.source[0].slice(text)} | {attribution.cue.slice(text)} | {content}")
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Reuters reported on Monday that Bali said the port would close.",
            "Reuters > Bali | said | the port would close",
        ),
        (
            "According to the union, the minister had promised to pay the dockers by June.",
            "the union > the minister | had promised | to pay the dockers by June",
        ),
        (
            "The ministry denied that Ines Duarte had claimed the ramp was safe.",
            "The ministry > Ines Duarte | had claimed | the ramp was safe",
        ),
        ("The port would close, the union said, according to the Courier.",
         "the Courier > the union | said | The port would close"),
        ("“We never saw the report,” the mayor said, according to the Courier.",
         "the Courier > the mayor | said | “We never saw the report,”"),
        ("The clerk said that, according to the union, the port would close.",
         "The clerk > the union | according to | the port would close"),
        ("He told the council that the ramp was shut, according to two officials.",
         "two officials > He | told | that the ramp was shut"),
        ("The bridge, the Courier reported, was shut after Bali told the union that it was a ruin.",
         "the Courier > Bali | told | that it was a ruin"),
        ("A lawyer for Bali told the Courier that the minister promised to reopen the port.",
         "A lawyer for Bali > the minister | promised | to reopen the port"),
        ("The clerk said that about 40 pilots had said that they would strike.",
         "The clerk > about 40 pilots | had said | that they would strike"),
        ("“The board told us that the ramp was safe,” the mayor said.",
         "the mayor > The board | told | that the ramp was safe"),
        ("Ada Reyes said the survey showed voters had no trust in the board.",
         "Ada Reyes > the survey | showed | voters had no trust in the board"),
    ],
)  # fmt: skip
def test_who_reports_and_who_is_reported_are_two(segment: Segment, text: str, expected: str) -> None:
    assert nested(text, segment) == [expected]


def test_a_report_of_a_report_is_nested_twice(segment: Segment) -> None:
    text = "Reuters reported that Bali said the union had warned that the port would close."
    assert nested(text, segment) == [
        "Reuters > Bali | said | the union had warned that the port would close",
        "Bali > the union | had warned | that the port would close",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said he had told the board that the ramp was shut.",
        "Ines Duarte said Minister Duarte had told the board that the ramp was shut.",
        "The mayor said that anyone who says the ramp is shut is wrong.",
        "The mayor said the union would say that the ramp is shut.",
        "The mayor said the union thinks the ramp is shut.",
        "The union asked whether Bali had said the port would close.",
        "The mayor said some say the ramp is shut.",
        "The mayor said the union did not want to say that the ramp was shut.",
        "The survey showed 40 percent of voters said they had no trust in the board.",
        "The mayor said the board criticized the ferry.",
        "“What Bali says she did is wrong,” the mayor said.",
        "“The union said a lot of things about the ramp,” the mayor said.",
        "The mayor hopes that the union said the ramp was shut.",
    ],
)
def test_what_is_not_sure_stays_in_the_paraphrase(segment: Segment, text: str) -> None:
    assert nested(text, segment) == []


def test_what_is_inside_something_unsure_does_not_hang_on_the_wrong_one(segment: Segment) -> None:
    assert nested("Reuters reported that he said the union had warned that the port would close.", segment) == []


def test_the_outer_report_is_what_it_was(said: Callable[..., list[str]]) -> None:
    outer, _inner = said("Reuters reported that Bali said the port would close.")
    assert outer == "Reuters | reported | that Bali said the port would close"
