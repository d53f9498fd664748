"""The CAS files of a path: the file itself, or those in a zip, as INCEpTION exports a document or a whole project.

Nothing of a zip is written anywhere, so its names lead nowhere; what is too large to be annotations is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.cas_file import CasFile
from annotator.importers.files import open_regular, shown
from annotator.importers.zipped import CANNOT_BE_UNPACKED

TYPE_SYSTEM = "TypeSystem.xml"
LARGEST = 256 * 2**20
"""Bytes of one file in a zip, unpacked."""
MOST = 100_000
"""Files in a zip."""
PROJECT = "exportedproject"
"""How the name of the file begins that describes a project."""
_OF_PROJECTS = ("annotation", "curation")
"""The folders of a project that hold annotations; `source` has what was uploaded."""


def cas_files(path: str, stream: BinaryIO) -> Iterator[CasFile | ImportFailure]:
    """The CAS in this file, or those in this zip, and in the zips that it holds; raises ImportFailure for none."""
    origin, data = shown(path), stream.read()
    if not data.startswith(b"PK\x03\x04"):
        yield CasFile(origin, data, _beside(Path(path)))
        return
    found = False
    for file in _in_zip(origin, data, deeper=True):
        found = True
        yield file
    if not found:
        raise ImportFailure(origin, "no .xmi and no CAS in .json is in this zip: export as UIMA CAS XMI or JSON")


def _beside(path: Path) -> bytes:
    """The type system in the file's folder, or else in the one above; empty for none."""
    for folder in path.absolute().parents[:2]:
        if (folder / TYPE_SYSTEM).is_file():
            with open_regular(str(folder / TYPE_SYSTEM)) as stream:
                return stream.read()
    return b""


def _in_zip(origin: str, data: bytes, *, deeper: bool) -> Iterator[CasFile | ImportFailure]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(origin, archive, deeper=deeper)
    except CANNOT_BE_UNPACKED as error:
        yield ImportFailure(origin, f"a zip that cannot be read: {error}; unpack it, and give the folder")


def _members(origin: str, archive: zipfile.ZipFile, *, deeper: bool) -> Iterator[CasFile | ImportFailure]:
    infos = {PurePosixPath(info.filename): info for info in archive.infolist() if not info.is_dir()}
    if len(infos) > MOST:
        yield ImportFailure(origin, f"a zip of more than {MOST} files: unpack it, and give the folders")
        return
    is_project = any(path.name.startswith(PROJECT) for path in infos)
    wanted = [
        path
        for path in sorted(infos)
        if path.suffix.lower() in (".xmi", ".json", *((".zip",) if deeper else ()))
        and not path.name.startswith((".", PROJECT))
        and not (is_project and path.parts[0] not in _OF_PROJECTS)
    ]
    shared = Counter(path.parent for path in wanted)
    for path in wanted:
        here = f"{origin}: {shown(str(path))}"
        try:
            data = _read(archive, infos[path], here)
            if path.suffix.lower() == ".zip":
                yield from _in_zip(here, data, deeper=False)
                continue
            types = next((infos[p / TYPE_SYSTEM] for p in path.parents if p / TYPE_SYSTEM in infos), None)
            owner = path.stem if shared[path.parent] > 1 else ""
            yield CasFile(here, data, _read(archive, types, here) if types else b"", owner)
        except ImportFailure as failure:
            yield failure


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: str) -> bytes:
    """The file's bytes; raises ImportFailure for more than annotations have, whatever the zip says of its size."""
    with archive.open(info) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ImportFailure(origin, f"larger than {LARGEST // 2**20} MiB when unpacked: unpack it, and give the folder")
    return data
