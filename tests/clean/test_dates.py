from datetime import date

import pytest

from kronik import languages
from kronik.clean import dates
from kronik.world import World

ID, EN = languages.load("id"), languages.load("en")


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("Kamis, 19 Jun 2025 09:39 WIB", ID, date(2025, 6, 19)),
        ("Diperbarui 17 Jun 2025, 19:00 WIB", ID, date(2025, 6, 17)),
        ("Jurnalis-Jum'at, 20 Juni 2025 |16:52 WIB", ID, date(2025, 6, 20)),
        ("Contoh.com - 19/06/2025, 15:12 WIB", ID, date(2025, 6, 19)),
        ("9/16/2025 4:56", ID, date(2025, 9, 16)),
        ("03/04/2025", ID, date(2025, 4, 3)),
        ("03/04/2025", EN, date(2025, 3, 4)),
        ("September 17, 2023", EN, date(2023, 9, 17)),
        ("Published: Monday, 2 May 2022 at 10:30 GMT", EN, date(2022, 5, 2)),
        ("Monday, May 18, 2015", EN, date(2015, 5, 18)),
    ],
)
def test_a_shown_date_is_read(line: str, language: languages.Language, day: date) -> None:
    assert dates.shown(line, language) == day


@pytest.mark.parametrize("line", ["Pada 17 September 2023 perang itu berakhir.", "31/02/2025", "19 Juni", "Tahun 2025"])
def test_other_lines_show_no_date(line: str) -> None:
    assert dates.shown(line, ID) is None


def test_days_of_the_text_decide_between_day_and_month() -> None:
    assert dates.shown("9/12/2025 11:16", ID, known=(date(2025, 9, 12),)) == date(2025, 9, 12)
    assert dates.shown("9/12/2025 11:16", ID, known=(date(2025, 12, 9),)) == date(2025, 12, 9)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2017-08-08", date(2017, 8, 8)),
        ("2025-06-19T23:30:00+07:00", date(2025, 6, 19)),
        ("20230917T120000Z", date(2023, 9, 17)),
        ("Tue, 05 Mar 2019 10:00:00 GMT", date(2019, 3, 5)),
        ("1568678400", date(2019, 9, 17)),
        ("yesterday", None),
        ("2019-02-31", None),
    ],
)
def test_metadata_values_are_read(value: str, day: date | None) -> None:
    assert dates.of_metadata(value) == day


def test_addresses_hold_days() -> None:
    assert dates.of_url("https://a.example/2023/09/17/kim") == date(2023, 9, 17)
    assert dates.of_url("https://a.example/x/20170807151826-106-233033/y") == date(2017, 8, 7)
    assert dates.of_url("https://a.example/d-7971324/kim") is None
    assert dates.of_url(None) is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        # A full day of the telling, and the latest of two.
        ('"Kami siap," kata menteri itu di Jakarta, Selasa (7/11/2023).', ID, date(2023, 11, 7)),
        ("Ia tiba, kata Yuni, Senin (6/11/2023).\n\nIa pergi, kata Budi, Selasa (7/11/2023).", ID, date(2023, 11, 7)),
        # A full day of what happened decides nothing, nor does one long past or in the evening.
        ("Menteri itu tiba di Oslo pada Senin (8/12/2025).", ID, None),
        ("Aksi itu berlangsung di Jakarta, kata polisi, Minggu (5/11/2023) lalu.", ID, None),
        ("Hal itu disampaikannya di Surabaya, Minggu malam (5/11/2023).", ID, None),
        # Without a year the weekday fixes it: in the opening, or where the report dates its telling.
        ("Menteri itu tiba di Oslo pada Minggu (17 September).", ID, date(2023, 9, 17)),
        ("The minister arrived in Oslo on Sunday (Sept 17).", EN, date(2023, 9, 17)),
        ("It was told today (23 December) that aid stopped. It voted on Monday 19 December.", EN, date(2022, 12, 23)),
        ("Menteri itu tiba di Oslo.\n\nRaja menyambutnya pada Minggu (17 September).", ID, None),
        # A day of the month that no such weekday has, and no day at all.
        ("Menteri itu tiba di Oslo pada Senin (31 Februari).", ID, None),
        ("Menteri itu tiba di Oslo pada hari Minggu.", ID, None),
    ],
)  # fmt: skip
def test_the_text_dates_its_report(text: str, language: languages.Language, day: date | None, world: World) -> None:
    assert dates.of_text(text, language, world, seen=date(2026, 1, 1)) == day


def test_holders_of_office_and_years_named_fix_the_year(world: World) -> None:
    text = "Menteri Sergei Shoigu tiba di Oslo pada Minggu (17 September)."
    assert dates.of_text(text, ID, world, seen=date(2030, 1, 1)) == date(2023, 9, 17)
    # 17 September 2028 is a Sunday too, and what happened in 2025 was not known in 2023.
    later = "Menteri itu tiba di Oslo pada Minggu (17 September). Perang itu dimulai pada tahun 2025."
    assert dates.of_text(later, ID, world, seen=date(2030, 1, 1)) == date(2028, 9, 17)
    assert dates.of_text("Barack Obama tiba pada Minggu (17 September).", ID, world, seen=date(2018, 1, 1)) == date(
        2017, 9, 17
    )
