import time as clock
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kronik.annotate import times
from kronik.annotate.time_rules import compile_rules
from kronik.languages import codes, load
from kronik.model import Report, Sentence, Span, Time

SUNDAY = date(2023, 9, 17)

Expected = tuple[str, str | None, str | None]


def find(language: str, text: str, published: date | None = SUNDAY) -> tuple[Time, ...]:
    report = Report(id="r", language=language, text=text, published=published)
    return times.find(report, (Sentence(Span(0, len(text)), 0, ()),), load(language))


def dated(language: str, text: str, published: date | None = SUNDAY) -> list[Expected]:
    return [(time.span.of(text), time.start, time.end) for time in find(language, text, published)]


RULES = [(code, rule) for code in codes() for rule in compile_rules(load(code)).rules]


@pytest.mark.parametrize(("code", "rule"), RULES, ids=[f"{code}: {rule.name}" for code, rule in RULES])
def test_every_rule_reads_its_examples_and_leaves_the_others(code, rule):
    for example in rule.reads:
        found = find(code, example)
        assert [time.rule.partition(":")[0] for time in found] == [rule.name], example
    for example in rule.ignores:
        assert all(time.rule.partition(":")[0] != rule.name for time in find(code, example)), example


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He landed on 17 September 2023.", ("17 September 2023", "2023-09-17", "2023-09-17")),
        ("He landed on September 5, 2022.", ("September 5, 2022", "2022-09-05", "2022-09-05")),
        ("He landed on Sept. 5.", ("Sept. 5", "2023-09-05", "2023-09-05")),
        ("He landed on December 5.", ("December 5", "2022-12-05", "2022-12-05")),
        ("The fair was held in March.", ("March", "2023-03", "2023-03")),
        ("The fair will be held in November.", ("November", "2023-11", "2023-11")),
        ("They met last September.", ("last September", "2022-09", "2022-09")),
        ("They met in 2021.", ("2021", "2021", "2021")),
        ("It dates from the 1990s.", ("the 1990s", "1990", "1999")),
        ("The ship docked on Tuesday.", ("Tuesday", "2023-09-12", "2023-09-12")),
        ("The ship docked on Sunday.", ("Sunday", "2023-09-17", "2023-09-17")),
        ("The ship will dock on Tuesday.", ("Tuesday", "2023-09-19", "2023-09-19")),
        ("The ship docked last Sunday.", ("last Sunday", "2023-09-10", "2023-09-10")),
        ("The ship docks next Monday.", ("next Monday", "2023-09-18", "2023-09-18")),
        ("The ship docked yesterday.", ("yesterday", "2023-09-16", "2023-09-16")),
        ("The ship docked last week.", ("last week", "2023-09-04", "2023-09-10")),
        ("The ship docked last month.", ("last month", "2023-08", "2023-08")),
        ("The ship docked late last year.", ("late last year", "2022", "2022")),
        ("The ship docked three days ago.", ("three days ago", "2023-09-14", "2023-09-14")),
        ("The ship has been there since 2022.", ("2022", "2022", None)),
        ("It stays until 5 October.", ("5 October", None, "2023-10-05")),
        ("Talks ran from Monday to Wednesday.", ("Monday to Wednesday", "2023-09-11", "2023-09-13")),
        ("Talks ran between March and May.", ("March and May", "2023-03", "2023-05")),
        ("The fair ran from December to February.", ("December to February", "2022-12", "2023-02")),
        ("The 2015 nuclear deal fell apart.", ("2015", "2015", "2015")),
        (
            "It honoured the victims of the September 11 attacks.",
            ("the September 11 attacks", "2001-09-11", "2001-09-11"),
        ),
    ],
)
def test_english(text, expected):
    assert dated("en", text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kapal itu tiba pada 17 September 2023.", ("17 September 2023", "2023-09-17", "2023-09-17")),
        ("Kapal itu tiba pada Jumat (15/9/2023).", ("Jumat (15/9/2023)", "2023-09-15", "2023-09-15")),
        ("Kapal itu tiba pada Jumat (15/9).", ("Jumat (15/9)", "2023-09-15", "2023-09-15")),
        ("Pameran digelar 13-16 Juni 2023.", ("13-16 Juni 2023", "2023-06-13", "2023-06-16")),
        ("Pameran akan digelar pada bulan November.", ("bulan November", "2023-11", "2023-11")),
        ("Pameran digelar September lalu.", ("September lalu", "2023-09", "2023-09")),
        ("Pameran digelar awal Mei.", ("awal Mei", "2023-05", "2023-05")),
        ("Mereka bertemu pada hari Selasa.", ("hari Selasa", "2023-09-12", "2023-09-12")),
        ("Mereka akan bertemu pada Selasa.", ("Selasa", "2023-09-19", "2023-09-19")),
        ("Mereka bertemu Senin depan.", ("Senin depan", "2023-09-18", "2023-09-18")),
        ("Mereka bertemu Jumat pekan lalu.", ("Jumat pekan lalu", "2023-09-08", "2023-09-08")),
        ("Mereka bertemu pada Minggu.", ("Minggu", "2023-09-17", "2023-09-17")),
        ("Mereka bertemu kemarin.", ("kemarin", "2023-09-16", "2023-09-16")),
        ("Mereka bertemu lusa.", ("lusa", "2023-09-19", "2023-09-19")),
        ("Mereka bertemu pekan lalu.", ("pekan lalu", "2023-09-04", "2023-09-10")),
        ("Mereka bertemu akhir pekan lalu.", ("akhir pekan lalu", "2023-09-09", "2023-09-10")),
        ("Mereka bertemu dua tahun silam.", ("dua tahun silam", "2021", "2021")),
        ("Mereka bertemu dua minggu lalu.", ("dua minggu lalu", "2023-08-28", "2023-09-03")),
        ("Pabrik itu berdiri sejak 1950-an.", ("1950-an", "1950", "1959")),
        ("Pabrik itu tutup antara 2019 dan 2021.", ("2019 dan 2021", "2019", "2021")),
        ("Pameran digelar pada 9-10 September.", ("9-10 September", "2023-09-09", "2023-09-10")),
        ("Pameran berlangsung 30 Desember-2 Januari 2023.", ("30 Desember-2 Januari 2023", "2022-12-30", "2023-01-02")),
    ],
)
def test_indonesian(text, expected):
    assert dated("id", text) == [expected]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "May told the house that she may march on."),
        ("en", "The shop is open 24/7 and the phone is 021-555-2019."),
        ("en", "They claimed the 1967 borders under resolution 2023."),
        ("en", "A 16-year-old boy met them on Sundays."),
        ("en", "He was jailed for ten years."),
        ("id", "Ia bekerja dua minggu di sana."),
        ("id", "Ia berpuasa Senin-Kamis."),
        ("id", "Mereka menuntut perbatasan 1967."),
        ("id", "Gadis itu berusia 12 tahun."),
        ("id", "Ia salat setiap Jumat."),
        ("id", "Tanggal 31 Juni tidak ada."),
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(code, text):
    assert dated(code, text) == []


def test_lengths_have_days_and_no_date():
    (visit,) = find("en", "He ended a six-day visit.")
    assert (visit.start, visit.end, visit.duration_days) == (None, None, 6)
    (stay,) = find("id", "Ia tinggal selama tiga hari.")
    assert (stay.start, stay.end, stay.duration_days) == (None, None, 3)


def test_a_time_told_before_is_counted_from():
    text = "Ia tiba pada 14 September. Sehari sebelumnya ia singgah di kota lain. Dua hari kemudian ia pulang."
    assert [start for _, start, _ in dated("id", text)] == ["2023-09-14", "2023-09-13", "2023-09-15"]


def test_without_a_time_told_before_nothing_is_guessed():
    assert dated("en", "Two weeks earlier he had left.") == [("Two weeks earlier", None, None)]


def test_a_list_shares_its_year_and_its_preposition():
    assert [start for _, start, _ in dated("id", "Rudal itu dipakai pada April dan Oktober 2022.")] == [
        "2022-04",
        "2022-10",
    ]
    assert [start for _, start, _ in dated("en", "Tests followed in 2006, 2009 and 2013.")] == ["2006", "2009", "2013"]


def test_without_a_day_of_publication_only_absolute_dates_resolve():
    text = "On Friday, and on 3 May 2021, and last week."
    assert [start for _, start, _ in dated("en", text, None)] == [None, "2021-05-03", None]


def test_a_dateline_with_a_day_is_counted_from():
    found = find("en", "KYIV, Aug 29 (Reuters) - The ship docked on Monday.")
    assert [(time.start, time.of_telling) for time in found] == [("2023-08-29", True), ("2023-08-28", False)]


def test_a_weekday_mends_a_slip_of_the_year():
    assert dated("id", "Mereka bertemu pada Jumat (15/9/2024).") == [("Jumat (15/9/2024)", "2023-09-15", "2023-09-15")]


@pytest.mark.parametrize(
    ("code", "text", "of_telling"),
    [
        ("en", "The minister said on Tuesday the port was open.", [True]),
        ("en", "The port was shelled on Tuesday, the minister said.", [False]),
        ("en", "The navy shelled the port on Friday, state media reported Saturday.", [False, True]),
        ("en", "On Tuesday, the minister announced that the port was open.", [True]),
        ("id", "Pelabuhan itu dibuka, dikutip dari AFP, Jumat (15/9).", [True]),
        ("id", "“Pelabuhan itu dibuka,” kata menteri di Jakarta, Jumat (15/9/2023).", [True]),
        ("id", "Pelabuhan itu ditembaki pada Jumat (15/9), kata menteri.", [False]),
    ],
)
def test_a_date_beside_a_verb_of_saying_dates_the_telling(code, text, of_telling):
    assert [time.of_telling for time in find(code, text)] == of_telling


def test_times_come_in_order_and_do_not_overlap():
    text = "From Monday to Wednesday; 3-5 May 2021, last week on Thursday and late last year, a 12-day war since 2022."
    found = find("en", text)
    assert len(found) == 6
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))


def test_spans_count_from_the_start_of_the_report():
    text = "Nothing here.\n\nThe ship docked on Tuesday."
    report = Report(id="r", language="en", text=text, published=SUNDAY)
    sentences = (Sentence(Span(0, 13), 0, ()), Sentence(Span(15, len(text)), 1, ()))
    (time,) = times.find(report, sentences, load("en"))
    assert time.span.of(text) == "Tuesday"
    assert "Tuesday on or before 2023-09-17" in time.rule


def pieces(code: str) -> list[str]:
    """Everything that the examples of a language's rules are made of, and numbers that may spoil a date."""
    words = [word for rule in compile_rules(load(code)).rules for example in rule.reads for word in example.split()]
    return [*words, "0", "31", "99", "1999", "2100", "-", "(", ")", ",", ".", "said", "akan"]


@pytest.mark.parametrize("code", codes())
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_written_times_are_ordered_and_dates_real(code, data):
    text = " ".join(data.draw(st.lists(st.sampled_from(pieces(code)), max_size=30)))
    published = data.draw(st.none() | st.dates())
    found = find(code, text, published)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    for time in found:
        assert text[time.span.start : time.span.end].strip()
        for iso in (time.start, time.end):
            assert iso is None or date.fromisoformat(f"{iso}-01-01"[:10])
        if time.start and time.end:
            assert f"{time.start}-01-01"[:10] <= f"{time.end}-12-31"[:10]


@pytest.mark.parametrize("published", [date.min, date.max])
@pytest.mark.parametrize("code", codes())
def test_at_the_ends_of_the_calendar_every_example_is_read(code, published):
    for rule in compile_rules(load(code)).rules:
        for example in rule.reads:
            find(code, example, published)


@pytest.mark.parametrize("code", codes())
def test_no_sentence_makes_the_patterns_run_away(code):
    held = [word for words in compile_rules(load(code)).words.values() for word in words]
    phrases = [phrase for phrases in load(code).rules("times")["lists"].values() for phrase in phrases]
    text = ", ".join(held + phrases) + " , " + " ".join(phrases + held) * 3 + " on 5 May"
    before = clock.perf_counter()
    find(code, text)
    find(code, text.replace(",", "").title())
    assert clock.perf_counter() - before < 2
