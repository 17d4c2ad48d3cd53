"""The block of a response record to what a web server once answered: status, media type, charset, the page's bytes."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from kronik.errors import PageError
from kronik.read.page import too_large

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_HEAD_BYTES = 64 << 10
_BEGINS = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """What a server answered. ``body`` is as it was sent; None of status and type where the head does not say it."""

    status: int | None
    media_type: str | None
    charset: str | None
    transfer_encoding: str
    content_encoding: str
    body: bytes


def parse(block: bytes) -> ArchivedResponse:
    """The parts of a response as it went over the wire."""
    end = _HEAD_END.search(block, 0, _HEAD_BYTES)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:_HEAD_BYTES], b"")
    status = _STATUS.match(head)
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, _, value = line.partition(b":")
        headers.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("latin-1"))
    content_type = headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    return ArchivedResponse(
        int(status[1]) if status else None,
        content_type.partition(";")[0].strip().lower() or None,
        charset[1] if charset else None,
        headers.get("transfer-encoding", "").strip().lower(),
        headers.get("content-encoding", "").strip().lower(),
        body,
    )


def unchunked(response: ArchivedResponse) -> bytes:
    """The body without the chunks it was sent in; as it is where it has none, whatever the head says.

    Some crawlers keep the head of a body that they have put together already.
    """
    if "chunked" not in response.transfer_encoding:
        return response.body
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(response.body, at):
        size = int(chunk[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(response.body[chunk.end() : chunk.end() + size])
        at = chunk.end() + size
        if response.body[at : at + 1] == b"\r":
            at += 1
        if response.body[at : at + 1] == b"\n":
            at += 1
    return b"".join(parts) if parts else response.body


def unpacked(response: ArchivedResponse, data: bytes, max_bytes: int) -> bytes:
    """The page's bytes, unpacked as the head says; as they are where they were unpacked before they were kept.

    Raises PageError where they are damaged, larger than ``max_bytes`` when unpacked, or packed in no known way.
    """
    for encoding in reversed([part.strip() for part in response.content_encoding.split(",")]):
        if encoding in ("", "identity") or not data.startswith(_BEGINS.get(encoding, b"")):
            continue
        data = _unpacked(encoding, data, max_bytes)
        if len(data) > max_bytes:
            raise PageError(too_large(max_bytes))
    return data


def _unpacked(encoding: str, data: bytes, max_bytes: int) -> bytes:
    if encoding in ("gzip", "x-gzip"):
        return _inflated(zlib.decompressobj(31), data, max_bytes)
    if encoding == "deflate":
        if not data:
            return data
        zlib_head = data[0] & 0x0F == 8 and len(data) > 1 and (data[0] * 256 + data[1]) % 31 == 0
        return _inflated(zlib.decompressobj(15 if zlib_head else -15), data, max_bytes)
    if encoding in ("br", "zstd"):
        from fastwarc.stream_io import BrotliReader, ZstdReader

        reader = (BrotliReader if encoding == "br" else ZstdReader)(io.BytesIO(data))
        try:
            whole = b""
            while len(whole) <= max_bytes and (piece := reader.read(min(1 << 20, max_bytes + 1))):
                whole += piece
            return whole
        except OSError:
            if encoding == "br" and data.lstrip()[:1] == b"<":
                return data  # unpacked before it was kept; brotli has no first bytes to know it by
            raise PageError(f"damaged, its compression ({encoding}) is broken: leave it out") from None
    raise PageError(f"packed in a way that kronik does not know ({encoding[:40]!r}): leave it out")


def _inflated(inflate: zlib._Decompress, data: bytes, max_bytes: int) -> bytes:
    try:
        whole = inflate.decompress(data, max_bytes + 1)
    except zlib.error:
        raise PageError("damaged, its compression is broken: leave it out") from None
    return whole
