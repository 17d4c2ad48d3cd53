import pytest

from kronik.store.dates import first_day, interval, last_day


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-11", "2023-11-01", "2023-11-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-11-05", "2023-11-05", "2023-11-05"),
    ],
)
def test_a_date_covers_its_days(told: str, first: str, last: str) -> None:
    assert (first_day(told), last_day(told)) == (first, last)


@pytest.mark.parametrize("told", ["", "soon", "2023-13", "2023-02-30", "2023-01-01-01", "0", "2023-"])
def test_what_is_no_date_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        first_day(told)


def test_an_open_end_goes_on_until_the_report() -> None:
    assert interval("2022-02-24", None, "2023-09-17") == ("2022-02-24", "2023-09-17")
    assert interval("2024", None, "2023-09-17") == ("2024-01-01", "2024-12-31")
    assert interval(None, "2023-11", "2023-09-17") == ("2023-11-01", "2023-11-30")
    assert interval(None, None, "2023-09-17") == (None, None)
