"""Digests are those that everybody computes."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from annotator.model.hashing import blake2b, sha256

WORDS = b"The cranes stood still at dawn."


def test_digests_are_those_of_hashlib() -> None:
    assert sha256(WORDS).hexdigest() == hashlib.sha256(WORDS).hexdigest()
    short, salted = {"digest_size": 8}, {"digest_size": 16, "salt": b"sixteen bytes..."}
    for options in (short, salted):
        assert blake2b(WORDS, **options).digest() == hashlib.blake2b(WORDS, **options).digest()
    assert blake2b.SALT_SIZE == hashlib.blake2b.SALT_SIZE


def test_where_python_has_none_of_its_own_they_are_hashlibs() -> None:
    without = (
        "import sys; import hashlib; sys.modules.update(_blake2=None, _sha2=None, _sha256=None)\n"
        "from annotator.model.hashing import sha256\n"
        "print(sha256 is hashlib.sha256)"
    )
    said = subprocess.run([sys.executable, "-c", without], check=True, capture_output=True, text=True).stdout
    assert said == "True\n"
