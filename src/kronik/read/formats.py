"""The beginning of a page, its name and its media type to its format: HTML, plain text or JSON Lines."""

from __future__ import annotations

import re
from typing import Literal

_HTML_BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]*)\b[^<>]*>", re.I)
_BLOCK = re.compile(r"</?(?:p|div|h[1-6]|article|section|main|table|ul|meta|title|script|span|br|a)\b[^<>]*>", re.I)
_LOOK_AT = 20_000  # characters; some pages open with long scripts

_JSON_LINE = re.compile(rb"\s*\{[ \t]*\"[^\"\r\n]{1,80}\"[ \t]*:")
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*\{)")


def guess_format(body: str, name: str = "", media_type: str | None = None) -> Literal["html", "text"]:
    """What a page is written in. The body decides; the file's name and the media type decide where it is unclear.

    A text may mention a tag, and a file named ``.txt`` may well hold HTML: only a beginning such as ``<!doctype html>``
    overrules the name ``.txt``, and only the lack of any tag overrules ``.html``.
    """
    head = body[:_LOOK_AT]
    if _HTML_BEGINS.match(head):
        return "html"
    lower = name.lower()
    if lower.endswith((".htm", ".html", ".xhtml")) or media_type in ("text/html", "application/xhtml+xml"):
        return "html" if _TAG.search(head) else "text"
    if lower.endswith(".txt") or media_type == "text/plain":
        return "text"
    return "html" if len(_BLOCK.findall(head)) >= 3 else "text"


def is_json_lines(head: bytes) -> bool:
    """Whether the first bytes of a stream open an object with its first key on the same line, as JSON Lines does."""
    return _JSON_LINE.match(head) is not None


def is_json(head: bytes) -> bool:
    """Whether the first bytes open a JSON object or a list of objects, over whatever lines."""
    return _JSON.match(head) is not None
