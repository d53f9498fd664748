"""One reviewer's work on a text, carried over to the same text with other white space around it or at its line ends."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.annotated import GivenArticle, GivenAttribution, GivenClaim
from annotator.model.attribution import Attribution
from annotator.model.span import Span
from annotator.model.text import OffsetMap, article_id, claim_id, normalise


def carried_over(given: GivenArticle, text: str) -> GivenArticle:
    """The work with all its spans in `text`, whose words and line breaks are those of the text that it was made on.

    A span that ends or begins in white space that one of them lacks ends or begins at the word.
    """
    here, there = normalise(given.text).offsets, normalise(text).offsets
    id_ = article_id(text)

    def moved(span: Span) -> Span:
        return _moved(span, here, there)

    return replace(
        given,
        text=text,
        claims=tuple(_claim(claim, moved(claim.span), id_) for claim in given.claims),
        attributions=tuple(_attribution(made, here, there) for made in given.attributions),
        kinds=tuple((_moved(Span(start, start + 1), here, there).start, kind) for start, kind in given.kinds),
    )


def _moved(span: Span, here: OffsetMap, there: OffsetMap) -> Span:
    first, last = here.to_text(span.start), here.to_text(span.end - 1)
    return Span(there.to_given(first), there.to_given(max(first, last)) + 1)


def _claim(claim: GivenClaim, span: Span, id_: str) -> GivenClaim:
    evidence = tuple(replace(each, claim_id=claim_id(id_, span)) for each in claim.evidence)
    return replace(claim, span=span, evidence=evidence)


def _attribution(given: GivenAttribution, here: OffsetMap, there: OffsetMap) -> GivenAttribution:
    made: Attribution = given.attribution
    carried = replace(
        made,
        source=tuple(_moved(span, here, there) for span in made.source),
        cue=_moved(made.cue, here, there) if made.cue else None,
        content=tuple(_moved(span, here, there) for span in made.content),
        relay=_moved(made.relay, here, there) if made.relay else None,
    )
    return replace(given, attribution=carried)
