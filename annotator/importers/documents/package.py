"""The parts of a zipped document: named XML files, read within limits and without anything from elsewhere."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source, too_large
from annotator.importers.options import ImportOptions
from annotator.importers.zipped import CANNOT_BE_UNPACKED
from annotator.model.late import dataclass

_TIMES_ARTICLE = 20
_BROKEN = "save it again in its word processor, or as plain text, and import that"


@dataclass(frozen=True, slots=True)
class Package:
    """An open zipped document; `left` is how many bytes of XML may still be read (one item, because it changes)."""

    origin: str
    archive: zipfile.ZipFile
    left: list[int]

    def part(self, name: str) -> Any:
        """The root element of a part, None where it is not there.

        Raises ImportFailure for broken XML, for a document type (which could name entities and other files), and for
        parts that are too large together, whatever the archive says about their size.
        """
        if name not in self.archive.namelist():
            return None
        try:
            with self.archive.open(name) as stream:
                data = stream.read(self.left[0] + 1)
        except CANNOT_BE_UNPACKED as error:
            raise ImportFailure(self.origin, f"its part {name} cannot be unpacked ({error}): {_BROKEN}") from error
        self.left[0] -= len(data)
        if self.left[0] < 0:
            raise ImportFailure(self.origin, f"its parts are too large when unpacked: {_BROKEN}")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ImportFailure(self.origin, f"its part {name} is broken XML: {_BROKEN}") from error
        if root.getroottree().docinfo.doctype:
            raise ImportFailure(self.origin, f"its part {name} has a document type, as no word processor writes one")
        return root


@contextmanager
def opened(source: Source, options: ImportOptions) -> Iterator[Package]:
    """The zipped document; raises ImportFailure for what is none, is locked by a password, or is too large."""
    limit = _TIMES_ARTICLE * options.max_bytes
    size = source.stream.seek(0, 2)
    source.stream.seek(0)
    if not size:
        raise ImportFailure(source.origin, "empty: there is nothing in it")
    if size > limit:
        raise ImportFailure(source.origin, too_large(limit))
    if source.stream.read(4) == b"\xd0\xcf\x11\xe0":
        raise ImportFailure(source.origin, "an old or locked office file: save it as .docx without a password")
    source.stream.seek(0)
    try:
        archive = zipfile.ZipFile(source.stream)
    except CANNOT_BE_UNPACKED as error:
        raise ImportFailure(source.origin, f"not the zipped document that its name says: {_BROKEN}") from error
    with archive:
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise ImportFailure(source.origin, "it is locked by a password: save it without one")
        yield Package(source.origin, archive, [limit])


def text_at(root: Any, name: str) -> str:
    """The text of the first element of that name ({namespace}local); empty where there is none."""
    found = None if root is None else next(root.iter(name), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())
