"""What our exports keep beside a tool's own marks: what is known about the article, and what was said of each claim.

The values are those of `exporters.work`: `article_values` and `claim_values`.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import id_value, number_in, text_value
from annotator.importers.annotations.making import Making, Values
from annotator.importers.annotations.options import AnnotationOptions
from annotator.importers.annotations.persons import Person
from annotator.importers.annotations.placing import Placing, given_text
from annotator.importers.annotations.publications import publications_of
from annotator.importers.rows import one_row
from annotator.model.annotated import GivenArticle, GivenAttribution, GivenClaim
from annotator.model.counts import counted
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit, ruler
from annotator.model.text import NormalisedText, OffsetMap


@dataclass(frozen=True, slots=True)
class Kept:
    """One article of a file: its text as the file has it and as ours, where it is, and the values that were kept."""

    raw: str
    given: NormalisedText
    origin: str
    place: str
    values: Values

    def making(self, options: AnnotationOptions, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> Making:
        """What makes its attributions and claims; the file's offsets are in the unit."""
        counted = ruler(self.raw, unit)
        placing = Placing(self.given.text, self.origin, self.given.offsets, options.realign, counted)
        return Making(placing, options.labels)

    def article(
        self, person: Person, claims: Sequence[GivenClaim], attributions: Sequence[GivenAttribution]
    ) -> GivenArticle:
        """The article with one reviewer's work."""
        return GivenArticle(
            text=self.given.text,
            reviewer=person.name,
            named=person.named,
            origin=self.origin,
            place=self.place,
            article_origin=f"{self.origin}:{self.place.removeprefix('line ')}" if self.place else self.origin,
            publications=publications_of(self.values),
            language=text_value(self.values, "language"),
            rights=text_value(self.values, "rights"),
            claims=tuple(claims),
            attributions=tuple(attributions),
        )


def kept_of(text: str, values: Values, origin: str, place: str, options: AnnotationOptions) -> Kept:
    """The article of this text, or of the database's where a file leaves it out.

    Raises ImportFailure where the text is nowhere.
    """
    if text:
        return Kept(text, given_text(text, origin, place, text_value(values, "article_id")), origin, place, values)
    id_ = text_value(values, "article_id")
    found = options.text_of(id_) if id_ else None
    if found is None:
        reason = "no text" if not id_ else f"the text of article {id_[:12]} is neither in the file nor in the database"
        raise ImportFailure(origin, f"{reason}: import the article first", place)
    return Kept(found, NormalisedText(found, OffsetMap()), origin, place, values)


def claims_of_rows(
    making: Making, kept: Kept, rows: Sequence[Values], failures: list[ImportFailure]
) -> list[GivenClaim]:
    """What the rows say of claims; what cannot be read is among the failures.

    The rows quote nothing, so none of them is believed where the text is not the one that the article's id names.
    """
    named = text_value(kept.values, "article_id")
    if rows and named and making.placing.article_id != named:
        left_out = f"{counted(len(rows), 'claim')} left out"
        failures.append(ImportFailure(kept.origin, f"the text was changed since the export: {left_out}", kept.place))
        return []
    found = []
    for number, values in enumerate(rows, 1):
        place = f"{kept.place}, claim {id_value(values) or number}".removeprefix(", ")
        try:
            with one_row(kept.origin, place):
                span = making.placing.span(number_in(values, "start"), number_in(values, "end"), None, place)
                found.append(making.claim(span, values, place, ("", "", text_value(values, "scheme"))))
        except ImportFailure as failure:
            failures.append(failure)
    return found
