"""SHA-256 and BLAKE2 as Python itself has them, which `hashlib` would give as well.

`hashlib` loads OpenSSL first, which takes longer than to open the database and to read an article. Where Python was
built without its own, it is `hashlib` that has them.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import blake2b as blake2b
    from hashlib import sha256 as sha256
else:

    def _first(name: str, *modules: str) -> Any:
        """What has this name in the first of the modules that there is."""
        for module in modules:
            with suppress(ImportError):
                return getattr(import_module(module), name)
        return getattr(import_module("hashlib"), name)

    blake2b = _first("blake2b", "_blake2")
    # The second is the name before Python 3.12.
    sha256 = _first("sha256", "_sha2", "_sha256")
