"""Web pages: the article in one, as a reader sees it, and what the page says about it."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from annotator.errors import ImportFailure
from annotator.importers.decoding import Decoded, Source, decoded, read_whole
from annotator.importers.draft import Draft, Drafts
from annotator.importers.options import ImportOptions

_DECLARED = re.compile(
    rb"<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})"
    rb"|<\?xml[^>]{1,99}?encoding=[\"']([\w.-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127], " ")


def read_web_page(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is not text, for a page without any, and for one over the limits.

    Bytes of a page that are not in its encoding are refused, as in any file, only where they are in the article.
    """
    data = read_whole(source, options)
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    named = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    charset = source.charset or named
    try:
        read = decoded(data, source.origin, charset, options)
    except ImportFailure as failure:
        if not isinstance(failure.__cause__, UnicodeDecodeError):
            raise
        draft = _draft(
            decoded(data, source.origin, charset, replace(options, encoding_errors="replace")), source, options
        )
        if "\ufffd" in draft.text or "\ufffd" in draft.publication.title:
            raise
        yield draft
    else:
        yield _draft(read, source, options)


def _article_of(page: str, origin: str, url: str, options: ImportOptions) -> Draft | None:
    # Deferred: importing it takes longer than everything else an import does.
    from annotator.importers.pages.reading import article_of

    return article_of(page, Source(origin, io.BytesIO(), url=url), options)


def _draft(read: Decoded, source: Source, options: ImportOptions) -> Draft:
    page = read.text.translate(_CONTROLS)
    # Deferred: most imports have no page.
    from annotator.importers.pages.limits import within_limits

    found = within_limits(source.origin, _article_of, page, source.origin, source.url, options)
    if found is None:
        raise ImportFailure(
            source.origin,
            "no text found in the page: it may be made by a script, or be a list of links; "
            "save the article's text and import that",
        )
    return replace(found, notes=(*read.notes, *found.notes))
