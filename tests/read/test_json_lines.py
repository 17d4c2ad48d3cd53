"""One report a line, good and bad lines together."""

import io
import json
import tracemalloc
from datetime import date

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from kronik.model import Page
from kronik.read.json_lines import read_lines, url_id
from kronik.read.page import Given, Unreadable

SEEN = date(2024, 1, 2)


def read(*lines, given=None):
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read_lines(io.BytesIO(data), given or Given(), stem="news", origin="news.jsonl", seen=SEEN))


def test_all_keys_are_taken_and_others_ignored():
    line = {
        "id": "r1",
        "url": "https://news.example/1",
        "title": " Talks  open\nin Malta ",
        "published": "2023-09-17T23:30:00+02:00",
        "publisher": "Example News",
        "language": "en-GB",
        "text": "VALLETTA — Talks opened.",
        "tags": ["x"],
    }
    assert read(line) == [
        Page(
            id="r1",
            origin="news.jsonl:1",
            body="VALLETTA — Talks opened.",
            format="text",
            url="https://news.example/1",
            title="Talks open in Malta",
            publisher="Example News",
            published=date(2023, 9, 17),
            language="en",
            seen=SEEN,
        )
    ]


def test_html_is_taken_where_there_is_no_text():
    (page,) = read({"html": "<p>Talks opened.</p>", "text": "  "})
    assert (page.format, page.body) == ("html", "<p>Talks opened.</p>")


def test_ids_fall_back_on_the_address_then_on_the_line():
    pages = read(
        {"text": "a", "url": "https://news.example/1"}, {"text": "b"}, {"text": "c", "id": 7}, {"text": "d", "id": ""}
    )
    assert [page.id for page in pages] == [url_id("https://news.example/1"), "news-2", "7", "news-4"]
    assert len(pages[0].id) == 16


def test_what_the_call_gives_stands_over_the_keys():
    given = Given(language="id", published=date(2023, 9, 1))
    (page,) = read({"text": "a", "language": "en", "published": "2023-09-17"}, given=given)
    assert (page.language, page.published) == ("id", date(2023, 9, 1))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-09-17", date(2023, 9, 17)),
        ("2023/09/17 08:00", date(2023, 9, 17)),
        ("20230917", date(2023, 9, 17)),
        ("2023-09-17T01:00:00.000Z", date(2023, 9, 17)),
        ("Sun, 17 Sep 2023 23:59:00 +0700", date(2023, 9, 17)),
        ("", None),
        (None, None),
    ],
)
def test_published(written, day):
    (page,) = read({"text": "a", "published": written})
    assert page.published == day


def test_bad_lines_are_told_and_the_rest_is_read():
    results = read(
        {"text": "first"},
        b"{oops",
        b'["a"]',
        {"title": "no body"},
        {"text": 5},
        b'{"text": "\xff"}',
        b"",
        {"text": "a", "published": "soon"},
        {"text": "a", "published": "2023-13-45"},
        {"text": "a", "language": "fr"},
        b"[" * 100_000,
        {"text": "last"},
    )
    assert [r.body for r in results if isinstance(r, Page)] == ["first", "last"]
    told = [str(r) for r in results if isinstance(r, Unreadable)]
    assert [line.split(": ")[0] for line in told] == [f"news.jsonl:{n}" for n in (2, 3, 4, 5, 6, 8, 9, 10, 11)]
    assert "neither text nor html" in told[2]
    assert "2023-13-45" in told[6]
    assert not any("\n" in line for line in told)


def test_a_language_that_is_no_code_is_left_to_be_guessed():
    assert [page.language for page in read({"text": "a", "language": "Indonesian"}, {"text": "a", "language": 3})] == [
        None
    ] * 2


def test_an_address_that_is_not_http_is_not_kept():
    (page,) = read({"text": "a", "url": "javascript:alert(1)"})
    assert (page.url, page.id) == (None, "news-1")


def test_lone_surrogates_and_nuls_are_mended():
    (page,) = read(rb'{"text": "a\ud800b\u0000c \ud83d\ude00", "title": "\udfff"}')
    assert page.body == "a�b c 😀"
    assert page.title == "�"


def test_a_mark_and_a_missing_last_line_end_do_not_matter():
    (page,) = read(b'\xef\xbb\xbf{"text": "a"}')
    assert page.body == "a"


def test_utf_16_is_told_once():
    data = '{"text": "a"}\n{"text": "b"}\n'.encode("utf-16")
    (told,) = read(data)
    assert "UTF-16" in str(told)


def test_an_empty_stream_is_told():
    (told,) = read(b"\n \n")
    assert "empty" in str(told)


def test_a_line_over_the_limit_is_told_and_skipped():
    results = read({"text": "x" * 500_000}, {"text": "last"}, given=Given(max_bytes=1000))
    assert isinstance(results[0], Unreadable)
    assert "1000 bytes" in results[0].reason
    assert results[1].body == "last"
    assert results[1].origin == "news.jsonl:2"


def test_memory_does_not_grow_with_the_number_of_lines(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": "Talks went on. " * 60}) + "\n" for _ in range(5000)))  # 4.6 MB
    tracemalloc.start()
    try:
        with path.open("rb") as stream:
            count = sum(1 for _ in read_lines(stream, Given(), stem="many", origin="many", seen=None))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 5000
    assert peak < 1_000_000


@with_any(st.binary(max_size=200))
def test_any_bytes_give_pages_or_lines_told(data):
    for result in read(data):
        assert isinstance(result, Page | Unreadable)


@with_any(
    st.dictionaries(
        st.sampled_from(["id", "url", "title", "published", "publisher", "language", "text", "html"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=2),
    )
)
def test_any_values_give_pages_or_lines_told(line):
    (result,) = read(line)
    if isinstance(result, Page):
        assert result.id
        f"{result}".encode()
    else:
        assert "\n" not in str(result)
