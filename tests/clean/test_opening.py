from datetime import date

import pytest

from kronik.clean.article import clean
from kronik.errors import PageError
from kronik.model import Page, Report
from kronik.world import World

ENGLISH = """\
Russian President Vladimir Putin met Chinese leader Xi Jinping in Beijing, the two governments said.

"We have spoken for three hours," Putin told reporters after the talks, which went on over dinner."""
INDONESIAN = """\
Presiden Rusia Vladimir Putin bertemu Presiden China Xi Jinping di Beijing, kata kedua pemerintah.

"Kami berbicara selama tiga jam," kata Putin kepada wartawan setelah pertemuan yang dilanjutkan jamuan makan malam."""


def read(world: World, opening: str, body: str = ENGLISH, **given: object) -> Report:
    page = Page(id="t", origin="t.txt", body=f"{opening}\n\n{body}\n", format="text", **given)  # type: ignore[arg-type]
    return clean(page, world)


def reasons(report: Report) -> dict[str, str]:
    return {removed.text: removed.reason for removed in report.not_article}


@pytest.mark.parametrize(
    ("opening", "title", "publisher"),
    [
        ("Putin meets Xi in Beijing", "Putin meets Xi in Beijing", None),
        ("Northfield Gazette\n\nPutin meets Xi in Beijing", "Putin meets Xi in Beijing", "Northfield Gazette"),
        ("THE MERIDIAN HERALD\nWorld\nPutin meets Xi in Beijing", "Putin meets Xi in Beijing", "The Meridian Herald"),
        ("Al Jazeera\nPutin meets Xi in Beijing", "Putin meets Xi in Beijing", "Al Jazeera"),
        ("Northfield Bugle | World\nPutin meets Xi in Beijing", "Putin meets Xi in Beijing", "Northfield Bugle"),
        ("Sunrise\nHome > World > Asia\nPutin meets Xi in Beijing", "Putin meets Xi in Beijing", "Sunrise"),
        ("Putin meets Xi in Beijing - Al Jazeera", "Putin meets Xi in Beijing", "Al Jazeera"),
        ("Home\nAsia\nPutin meets Xi\nTalks run late into the night", "Putin meets Xi", None),
        ("Share this article\nPutin meets Xi in Beijing\nTalks run late", "Putin meets Xi in Beijing", None),
    ],
)
def test_title_and_outlet_stand_above_the_article(
    world: World, opening: str, title: str, publisher: str | None
) -> None:
    report = read(world, opening)
    assert (report.title, report.publisher) == (title, publisher)
    assert not any(word in report.text for word in ("Gazette", "HERALD", "Home"))


def test_navigation_is_taken_out_and_a_summary_stays(world: World) -> None:
    report = read(
        world,
        "Kabar Selatan\nBERANDA / INTERNASIONAL\nPutin Bertemu Xi di Beijing\nPembicaraan berlangsung hingga malam",
        INDONESIAN,
    )
    assert (report.title, report.publisher) == ("Putin Bertemu Xi di Beijing", "Kabar Selatan")
    assert report.text.startswith("Pembicaraan berlangsung hingga malam\n\nPresiden Rusia")
    assert reasons(report)["BERANDA / INTERNASIONAL"] == "navigation"


def test_a_given_title_leaves_the_outlet_alone_to_be_found(world: World) -> None:
    report = read(world, "Northfield Gazette\nWorld", title="Putin meets Xi")
    assert (report.title, report.publisher) == ("Putin meets Xi", "Northfield Gazette")


def test_a_page_without_headline_has_none(world: World) -> None:
    report = read(world, "Northfield Gazette\nWorld")
    assert (report.title, report.publisher) == (None, "Northfield Gazette")
    assert report.text.startswith("Russian President")


def test_what_stands_above_the_title_is_furniture(world: World) -> None:
    opening = """\
        Skip to content
        The Coastal Examiner
        Truth since 1890
        World | Europe
        Putin meets Xi in Beijing
        The two speak for three hours
        By Rita Alvarez in Beijing
        Published
        Tuesday 17 October 18.40 BST
        3 min read
        Give this article"""
    report = read(world, opening)
    assert (report.title, report.publisher) == ("Putin meets Xi in Beijing", "The Coastal Examiner")
    assert (report.byline, report.published) == ("Rita Alvarez in Beijing", date(2023, 10, 17))
    assert report.text.startswith("The two speak for three hours\n\nRussian President")
    assert reasons(report)["Truth since 1890"] == "above the title"


def test_a_sentence_is_never_above_the_title(world: World) -> None:
    report = read(world, "A Fine Day\nHe came to the city.\nAnd more than this we do not know")
    assert report.title == "A Fine Day"
    assert "He came to the city." in report.text


@pytest.mark.parametrize(
    ("line", "body", "day"),
    [
        ("Monday, 18 September", ENGLISH, date(2023, 9, 18)),
        ("Friday, September 15, 8:15 PM", ENGLISH, date(2023, 9, 15)),
        ("Updated 10:40 GMT, Friday 15 September", ENGLISH, date(2023, 9, 15)),
        ("Edition: Friday, 15 September", ENGLISH, date(2023, 9, 15)),
        ("Friday prayers, 15 September", ENGLISH, None),
        ("Published Friday 15 September, 10:40 GMT", ENGLISH, date(2023, 9, 15)),
        ("Rabu, 13 September, 15.05 WIB", INDONESIAN, date(2023, 9, 13)),
        ("Rabu (13/9) 15:05 WIB", INDONESIAN, date(2023, 9, 13)),
    ],
)
def test_a_day_shown_without_its_year(world: World, line: str, body: str, day: date | None) -> None:
    title = "Putin meets Xi in Beijing" if body is ENGLISH else "Putin Bertemu Xi di Beijing"
    report = read(world, f"{title}\n{line}", body, seen=date(2024, 1, 10))
    assert report.published == day
    assert report.published_from == ("text" if day else None)
    if day:
        assert line not in report.text


def test_the_year_follows_the_office_holders(world: World) -> None:
    body = f"{ENGLISH}\n\nUS President Barack Obama said in Washington that he would speak with both of them soon."
    report = read(world, "Putin meets Xi\nThursday, 18 September", body, seen=date(2026, 1, 10))
    assert report.published == date(2014, 9, 18)


def test_the_year_is_not_after_the_day_the_page_was_seen(world: World) -> None:
    assert read(world, "Putin meets Xi\nMonday, 18 September", seen=date(2020, 5, 1)).published == date(2017, 9, 18)


def test_a_day_among_the_paragraphs_is_a_heading(world: World) -> None:
    report = read(world, "Putin meets Xi in Beijing", f"{ENGLISH}\n\nMonday, 18 September\n\n{ENGLISH}")
    assert report.published is None


def test_byline_with_its_day(world: World) -> None:
    report = read(world, "Putin Bertemu Xi di Beijing\nOleh: Bayu Santika | 10 September 2023", INDONESIAN)
    assert (report.byline, report.published) == ("Bayu Santika", date(2023, 9, 10))
    report = read(world, "Putin Bertemu Xi di Beijing\nOleh: Bayu Santika | Minggu, 10 September 2023", INDONESIAN)
    assert (report.byline, report.published) == ("Bayu Santika", date(2023, 9, 10))


def test_the_address_above_the_article(world: World) -> None:
    report = read(world, "https://herald.example/world/2023/09/18/talks\nPutin meets Xi in Beijing")
    assert report.url == "https://herald.example/world/2023/09/18/talks"
    assert (report.title, report.published) == ("Putin meets Xi in Beijing", date(2023, 9, 18))
    report = read(world, "https://herald.example/world/2023/sep/18/talks\nPutin meets Xi in Beijing")
    assert report.published == date(2023, 9, 18)


@pytest.mark.parametrize(
    ("ending", "credits"),
    [("(Reuters)", ("Reuters",)), ("(AFP/KK)", ("AFP",)), ("(Xinhua, Antara)", ("Xinhua", "Antara"))],
)
def test_outlets_in_brackets_end_the_text(world: World, ending: str, credits: tuple[str, ...]) -> None:
    for body in (f"{ENGLISH}\n\n{ending}", f"{ENGLISH} {ending}"):
        report = read(world, "Putin meets Xi in Beijing", body)
        assert report.credits == credits
        assert report.text.endswith("over dinner.")


def test_an_abbreviation_in_brackets_stays(world: World) -> None:
    body = f"{ENGLISH}\n\nTheir words were first carried by Agence France-Presse (AFP)."
    assert read(world, "Putin meets Xi in Beijing", body).text.endswith("Agence France-Presse (AFP).")


def test_lines_after_read_more_are_links(world: World) -> None:
    report = read(
        world, "Putin meets Xi in Beijing", f"{ENGLISH}\n\nRead more:\nWho sat at the table?\nWhat the two want"
    )
    assert report.text.endswith("over dinner.")


def test_a_page_of_nothing_but_a_masthead(world: World) -> None:
    with pytest.raises(PageError):
        clean(Page(id="t", origin="t.txt", body="Northfield Gazette\nWorld\n", format="text", language="en"), world)
