from datetime import date

import pytest

from kronik import languages
from kronik.clean import dateline
from kronik.world import World


@pytest.mark.parametrize(
    ("opening", "language", "place", "outlet", "agency"),
    [
        ("JAKARTA, KOMPAS.com - ", "id", "Jakarta", "KOMPAS.com", None),
        ("Moskow | Contoh.co – ", "id", "Moscow", "Contoh.co", None),
        ("TEHERAN, KOMPAS.com -- ", "id", "Tehran", "KOMPAS.com", None),
        ("Jakarta, CNN Indonesia -- ", "id", "Jakarta", "CNN Indonesia", None),
        ("Jakarta, CNN Indonesia - - ", "id", "Jakarta", "CNN Indonesia", None),
        ("CONTOH.CO.ID, MOSKOW -- ", "id", "Moscow", "CONTOH.CO.ID", None),
        ("Contoh6.com, Tel Aviv -", "id", "Tel Aviv", "Contoh6.com", None),
        ("Contoh6.com, Jakarta ", "id", "Jakarta", "Contoh6.com", None),
        ("KOMPAS.com - ", "id", None, "KOMPAS.com", None),
        ("Jakarta (ANTARA News) - ", "id", "Jakarta", None, "ANTARA News"),
        ("Cilegon, Banten (ANTARA) - ", "id", "Cilegon", None, "ANTARA"),
        ("AMERIKA SERIKAT – ", "id", "United States", None, None),
        ("JAKARTA- ", "id", "Jakarta", None, None),
        ("WASHINGTON (Reuters) - ", "en", "Washington", None, "Reuters"),
        ("KATHMANDU, April 25 (Reuters) - ", "en", "Kathmandu", None, "Reuters"),
        ("PYONGYANG, Sept. 13 (Xinhua) -- ", "en", "Pyongyang", None, "Xinhua"),
        ("RAMALLAH, West Bank — ", "en", "Ramallah", None, None),
        ("PYONGYANG - ", "en", "Pyongyang", None, None),
        ("CAIRO -- ", "en", "Cairo", None, None),
        ("Beijing - ", "id", "Beijing", None, None),
        ("Washington — ", "en", "Washington", None, None),
        ("BEIJING: ", "en", "Beijing", None, None),
        ("WASHINGTON DC, CONTOH.id – ", "id", "Washington, D.C.", "CONTOH.id", None),
        ("GAZA/JERUSALEM, Oct 8 (Reuters) - ", "en", "Gaza", None, "Reuters"),
        ("MOSCOW, September 17. /TASS/. ", "en", "Moscow", None, "TASS"),
        ("London, Jan 5 (AFP) ", "en", "London", None, "AFP"),
        ("(Reuters) - ", "en", None, None, "Reuters"),
    ],
)
def test_datelines_are_read(
    opening: str, language: str, place: str | None, outlet: str | None, agency: str | None, world: World
) -> None:
    rest = "Presiden itu bertemu menteri." if language == "id" else "The president met the minister."
    line = dateline.parse(opening + rest, languages.load(language), world)
    assert line is not None
    assert (line.place, line.outlet, line.agency) == (place, outlet, agency)
    assert (opening + rest)[line.end :].strip() == rest


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Indonesia - Tunisia juga sudah selesai, kata menteri.", "id"),
        ("Rusia dan Ukraina – dua negara yang berperang – bertemu.", "id"),
        ("Menteri Luar Negeri (Menlu) Retno Marsudi - yang baru tiba - pergi.", "id"),
        ("NATO said on Monday - after the talks - that it would wait.", "en"),
        ("Kim Jong Un (pictured) - the leader - left.", "en"),
        ("The U.S. - and its allies - agreed.", "en"),
        ("Al-Qaeda fighters attacked the town.", "en"),
        ("COVID-19 cases rose.", "en"),
        ("Presiden Prabowo Subianto tiba di Moskow.", "id"),
    ],
)
def test_openings_that_are_no_dateline_stay(text: str, language: str, world: World) -> None:
    assert dateline.parse(text, languages.load(language), world) is None


def test_a_full_day_in_the_dateline(world: World) -> None:
    line = dateline.parse("BEIJING, Sept. 13, 2023 (Xinhua) -- The talks began.", languages.load("en"), world)
    assert line is not None
    assert line.published == date(2023, 9, 13)


def test_the_page_s_own_name_is_an_outlet(world: World) -> None:
    opening = "Kabarnya - Presiden tiba di Jakarta."
    assert dateline.parse(opening, languages.load("id"), world) is None
    line = dateline.parse(opening, languages.load("id"), world, ["kabarnya"])
    assert line is not None
    assert line.outlet == "Kabarnya"
