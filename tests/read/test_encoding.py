"""Bytes in every encoding that pages come in, and bytes that are none."""

import gzip

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from kronik.errors import PageError
from kronik.read.encoding import decode

QUOTED = "Menteri itu berkata “kami tidak akan mundur” – di São Tomé, Rabu (13/9). "
PLAIN = "The minister said he’d leave on Monday. Nothing else was said about the trip. "


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_with_or_without_mark(encoding):
    assert decode((QUOTED * 3).encode(encoding)) == QUOTED * 3


def test_http_charset_is_followed():
    assert decode("Отель закрыт".encode("koi8-r"), "koi8-r") == "Отель закрыт"


def test_meta_charset_is_followed_and_http_goes_first():
    page = '<html><head><meta charset="windows-1251"></head><p>Россия</p>'
    assert "Россия" in decode(page.encode("cp1251"))
    assert "Россия" in decode(page.encode("koi8-r"), "koi8-r")


def test_meta_http_equiv_is_followed():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Łódź</p>'
    assert "Łódź" in decode(page.encode("iso-8859-2"))


def test_latin_1_is_read_as_browsers_read_it():
    assert decode("“São”".encode("cp1252"), "iso-8859-1") == "“São”"


def test_valid_utf_8_is_utf_8_whatever_is_declared():
    assert decode(QUOTED.encode(), "iso-8859-1") == QUOTED


@pytest.mark.parametrize("text", [QUOTED, PLAIN * 4])
def test_undeclared_windows_1252_is_found(text):
    assert decode(text.encode("cp1252")) == text


def test_undeclared_windows_1252_is_found_far_into_a_long_ascii_page():
    text = "The ministers met again. " * 4000 + QUOTED
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "rot13", "idna", "no-such", "x\x00y", "", "utf-16"])
def test_a_declaration_that_no_page_may_make_is_not_believed(label):
    assert decode(b"1 +- 1 = 2 \\u0041", label) == "1 +- 1 = 2 \\u0041"


def test_a_slip_in_utf_8_costs_only_its_place():
    data = QUOTED.encode() * 5
    text = decode(data + b"\xe9 " + data)
    assert text.count("�") == 1
    assert text.count("São Tomé") == 10


def test_line_ends_are_made_equal():
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_latin_1_controls_written_in_utf_8_become_the_marks_meant():
    assert decode("\x93Tidak\x94".encode()) == "“Tidak”"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"PK\x03\x04....", "ZIP"),
        (gzip.compress(b"x"), "gzip"),
        (b"Report\x00\x01\x02of", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"WARC/1.0\r\n", "WARC"),
    ],
)
def test_what_is_no_text_is_named(data, word):
    with pytest.raises(PageError, match=word):
        decode(data)


def test_a_broken_encoding_is_told():
    with pytest.raises(PageError, match="encoding"):
        decode(bytes((i * 89 + i // 7 * 31) % 128 + 128 for i in range(3000)))


@with_any(st.binary(max_size=400), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "gb18030", "utf-16"]))
def test_any_bytes_give_text_that_can_be_written_or_a_page_error(data, declared):
    try:
        text = decode(data, declared)
    except PageError:
        return
    text.encode("utf-8")
    assert "\x00" not in text
    assert "\r" not in text
