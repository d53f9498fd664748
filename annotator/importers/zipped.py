"""What a zipped file raises where it, or something in it, cannot be unpacked."""

from __future__ import annotations

import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:
    # Python was built without it, and cannot read such a file either.
    LZMAError = zlib.error  # type: ignore[assignment,misc]

CANNOT_BE_UNPACKED = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
)
"""All that `zipfile` raises of what is damaged, locked, or packed in a way that it does not know."""
