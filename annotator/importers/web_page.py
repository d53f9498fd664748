"""Web pages: the article that trafilatura finds in one, with its paragraphs and block quotes."""

from __future__ import annotations

import logging
import re

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source, decode, read_whole
from annotator.importers.draft import Draft, Drafts
from annotator.importers.options import ImportOptions
from annotator.importers.page_blocks import prepare, text_of, wording_of
from annotator.model.article import Publication

_DECLARED = re.compile(
    rb"<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})"
    rb"|<\?xml[^>]{1,99}?encoding=[\"']([\w.-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127], " ")
# Taken away first, so that trafilatura's last resort, all the text of the page, cannot be a menu.
_NEVER_TEXT = ["//nav", "//*[@role='navigation']", "//footer[not(ancestor::article)]"]
_LATEST_DATE = "2999-12-31"


def read_web_page(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is not text and for a page without any."""
    data = read_whole(source, options)
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    named = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    page = decode(data, source.origin, source.charset or named).translate(_CONTROLS)
    try:
        found = _extract(page, source.url, unwrap=options.unwrap)
    # A third-party boundary: trafilatura and lxml name no errors for pages that they cannot read.
    except Exception as error:
        raise ImportFailure(source.origin, f"the page cannot be read as HTML ({type(error).__name__})") from error
    if found is None:
        raise ImportFailure(
            source.origin,
            "no text found in the page: it may be made by a script, or be a list of links; "
            "save the article's text and import that",
        )
    yield found


def _extract(page: str, url: str, *, unwrap: bool) -> Draft | None:
    # Deferred: importing it takes longer than everything else an import does.
    import trafilatura
    from trafilatura.settings import use_config

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    config = use_config()
    # Short pages keep their paragraphs this way; the default takes them for failures and flattens them.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    if "<html" not in page[:5000].lower():
        page = f"<html><body>{page}</body></html>"
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    prepare(tree, unwrap=unwrap)
    wording = wording_of(tree)
    document = trafilatura.bare_extraction(
        tree,
        url=url or None,
        include_comments=False,
        with_metadata=True,
        config=config,
        prune_xpath=_NEVER_TEXT,
        # An article may be dated later than this machine's clock; the same file gives the same article anywhere.
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": _LATEST_DATE},
    )
    if document is None or isinstance(document, dict):
        return None
    text, hints = text_of(document.body, wording)
    if not text:
        return None
    address = document.url or ""
    return Draft(
        text,
        Publication(
            title=document.title or "",
            url=address if address.startswith(("http://", "https://")) else "",
            publisher=document.sitename or "",
            author=document.author or "",
            published_at=document.date or "",
        ),
        language,
        document.license or "",
        hints,
        wrapped=False,
    )
