"""Cleaning keeps each line of a page or explains why it was taken out."""

from __future__ import annotations

import re

from hypothesis import given, reject, settings
from hypothesis import strategies as st
from made_reports import ELEMENTS, FRAME, html, languages, lines

from kronik import world
from kronik.clean.article import clean
from kronik.errors import PageError
from kronik.model import Page, Report
from kronik.read.encoding import repair


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A language, the lines of a page in it, and the elements that hold them."""
    code = draw(languages)
    held = [FRAME[code], *draw(lines(code))]
    return code, list(map(repair, held)), draw(st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=4))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(written(), st.sampled_from(["\n", "\n\n"]))
def test_a_text_is_kept_or_explained(page: tuple[str, list[str], list[str]], parting: str) -> None:
    code, held, _ = page
    report = clean(Page("a", "a.txt", parting.join(held), "text", language=code), world.load())
    assert_kept_or_explained(report, held)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(written())
def test_a_page_of_html_is_kept_or_explained(page: tuple[str, list[str], list[str]]) -> None:
    code, held, elements = page
    try:
        report = clean(Page("a", "a.html", html(held, elements), "html", language=code), world.load())
    except PageError:  # set aside with its reason: trafilatura takes what stands beside so short an article for it
        reject()
    assert_kept_or_explained(report, held)


def assert_kept_or_explained(report: Report, held: list[str]) -> None:
    """That no word of a line is lost, and that nothing is told of a page that is not on it."""
    told = printed([report.title or "", report.text, *(item.text for item in report.not_article)])
    lost = [word for line in held for word in line.split() if re.search(r"\w", word) and printed([word]) not in told]
    assert not lost, f"lost without a reason: {lost}"
    assert all(item.reason and item.text.strip() for item in report.not_article)
    shown = printed(held)
    assert all(is_of(printed([paragraph]), held, shown) for paragraph in report.text.split("\n\n"))


def is_of(paragraph: str, held: list[str], shown: str) -> bool:
    """Whether the signs of a paragraph are of the page: lines and a part of one, since trafilatura may join them."""
    for line in sorted((printed([line]) for line in held), key=len, reverse=True):
        if paragraph not in shown:
            paragraph = paragraph.replace(line, "", 1)
    return paragraph in shown


def printed(texts: list[str]) -> str:
    """The signs of these texts without blanks and without what cannot be printed, which trafilatura may drop."""
    return "".join(sign for text in texts for sign in text if sign.isprintable() and not sign.isspace())
