"""The page: whole by itself, safe, and built so that a screen reader finds its way."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as parser

from kronik.show.dossier.rendering import html, markdown


@pytest.fixture(params=["en", "id"])
def page(gathered: Any, request: pytest.FixtureRequest) -> Any:
    return parser.document_fromstring(html(gathered("Lavrov"), language=request.param, made_on=date(2024, 5, 1)))


def test_it_asks_for_nothing(page: Any) -> None:
    assert not page.xpath("//script | //link | //img | //iframe | //object | //embed | //form | //base | //*[@style]")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    (style,) = page.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_words_of_reports_stay_words(page: Any) -> None:
    assert "<script>alert(1)</script>" in page.xpath("//ol[@class='bibliography']")[0].text_content()
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert page.xpath("//a[@href='https://example.org/visit']")


def test_it_can_be_found_ones_way_in(page: Any) -> None:
    assert page.xpath("/html/@lang")[0] in ("en", "id")
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == len(page.xpath("//head/title")) == 1
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level is skipped"
    for table in page.xpath("//table"):
        assert table.xpath("./thead//th[@scope='col']")
        assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in table.xpath("./tbody/tr"))
        assert len({len(row.xpath("./th | ./td")) for row in table.xpath(".//tr")}) == 1
        assert table.getparent().get("aria-labelledby"), "what scrolls has a name"
    for picture in page.xpath("//*[local-name()='svg']"):
        assert picture.get("role") == "img"
        assert picture.xpath("./*[local-name()='title'] ")
        assert picture.xpath("./*[local-name()='desc']")


def test_ids_are_unique_and_every_reference_leads_somewhere(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    named = {one for text in page.xpath("//@aria-labelledby") for one in text.split()}
    assert inside | named <= set(ids)
    assert len(page.xpath("//li[starts-with(@id, 'ref-')]")) == 2


def test_labels_are_in_the_language(gathered: Any) -> None:
    english, indonesian = (html(gathered("Lavrov"), language=code) for code in ("en", "id"))
    for label in (
        "Timeline",
        "Bibliography",
        "Visits",
        "8 April 2024",
        "2 independent sources",
        "Told differently",
        "On sanctions lists",
        "LAVROV, Sergey",
    ):
        assert label in english
    for label in ("Garis waktu", "Daftar pustaka", "Kunjungan", "8 April 2024", "2 sumber independen", "Tiongkok"):
        assert label in indonesian
    assert "Sergei Lavrov visited Beijing on Monday" in indonesian, "the report's words stay"


def test_no_label_lacks_a_translation(gathered: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kronik.show.dossier import rendering
    from kronik.show.dossier.wording import Wording

    missing: set[str] = set()

    class Strict(Wording):
        def __call__(self, text: str, **values: object) -> str:
            if text not in self._words:
                missing.add(text)
            return super().__call__(text, **values)

    monkeypatch.setattr(rendering, "Wording", Strict)
    for query in ("Lavrov", "Russia", "rice", "nothing-of-the-kind"):
        html(gathered(query), language="id")
        markdown(gathered(query), language="id")
    assert not missing


def test_the_same_dossier_makes_the_same_page(gathered: Any) -> None:
    assert html(gathered("Lavrov")) == html(gathered("Lavrov"))


def test_markdown(gathered: Any) -> None:
    text = markdown(gathered("Lavrov"), made_on=date(2024, 5, 1))
    assert text.startswith("# Sergey Lavrov\n")
    assert "> “Sergei Lavrov visited Beijing on Monday” — The Example Times, according to Kremlin [2](#ref-2)" in text
    assert r"\<script\>" in text, "no report writes HTML into it"
    assert "<https://example.org/visit>" in text
    assert "javascript:" not in text
    rows = re.findall(r"^\|.*\|$", text, re.MULTILINE)
    for head, rule, row in zip(rows, rows[1:], rows[2:], strict=False):
        if re.fullmatch(r"[|:-]+", rule):
            assert head.count("|") == rule.count("|") == row.count("|")
    assert "\n\n\n" not in text
