"""One UIMA CAS of a file, by way of cassis: guarded before, and with the offsets that the file has.

cassis turns offsets into code points, and leaves one that is not in the text, or divides a code point, as it is, with a
warning. So the file's own are read beside it. A DOCTYPE, which could define entities, is refused before anything
behind it is read: no writer of CAS makes one.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any
from xml.parsers import expat

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import NO_NUMBER, number_in, parsed, trouble
from annotator.importers.decoding import decode
from annotator.model.late import dataclass

INITIAL_VIEW = "_InitialView"
_XMI_ID = "http://www.omg.org/XMI id"
_LARGEST = 2**53
"""No offset is larger; longer numbers are none."""


@dataclass(frozen=True, slots=True)
class CasFile:
    """A file's name and bytes; `owner` is whose the name says that it is, and `types` the bytes of its TypeSystem.xml.

    Both are empty where there is none.
    """

    origin: str
    data: bytes
    types: bytes = b""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class LoadedCas:
    """A cassis.Cas, and the offsets of its annotations in UTF-16 code units by their xmi ids."""

    cas: Any
    offsets: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def text(self) -> Any:
        """The text of the initial view, empty where there is none; in what `load` gives it is a str."""
        return self.cas.get_view(INITIAL_VIEW).sofa_string or ""

    def indexed(self) -> list[Any]:
        """The annotations of the initial view and what else is indexed there, in the text's order."""
        # A view may name its own text among its members, which is no annotation.
        found = [fs for fs in self.cas.get_view(INITIAL_VIEW).select_all_fs() if hasattr(fs, "get")]
        return sorted(found, key=lambda fs: (*self.offsets.get(fs.xmiID, (0, 0)), fs.xmiID))

    @property
    def other_views(self) -> int:
        """How many views there are besides the initial one."""
        return sum(view.sofa.sofaID != INITIAL_VIEW for view in self.cas.views)


def load(file: CasFile) -> LoadedCas:
    """The CAS in XMI or JSON; raises ImportFailure for what is none, and where cassis is not installed."""
    loaded = _loaded(file)
    # JSON may have any value there, and cassis takes it.
    if not isinstance(loaded.text, str):
        raise ImportFailure(file.origin, "what stands for the text (sofaString) is none: export the document again")
    return loaded


def _loaded(file: CasFile) -> LoadedCas:
    try:
        import cassis
    except ImportError as error:
        raise ImportFailure(file.origin, "UIMA CAS needs dkpro-cassis: pip install 'annotator[cas]'") from error
    is_xml = not file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    offsets = xml_offsets(file.data, file.origin) if is_xml else _json_offsets(file)
    if is_xml and not file.types:
        reason = "no TypeSystem.xml in its folder or the one above: put the one there that was exported with it"
        raise ImportFailure(file.origin, reason)
    if file.types:
        xml_offsets(file.types, f"{file.origin}: TypeSystem.xml")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            types = cassis.load_typesystem(io.BytesIO(file.types)) if file.types else None
            if is_xml:
                return LoadedCas(cassis.load_cas_from_xmi(io.BytesIO(file.data), types), offsets)
            text = decode(file.data, file.origin)
            if '"%TYPES"' in text:
                # cassis cannot merge them with those of TypeSystem.xml, where one has an array of texts.
                return LoadedCas(cassis.load_cas_from_json(text), offsets)
            return LoadedCas(cassis.load_cas_from_json(text, types, merge_typesystem=False), offsets)
    except Exception as error:  # cassis stumbles anywhere over a file that is no sound CAS
        said = " ".join(str(getattr(error, "message", error)).split())
        raise ImportFailure(file.origin, f"no CAS that cassis can read: {type(error).__name__}: {said}") from error


def xml_offsets(data: bytes, origin: str) -> dict[int, tuple[int, int]]:
    """Begin and end of the XML elements that have them, by their xmi ids; raises ImportFailure for a DOCTYPE."""
    found: dict[int, tuple[int, int]] = {}

    def element(_name: str, attributes: dict[str, str]) -> None:
        id_ = _number(attributes.get(_XMI_ID))
        if id_ != NO_NUMBER and "begin" in attributes:
            found[id_] = _number(attributes["begin"]), _number(attributes.get("end"))

    def refuse(*_: object) -> None:
        raise ImportFailure(origin, "a DOCTYPE, which no CAS has: take it out, with the entities that it defines")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's isfinal has no name
    except (expat.ExpatError, LookupError, ValueError) as error:
        # Beside its own errors: a LookupError for an encoding that Python does not know.
        raise ImportFailure(origin, f"broken XML: {error}") from error
    return found


def _json_offsets(file: CasFile) -> dict[int, tuple[int, int]]:
    try:
        read = parsed(decode(file.data, file.origin))
    except ValueError as error:
        raise ImportFailure(file.origin, f"broken JSON: {error}") from error
    rows = read.value.get("%FEATURE_STRUCTURES") if isinstance(read.value, dict) else None
    reason = trouble(read.value) if read.suspect else None
    if rows is None or reason:
        raise ImportFailure(file.origin, reason or "not a UIMA CAS in JSON: it has no %FEATURE_STRUCTURES")
    return {id_: (number_in(row, "begin"), number_in(row, "end")) for id_, row in _rows(rows) if "begin" in row}


def _rows(rows: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The feature structures by their ids: a list of them, or an object as in drafts before 0.4.0."""
    pairs = rows.items() if isinstance(rows, dict) else enumerate(rows) if isinstance(rows, list) else ()
    for key, row in pairs:
        if isinstance(row, dict):
            yield (_number(key) if isinstance(key, str) else number_in(row, "%ID")), row


def _number(written: str | None) -> int:
    """A whole number in decimal digits; NO_NUMBER for anything else."""
    if not written or len(written) > len(str(_LARGEST)) or not (written.isascii() and written.isdigit()):
        return NO_NUMBER
    return int(written)
