"""WARC records and archives, made and not kept."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zipfile
from collections.abc import Mapping


def html(words: str = "Menteri tiba di Jakarta.") -> bytes:
    return f"<!doctype html><html><body><p>{words}</p></body></html>".encode()


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def http(body: bytes, headers: Mapping[str, str] | None = None, status: str = "200 OK") -> bytes:
    given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def record(kind: str, block: bytes, headers: Mapping[str, str | None] | None = None) -> bytes:
    """A record; a header that is given as None is left out."""
    given: dict[str, str | None] = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:6f0c5a3e-3c1e-4b3f-8f5c-0f8a4f0f7a11>",
        "WARC-Date": "2023-09-17T22:10:00Z",
        "Content-Length": str(len(block)),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def response(url: str, block: bytes | None = None, headers: Mapping[str, str | None] | None = None) -> bytes:
    """A response record with the digests of its block and of its payload."""
    block = http(html(url)) if block is None else block
    given: dict[str, str | None] = {
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "WARC-Block-Digest": sha1(block),
        "WARC-Payload-Digest": sha1(block.partition(b"\r\n\r\n")[2]),
        **(headers or {}),
    }
    return record("response", block, given)


def unsigned(url: str, block: bytes | None = None, **headers: str) -> bytes:
    """A response record without digests."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return response(url, block, {"WARC-Block-Digest": None, "WARC-Payload-Digest": None, **given})


def packed(*records: bytes) -> bytes:
    """Each record a gzip member of its own, as archives have them."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def wacz(files: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
