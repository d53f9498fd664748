"""Form and anonymity as they are proposed for what a reviewer marks herself."""

from __future__ import annotations

import pytest

from annotator.errors import SpanError
from annotator.model.article import Block, BlockKind
from annotator.model.attribution import Anonymity, Form
from annotator.model.span import Span
from annotator.suggesters import proposed_anonymity, proposed_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“The ramp is closed.”", Form.DIRECT),
        ("''The ramp is closed,''", Form.DIRECT),
        ("that the ramp was “closed for good”", Form.MIXED),
        ("that the ramp was closed", Form.INDIRECT),
        ("that the mayor’s ramp wasn’t closed", Form.INDIRECT),
    ],
)
def test_form_follows_the_quotation_marks(text: str, form: Form) -> None:
    assert proposed_form(text, [Span(0, len(text))]) is form


def test_parts_of_one_quotation_are_direct_together() -> None:
    text = "“The ramp,” she said, “is closed.”"
    assert proposed_form(text, [Span(0, 11), Span(22, len(text))]) is Form.DIRECT


def test_a_content_in_a_block_quote_has_block_form() -> None:
    text = "The ramp is closed."
    span = Span(0, len(text))
    assert proposed_form(text, [span], [Block(span, BlockKind.BLOCK_QUOTE)]) is Form.BLOCK
    assert proposed_form(text, [span], [Block(span, BlockKind.BODY)]) is Form.INDIRECT


def test_a_span_behind_the_text_is_refused() -> None:
    with pytest.raises(SpanError):
        proposed_form("short", [Span(0, 9)])


@pytest.mark.parametrize(
    ("source", "anonymity"),
    [
        ("", Anonymity.NONE),
        ("Ada Reyes", Anonymity.NAMED),
        ("Ada Reyes, a harbour official,", Anonymity.NAMED),
        ("a spokeswoman, Ada Reyes,", Anonymity.NAMED),
        ("Porto’s harbour master Ada Reyes", Anonymity.NAMED),
        ("Reuters", Anonymity.NAMED),
        ("the Reyes administration", Anonymity.NAMED),
        ("She", Anonymity.NAMED),
        ("who", Anonymity.NAMED),
        ("Chief of Staff Ada Reyes", Anonymity.NAMED),
        ("Ministry of Health", Anonymity.NAMED),
        ("Forces", Anonymity.DESCRIBED),
        ("Security forces", Anonymity.DESCRIBED),
        ("a senior ministry official", Anonymity.DESCRIBED),
        ("a Porto official", Anonymity.DESCRIBED),
        ("top harbour leader", Anonymity.DESCRIBED),
        ("Supporters of Ada Reyes", Anonymity.DESCRIBED),
        ("the company", Anonymity.DESCRIBED),
        ("two people familiar with the matter", Anonymity.DESCRIBED),
        ("an engineer employed by the contractor, Doe & Reyes,", Anonymity.DESCRIBED),
        ("an aide to Senator Ada Reyes, R-Porto,", Anonymity.DESCRIBED),
        ("two people close to the company, Porto Corp,", Anonymity.DESCRIBED),
        ("a mother of three from Porto, Algarve,", Anonymity.DESCRIBED),
        ("a spokesman for the yard, Ada Reyes,", Anonymity.NAMED),
        ("one of the pilots", Anonymity.DESCRIBED),
        ("a source", Anonymity.UNNAMED),
        ("critics", Anonymity.UNNAMED),
        ("Some", Anonymity.UNNAMED),
        ("an official who spoke on condition of anonymity", Anonymity.UNNAMED),
    ],
)
def test_anonymity_follows_the_words_of_the_source(source: str, anonymity: Anonymity) -> None:
    assert proposed_anonymity(source) is anonymity
