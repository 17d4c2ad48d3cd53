"""A digest as a WARC record writes it, and the bytes that it is of, to whether they agree."""

from __future__ import annotations

import base64
import binascii
import hashlib

_BY_NAME = {
    "md5": "md5", "sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "sha384": "sha384",
    "sha-384": "sha384", "sha512": "sha512", "sha-512": "sha512",
}  # fmt: skip


def agrees(written: str, data: bytes) -> bool | None:
    """Whether ``algorithm:value`` is the digest of the bytes; None where it is written in no known way.

    The value is hexadecimal, Base32 or Base64 (WARC 1.1, section 5.8, leaves it open).
    """
    algorithm, _, value = written.strip().partition(":")
    name = _BY_NAME.get(algorithm.strip().lower())
    if name is None:
        return None
    right = hashlib.new(name, data, usedforsecurity=False).digest()
    given = _bytes_of(value.strip(), len(right))
    return None if given is None else given == right


def _bytes_of(value: str, size: int) -> bytes | None:
    try:
        if len(value) == 2 * size:
            return bytes.fromhex(value)
        if len(value.rstrip("=")) == -(-size * 8 // 5):
            bare = value.upper().rstrip("=")
            return base64.b32decode(bare + "=" * (-len(bare) % 8))
        bare = value.rstrip("=")
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_" if set("-_") & set(bare) else None)
    except (ValueError, binascii.Error):
        return None
