"""Every view answers, in both languages, with nothing from elsewhere and nothing that the content policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

import kronik.show.web
from kronik import world
from kronik.languages import read_table
from kronik.show.web.interface import LANGUAGES, Interface, table
from kronik.store.finding import find
from kronik.store.ledger import Ledger
from kronik.world.plover import modes

VIEWS = (
    "/", "/?q=putin", "/?type=CONSULT&since=2023&until=2023", "/?page=2&order=newest", "/map", "/network",
    "/network?level=countries", "/ledger/visits", "/ledger/meetings", "/ledger/transfers", "/ledger/statements",
    "/ledger/agreements", "/ledger/sanctions", "/stories", "/add", "/sign-in", "/report/en-vostochny-talks",
    "/entry/en-vostochny-talks%231", "/who/Vladimir%20Putin", "/country/RUS", "/lineage/en-vostochny-talks",
)  # fmt: skip
FOLDER = Path(kronik.show.web.__file__).parent


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_stands_by_itself(client: TestClient, view: str, language: str) -> None:
    answer = client.get(view, headers={"Accept-Language": language})
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert page.get("lang") == language
    assert page.xpath("count(//h1)") == 1
    assert len(page.xpath("//title/text()")[0]) > 9
    loaded = page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //form/@action")
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert not page.xpath("//script[not(@src)] | //style | //*[@style]")
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on")]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("view", VIEWS)
def test_links_lead_somewhere(client: TestClient, view: str) -> None:
    page = html.fromstring(client.get(view).text)
    links = {link.partition("#")[0] for link in page.xpath("//main//a/@href") if link.startswith("/")}
    for link in sorted(links)[:12]:
        assert client.get(link).status_code == 200, link


def test_the_chronicle_shows_every_entry_once(client: TestClient, ledger: Ledger) -> None:
    shown: list[str] = []
    for number in range(1, 100):
        page = html.fromstring(client.get(f"/?page={number}").text)
        shown += page.xpath("//article/p[@class='when']/a/@href")
        if not page.xpath("//a[@rel='next']"):
            break
    assert len(shown) == len(set(shown)) == len(list(find(ledger)))


def test_asked_by_htmx_the_answer_is_the_part_and_has_a_clean_address(client: TestClient) -> None:
    answer = client.get("/?q=putin&type=&since=&order=oldest", headers={"HX-Request": "true"})
    assert answer.headers["hx-push-url"] == "/?q=putin"
    assert answer.text.lstrip().startswith('<section id="results"')
    assert "<html" not in answer.text


def test_the_language_chosen_is_remembered(own_client: TestClient) -> None:
    assert 'lang="id"' in own_client.get("/?lang=id").text
    assert 'lang="id"' in own_client.get("/map").text


def test_what_is_not_there_is_told_on_a_page(client: TestClient) -> None:
    for path, status in (("/report/nothing", 404), ("/who/Nobody", 404), ("/country/XYZ", 404), ("/nowhere", 404),
                         ("/ledger/none", 400), ("/?since=soon", 400), ("/?min_confidence=much", 400)):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == status, path
        assert html.fromstring(answer.text).xpath("//*[@role='alert']"), path


def test_every_text_of_the_pages_is_translated() -> None:
    texts = set()
    for file in (*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")):
        source = file.read_text("utf-8")
        texts |= set(re.findall(r"\b(?:t|self)\(\"([^\"]+)\"", source))
        for one, many in re.findall(r"t\.count\([^\"]*\"([^\"]+)\", \"([^\"]+)\"", source):
            texts |= {one, many}
    texts |= set(modes()) | {mode for those in modes().values() for mode in those}
    assert len(texts) > 100
    for code, words in table().items():
        assert not texts - set(words), code


def test_dates_are_said_as_people_say_them() -> None:
    english, indonesian = Interface("en"), Interface("id")
    assert english.when("2023-09-12", "2023-09-12") == "12 September 2023"
    assert english.when("2023-09-12", "2023-09-17") == "12–17 September 2023"
    assert english.when("2023-09-30", "2023-10-02") == "30 September – 2 October 2023"
    assert english.when("2023-12-30", "2024-01-02") == "30 December 2023 – 2 January 2024"
    assert english.when("2023-08", "2023-09") == "August – September 2023"
    assert english.when("2022", "2023") == "2022 – 2023"
    assert indonesian.when("2023-08", None) == "sejak Agustus 2023"
    assert indonesian.when(None, None) == "tanpa tanggal"
    assert indonesian.number(12345.5) == "12.345,5"


def test_offices_and_whole_countries_are_called_in_the_language_of_the_interface(client: TestClient) -> None:
    english, indonesian = (client.get(f"/country/RUS?lang={code}").text for code in ("en", "id"))
    client.get("/?lang=en")  # the choice is remembered
    assert ", Minister of Foreign Affairs" in english
    assert ", President of Russia" in english
    assert ", Menteri Luar Negeri" in indonesian
    assert ", Presiden Rusia" in indonesian
    assert "Minister of" not in indonesian
    assert Interface("id").place("Russia", "RUS") == "Rusia"
    assert Interface("id").place("Moscow", "RUS") == "Moscow"


def test_lines_outside_of_the_article_are_folded_apart(client: TestClient) -> None:
    folded = html.fromstring(client.get("/report/en-karabakh-offensive").text).xpath("//details[ul[@class='removed']]")
    assert [one.find("summary").text for one in folded] == [
        f"What was taken out of the page ({len(folded[0].xpath('.//li'))})",
        f"What the page holds outside of the article ({len(folded[1].xpath('.//li'))})",
    ]
    assert "More from Europe" in [quoted.text for quoted in folded[1].iter("q")]


def test_titles_without_words_of_their_own_stay_english() -> None:
    titles = {held.title for held in world.load().holdings}
    known = [row["title"] for row in read_table(FOLDER / "office_words.tsv")]
    assert [word for word in known if not any(f"{title} of ".startswith(f"{word} of ") for title in titles)] == []
    exchequer = world.Holding("GBR", "finance-minister", "Chancellor of the Exchequer", "Somebody", None, None, "")
    assert Interface("id").office(exchequer) == "Chancellor of the Exchequer"


def test_countries_are_called_in_the_language_of_the_interface(client: TestClient) -> None:
    address = "/ledger/visits?country=PRK&lang="
    assert ">North Korea</a>" in client.get(f"{address}en").text
    told = client.get(f"{address}id").text
    assert ">Korea Utara</a>" in told
    assert ">North Korea</a>" not in told
    client.get("/?lang=en")  # the choice is remembered
