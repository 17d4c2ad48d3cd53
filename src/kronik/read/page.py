"""Bytes, and what was given beside them, to a Page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kronik.errors import PageError
from kronik.model import Page
from kronik.read.encoding import decode
from kronik.read.formats import guess_format

Format = Literal["html", "text", "jsonl"]
MAX_BYTES = 20_000_000
"""The largest page that is read where the call says nothing, in bytes after unpacking; real pages stay under 5 MB."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one call says about all of its pages: it stands over what is guessed and over what a JSON Lines key says."""

    format: Format | None = None
    language: str | None = None
    published: date | None = None
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read, and why. As a string it is one line: what and where, why, and what to do."""

    origin: str
    reason: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


def make_page(
    data: bytes,
    given: Given,
    *,
    id: str,
    origin: str,
    name: str = "",
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    seen: date | None = None,
) -> Page:
    """The page that these bytes hold.

    ``name`` is the file's name without ``.gz``; it and the ``media_type`` (``text/html``) help to tell HTML from text,
    ``charset`` is the one that the HTTP header names. Raises PageError where the bytes are empty, too large, binary or
    in a broken encoding.
    """
    if len(data) > given.max_bytes:
        raise PageError(too_large(given.max_bytes))
    body = decode(data, charset)
    if not body.strip():
        raise PageError("empty, nothing to read: take it out")
    format = given.format if given.format in ("html", "text") else guess_format(body, name, media_type)
    return Page(
        id=id,
        origin=origin,
        body=body,
        format="html" if format == "html" else "text",
        url=url,
        published=given.published,
        language=given.language,
        seen=seen,
    )


def too_large(limit: int) -> str:
    """The reason given for what is larger than ``limit`` bytes."""
    size = f"{limit / 1_000_000:g} MB" if limit >= 100_000 else f"{limit} bytes"
    return f"larger than the limit of {size}: raise the limit or cut it down to the article"
