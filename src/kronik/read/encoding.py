"""Bytes to text: byte order mark, UTF-8, the declared encoding, then the one that charset-normalizer finds."""

from __future__ import annotations

import codecs
import re

from kronik.errors import PageError

BINARY = "binary, not a page: give it as HTML or plain text"
BROKEN = "broken encoding, neither UTF-8 nor another that can be told: save it as UTF-8"

# First bytes of what people mistake for pages, and what it is called.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich-text document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"RIFF", "an image, sound or video"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ\x00", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"WARC/", "a WARC archive"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings of the WHATWG Encoding Standard, by Python's names: a page that declares anything else
# (utf-7, unicode_escape, …) is not believed.
_DECLARABLE = frozenset(
    """
    big5 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 euc_jp euc_kr gb18030
    gb2312 gbk iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14
    iso8859-15 iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman shift_jis utf-8
    """.split()  # noqa: SIM905  a list would take 40 lines
)
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096  # the standard asks for 1,024; real pages put scripts before it
_AROUND_FOREIGN = re.compile(rb"[^\n]{0,100}[\x80-\xff][^\n]{0,100}")
_SAMPLE = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# What no text should hold: control characters become spaces; the block U+0080–U+009F is windows-1252 read as Latin-1
# (HTML reads its references so too); a lone surrogate can be neither written nor shown.
_REPAIR: dict[int, str] = {
    **{code: " " for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: " ",
    **{code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a page's bytes, its line ends ``\\n``; ``declared`` is the charset of the HTTP header.

    Bytes that are valid UTF-8 are UTF-8 whatever is declared: other encodings make such sequences only by a rare
    accident, while wrong declarations are common. Text that is UTF-8 but for a few bytes keeps U+FFFD in their place.
    Raises PageError where the bytes are binary or in an encoding that cannot be told.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise PageError(f"{kind}, not a page: give it as HTML or plain text")
    text = repair(_decoded(data, declared))
    if text.count("\ufffd") * 10 > len(text):
        raise PageError(BROKEN)
    return text


def repair(text: str) -> str:
    """The text without control characters and lone surrogates, its line ends made ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_REPAIR)


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"))
    if b"\x00" in data:
        return _without_mark(data)
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    in_page = _META.search(data, 0, _META_WITHIN)
    for label in (declared, in_page and in_page[1].decode("ascii", "replace")):
        name = _declarable(label)
        if name and name != "utf-8":
            try:
                return _checked(data.decode(name))
            except UnicodeDecodeError:
                continue
    mended = data.decode("utf-8", "replace")
    bad = mended.count("\ufffd")
    if sum(1 for character in mended if character > "\x7f") - bad > 4 * bad:
        return _checked(mended)
    return _checked(_found(data))


def _checked(text: str) -> str:
    """The text itself. Raises PageError where it holds more control characters than a slip would leave."""
    controls = len(_CONTROL.findall(text))
    if controls > 3 and controls * 200 > len(text):
        raise PageError(BINARY)
    return text


def _without_mark(data: bytes) -> str:
    """UTF-16 that lost its mark shows as a NUL in every other place; any other NUL is no text."""
    half = len(data) // 2
    for encoding, zeros in (("utf-16-le", data[1::2].count(0)), ("utf-16-be", data[0::2].count(0))):
        if half > 3 and zeros > 0.6 * half and zeros > 0.9 * data.count(0):
            return _checked(data.decode(encoding, "replace"))
    raise PageError(BINARY)


def _declarable(label: str | None) -> str | None:
    """Python's name of a declared encoding; None where it is not one that a page may declare."""
    try:
        name = codecs.lookup((label or "").strip()).name
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return None
    if name in ("ascii", "iso8859-1"):
        return "cp1252"  # as browsers read them
    if name == "iso8859-9":
        return "cp1254"
    return name if name in _DECLARABLE else None


def _found(data: bytes) -> str:
    """The text in the encoding that charset-normalizer finds most likely; PageError where it finds none.

    It looks at the stretches around bytes above ASCII, since nothing else tells encodings apart. Where windows-1252
    is about as likely as the best, it is taken: it is what browsers assume for the Western languages.
    """
    from charset_normalizer import from_bytes  # here, since few pages need it and it takes time to import

    sample = b"\n".join(_AROUND_FOREIGN.findall(data, 0, 20 * _SAMPLE))[:_SAMPLE] or data[:_SAMPLE]
    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        raise PageError(BROKEN)
    western = any(
        "cp1252" in match.could_be_from_charset and match.chaos <= best.chaos and match.coherence > best.coherence - 0.1
        for match in matches
    )
    return data.decode("cp1252" if western else best.encoding, "replace")
