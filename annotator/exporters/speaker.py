"""Who is said to have made a claim: the innermost source that it is attributed to, or the article itself."""

from __future__ import annotations

from annotator.exporters.options import ExportOptions
from annotator.model.article import Publication
from annotator.model.attribution import Attribution
from annotator.model.chain import joined
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.source import SourceKind


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name, and what bears it where that is known."""

    name: str
    kind: SourceKind | None = None


def publication_of(record: ClaimRecord) -> Publication:
    """The article's first publication; an empty one where none is known."""
    return record.article.publications[0] if record.article.publications else Publication()


def speaker_of(record: ClaimRecord, options: ExportOptions) -> Speaker | None:
    """Whoever the claim's own words are attributed to; the author or else the publisher where nobody is.

    None for a source that the text does not name, for nobody known, and for an attributed claim without text: the
    names of sources are the article's own words.
    """
    if not record.attributions:
        publication = publication_of(record)
        if publication.author:
            return Speaker(publication.author, SourceKind.PERSON)
        return Speaker(publication.publisher, SourceKind.PUBLISHER) if publication.publisher else None
    depths = zip(record.chains, record.attributions, strict=True)
    _, innermost = min(depths, key=lambda pair: (-len(pair[0]), pair[1].content[0], pair[1].id))
    return source_of(record, innermost, options)


def source_of(record: ClaimRecord, attribution: Attribution, options: ExportOptions) -> Speaker | None:
    """Who says what this attribution attributes; None as for `speaker_of`."""
    if not options.with_text:
        return None
    source = record.sources.get(attribution.id)
    if source is not None:
        return Speaker(source.name, source.kind)
    name = joined(attribution.source, record.article.text)
    return Speaker(name) if name else None
