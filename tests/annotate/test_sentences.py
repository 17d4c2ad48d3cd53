"""Sentences, tokens and paragraphs of Indonesian and English text."""

from __future__ import annotations

import time

import pytest

from kronik.annotate.sentences import split
from kronik.languages import load

# The sentences of a paragraph are written one a line and joined with a space before they are split.
PARAGRAPHS = {
    "en": [
        "Donald J. Trump met U.S. Gen. Mark A. Milley at 9 a.m. in Washington.\nNo aide came.",
        "The talks ended at 9 p.m.\nThe two men left.",
        "It cost US$1,500.5 on Sept. 13, 2023.\nIt was No. 5 in the list, e.g. of the E.U. Council.",
        "“We will not wait.”\nHe left for the U.S.\nThen it rained.",
        '"Is it over?" he asked.\n"It is.\nWe won!" she said.',
        "He waited... and left.\nNobody knew why?!\n(The palace was silent.)\nHe said no.\nI asked again.",
        "See kronik.com and news@kronik.org for more.\nCall us.",
    ],
    "id": [
        "Jend. A. H. Nasution bertemu Letjen. Suharto, S.H. pukul 10.30 WIB.\nKeduanya pulang.",
        "Harga beras Rp10.000,5 per kg.\nPejabat, menteri, dll.\nNamun pasar sepi.",
        '"Kami siap.\nKami menunggu," kata menteri.\n"Semua selesai."\nIa pulang.',
        "Pertemuan itu... tidak jadi.\nLaporan detik.com menyebut No. 7 batal.",
        "1. Rusia menang.\nLalu pulang.",
    ],
}


@pytest.mark.parametrize(("code", "paragraph"), [(code, p) for code, found in PARAGRAPHS.items() for p in found])
def test_sentences_end_where_they_should(code: str, paragraph: str) -> None:
    text = paragraph.replace("\n", " ")
    assert [s.span.of(text) for s in split(text, load(code))] == paragraph.split("\n")


def test_a_forgotten_space_parts_sentences() -> None:
    text = "Pertemuan selesai.Presiden pulang."
    assert [s.span.of(text) for s in split(text, load("id"))] == ["Pertemuan selesai.", "Presiden pulang."]


@pytest.mark.parametrize(
    ("code", "text", "tokens"),
    [
        ("en", "Kim's “guards” don't wait.", "Kim|'s|“|guards|”|don't|wait|."),
        ("en", "O’Brien’s Russia-led 1990s", "O’Brien|’s|Russia-led|1990s"),
        ("en", "‘They’ve gone,’ the ministers’ aide", "‘|They|’ve|gone|,|’|the|ministers|’|aide"),
        ("id", "Negara-negara G20 (19/6/2025) rugi 5,5%", "Negara-negara|G20|(|19/6/2025|)|rugi|5,5|%"),
        ("id", "katanya, Rp1.000.000", "katanya|,|Rp|1.000.000"),
        ("id", "F-16 dan Jum'at: ke-2…", "F-16|dan|Jum'at|:|ke-2|…"),
    ],
)
def test_tokens(code: str, text: str, tokens: str) -> None:
    assert [t.text for s in split(text, load(code)) for t in s.tokens] == tokens.split("|")


def test_lower_makes_apostrophes_plain() -> None:
    (sentence,) = split("It’s O’Brien", load("en"))
    assert [t.lower for t in sentence.tokens] == ["it", "'s", "o'brien"]


def test_paragraphs_are_counted_by_blank_lines() -> None:
    text = "\n\nSatu. Dua.\n \n\nTiga\nempat.\n"
    found = split(text, load("id"))
    assert [(s.paragraph, s.span.of(text)) for s in found] == [(0, "Satu."), (0, "Dua."), (1, "Tiga\nempat.")]


def test_every_span_reads_back() -> None:
    text = "İstanbul’da “Apa?” kata Kim’s… U.S. e.g. x\n\n- a.b.c!! ''\" )"
    for code in ("id", "en"):
        reach = 0
        for sentence in split(text, load(code)):
            assert sentence.span.start == sentence.tokens[0].span.start
            assert sentence.span.end == sentence.tokens[-1].span.end
            for token in sentence.tokens:
                assert token.span.start >= reach
                assert not text[reach : token.span.start].strip()
                assert token.span.of(text) == token.text
                reach = token.span.end
        assert not text[reach:].strip()


def test_nothing_gives_no_sentence() -> None:
    assert split(" \n\n ", load("id")) == ()


def test_a_long_text_is_split_in_linear_time() -> None:
    text = "Presiden Rusia bertemu Kim di Vladivostok pada 13 September. " * 4000
    began = time.perf_counter()
    assert len(split(text, load("id"))) == 4000
    assert time.perf_counter() - began < 5


def test_a_text_that_never_stops_is_cut() -> None:
    parts = split("Russia attacked Ukraine and " * 500, load("en"))
    assert len(parts) == 5
    assert all(len(part.tokens) <= 400 for part in parts)
