"""Beginnings of pages to their format."""

import pytest

from kronik.read.formats import guess_format, is_json, is_json_lines


@pytest.mark.parametrize(
    ("body", "name", "media_type", "format"),
    [
        ("<!DOCTYPE html><html>", "", None, "html"),
        ("\n<!-- cached --> <html lang='id'>", "a.txt", None, "html"),
        ('<?xml version="1.0"?>\n<html>', "", None, "html"),
        ("<p>Satu</p>\n<p>Dua</p>", "", None, "html"),
        ("<p>Satu</p>", "a.html", None, "html"),
        ("<p>Satu</p>", "", "text/html", "html"),
        ("JAKARTA – Tanpa tanda apa pun.", "a.html", None, "text"),
        ("JAKARTA – Tanpa tanda apa pun.", "", "text/html", "text"),
        ("He wrote <p>, <br> and <div> into the text.", "a.txt", None, "text"),
        ("He wrote <p> and x < y, y > z.", "", None, "text"),
        ("<p>Satu</p><p>Dua</p>", "a.txt", "text/plain", "text"),
        ("", "", None, "text"),
    ],
)
def test_guess_format(body, name, media_type, format):
    assert guess_format(body, name, media_type) == format


def test_json_lines_are_told_from_other_json_and_from_text():
    assert is_json_lines(b'{"id": "a", "text": "b"}\n')
    assert not is_json_lines(b'{\n  "id": "a"\n}')
    assert is_json(b'{\n  "id": "a"\n}')
    assert is_json(b'[{"id": 1}]')
    assert not is_json(b"[Jakarta] Presiden tiba.")
    assert not is_json_lines(b"{sic} said the minister")
