"""Words and figures to the day a report was published: shown dates, and days of the text that fix their year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from kronik.languages import Language
from kronik.world import World

# Reports before this year do not stand on pages; a year of two digits is never read.
_FIRST_YEAR = 1950
_LAST_YEAR = 2100
_ISO = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
# A sentence is looked for so many characters before and behind a day; no more days than this say when a report is of.
_SENTENCE_REACH = 1_000
_MOST_DAYS = 500
_SENTENCE_ENDS = (". ", "\n", "? ", "! ")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:\d{6})?(?![\d])")
# As RFC 2822 and some addresses write months, in whatever language the page is.
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_URL_NAMED_DAY = re.compile(
    rf"/((?:19|20)\d\d)/({'|'.join(re.findall('...', _MONTHS))})/(\d{{1,2}})(?!\d)", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W_]+")
_YEAR_IN_TEXT = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d.,]\d|\d|[/-]\d)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """One language's months and weekdays, compiled. ``order`` is "dmy" or "mdy", for dates in figures."""

    months: dict[str, int]
    weekdays: dict[str, int]
    order: str
    day: re.Pattern[str]
    shown: re.Pattern[str]
    shown_bare: re.Pattern[str]
    telling: re.Pattern[str]
    weekday_and_day: re.Pattern[str]
    past_or_future: re.Pattern[str]
    today: re.Pattern[str]
    label: re.Pattern[str]
    prepositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextDay:
    """A weekday with its day and month in the text; ``year`` None where it is left out. ``telling`` marks the day of
    the telling ("kata Yuni, Selasa (7/11)"), ``first`` those of the first paragraph."""

    weekday: int | None
    day: int
    month: int
    year: int | None
    telling: bool
    first: bool
    today: bool


@lru_cache
def calendar(language: Language) -> Calendar:
    """The compiled ``calendar.toml`` of a language."""
    table: dict[str, Any] = language.rules("calendar")
    words = table["published"]
    month, weekday = _either(table["months"]), _either(table["weekdays"])
    named = (
        rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{month})\.?,?\s+(?P<y1>\d{{4}})"
        rf"|(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
        r"|(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y3>\d{4})|(?P<y4>\d{4})[/-](?P<m4>\d{1,2})[/-](?P<d4>\d{1,2}))(?!\d)"
    )
    clock = r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?)"
    time = rf"(?:{_either(words['clock'])})?\s*{clock}\s*(?:\(?(?:{_either(words['zones'])})\)?)?"
    label, on = r"(?P<label>[^\d\n]{0,60}?)", rf"(?:(?P<weekday>{weekday})\.?\s*[,|·/-]?\s*)?"
    shown = rf"{label}{on}{named}(?:[\s,|·•–—-]*{time})?[\s.|]*"
    bare = (
        rf"(?:\(?(?P<da>\d{{1,2}})/(?P<mo>\d{{1,2}})\)?|(?P<db>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<mb>{month})\b\.?"
        rf"|(?P<mc>{month})\.?\s+(?P<dc>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))"
    )
    shown_bare = rf"{label}(?:{time}[\s,|·•–—-]+)?{on}{bare}(?:[\s,|·•–—-]*{time})?[\s.|]*"
    part = _either(words["parts"])
    inner = (
        r"(?:(?P<da>\d{1,2})/(?P<mo>\d{1,2})(?:/(?P<ya>\d{4}))?"
        rf"|(?P<db>\d{{1,2}})\s+(?P<mb>{month})\.?(?:,?\s+(?P<yb>\d{{4}}))?"
        rf"|(?P<mc>{month})\.?\s+(?P<dc>\d{{1,2}})(?!\d)(?:,?\s+(?P<yc>\d{{4}}))?)"
    )
    weekday_or_today = rf"(?P<weekday>{weekday}|{_either(words['today'])})\b\.?(?:\s+(?P<part>{part}))?"
    days = rf"{weekday_or_today}\s*,?\s*\(?\s*{inner}\s*\)?"
    return Calendar(
        months=table["months"],
        weekdays=table["weekdays"],
        order=table["order"],
        day=re.compile(named, re.IGNORECASE),
        shown=re.compile(shown, re.IGNORECASE),
        shown_bare=re.compile(shown_bare, re.IGNORECASE),
        telling=re.compile(rf"\b(?:{_either(words['telling'])})", re.IGNORECASE),
        weekday_and_day=re.compile(days, re.IGNORECASE),
        past_or_future=re.compile(rf"\s*\)?\s*(?:{_either(words['past_or_future'])})\b", re.IGNORECASE),
        today=re.compile(rf"(?:{_either(words['today'])})", re.IGNORECASE),
        label=re.compile(rf"\W*(?:(?:{_either(words['labels'])})\W*)*", re.IGNORECASE),
        prepositions=tuple(words["prepositions"]),
    )


def of_metadata(value: str, language: Language | None = None) -> date | None:
    """The day that a metadata value tells (ISO 8601, RFC 2822, a timestamp, or words of the language); None else."""
    value = value.strip()
    if match := _ISO.search(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{10}(?:\d{3})?", value):
        return datetime.fromtimestamp(int(value[:10]), tz=UTC).date()
    if match := re.search(r"(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\s+(\d{4})", value):
        month = _MONTHS.find(match[2].casefold())
        if month >= 0 and month % 3 == 0 and (found := _day(int(match[3]), month // 3 + 1, int(match[1]))):
            return found
    if language and (match := calendar(language).day.search(value)):
        return _named(match, calendar(language), ())
    return None


def of_url(url: str | None) -> date | None:
    """The day in the path of an address (``/2023/09/17/``, ``/20230917120000-``); None where there is none."""
    if match := _URL_NAMED_DAY.search(url or ""):
        return _day(int(match[1]), _MONTHS.index(match[2].casefold()) // 3 + 1, int(match[3]))
    match = _URL_DAY.search(url or "")
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def shown(line: str, language: Language, known: tuple[date, ...] = ()) -> date | None:
    """The day that a line shows when it is nothing else than a date ("Kamis, 19 Jun 2025 09:39 WIB"), with or without a
    label; None for any other line. ``known`` are full dates of the text, which decide between 9/12 and 12/9."""
    if len(line) > 110:
        return None
    line = " ".join(line.replace("’", "'").split())
    of = calendar(language)
    match = of.shown.fullmatch(line)
    if not match:
        return None
    label = match["label"].strip()
    has_more = match["weekday"] or re.search(r"\d[:.]\d\d", line[match.end("label") :])
    if label and not of.label.fullmatch(label) and not (has_more and len(label.split()) <= 6):
        return None
    return _named(match, of, known, unpadded_time=bool(re.search(r"\d{1,2}:\d{2}$", line)))


def shown_without_year(line: str, language: Language) -> TextDay | None:
    """The day that a line shows without its year when it is nothing else ("Monday, 18 September, 8:15 PM"), else None.

    Weekday and day of the month may fix the year, as ``of_text`` does.
    """
    if len(line) > 110:
        return None
    of = calendar(language)
    match = of.shown_bare.fullmatch(" ".join(line.split()))
    if not match or not of.label.fullmatch(match["label"].strip()):
        return None
    day, month = _day_and_month(match, of)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    weekday = of.weekdays[match["weekday"].casefold()] if match["weekday"] else None
    return TextDay(weekday, day, month, None, telling=True, first=True, today=False)


def is_label(line: str, language: Language) -> bool:
    """Whether a line is nothing but the label of a day that stands on another line ("Published")."""
    return bool(_LETTERS.search(line)) and calendar(language).label.fullmatch(line.strip()) is not None


def _day_and_month(match: re.Match[str], of: Calendar) -> tuple[int, int]:
    """Day and month of a match of ``weekday_and_day`` or ``shown_bare``, not yet known to be a day at all."""
    day = int(match["da"] or match["db"] or match["dc"])
    if not match["da"]:
        return day, of.months[(match["mb"] or match["mc"]).casefold().rstrip(".")]
    month = int(match["mo"])
    return (month, day) if of.order == "mdy" and month > 12 >= day else (day, month)


def in_text(text: str, language: Language) -> tuple[TextDay, ...]:
    """Every weekday with a day and month in the paragraphs of a text, as written."""
    of = calendar(language)
    found: list[TextDay] = []
    first_end = text.find("\n\n") if "\n\n" in text else len(text)
    for match in of.weekday_and_day.finditer(text):
        day, month = _day_and_month(match, of)
        if not (1 <= day <= 31 and 1 <= month <= 12) or of.past_or_future.match(text, match.end()):
            continue
        year = match["ya"] or match["yb"] or match["yc"]
        today = of.today.fullmatch(match["weekday"]) is not None
        first, last = max(0, match.start() - _SENTENCE_REACH), min(len(text), match.end() + _SENTENCE_REACH)
        start = max(first, *(text.rfind(mark, first, match.start()) + 1 for mark in _SENTENCE_ENDS))
        ends = [place for mark in _SENTENCE_ENDS if (place := text.find(mark, match.end(), last)) >= 0]
        end = min(ends, default=last)
        between_commas = text[first : match.start()].rstrip().endswith((",", "(")) or today
        # "Minggu malam (5/11)": what happened in the evening is mostly told the day after.
        evening = match["part"] is not None
        telling = (today or between_commas) and not evening and of.telling.search(text, start, end) is not None
        weekday = None if today else of.weekdays[match["weekday"].casefold()]
        found.append(
            TextDay(weekday, day, month, int(year) if year else None, telling, match.start() < first_end, today)
        )
        if len(found) == _MOST_DAYS:
            break
    return tuple(found)


def of_text(text: str, language: Language, world: World, seen: date | None, line: TextDay | None = None) -> date | None:
    """The day of publication that the text itself tells; None where it does not decide.

    ``line`` is the day that a line beside the text shows without its year: it is the day then, and the text only helps
    to find the year.

    A full date of the telling ("kata Yuni, Selasa (7/11/2023)") is that day, the latest of several. A report that
    leaves the year out speaks of its own days: a weekday with its day of the month fixes the years that fit; among
    those the ones in which most of the office holders named were in office and which follow the years that the text
    names, and of these the latest not after ``seen`` (else not after the last change of office that the world knows).
    """
    days = in_text(text, language)
    full = [_day(d.year, d.month, d.day) for d in days if d.year and d.telling and _fits(d, d.year)]
    latest = seen or max((h.start for h in world.holdings if h.start), default=date.min)
    told = [day for day in full if day and day <= latest] if seen else [day for day in full if day]
    if line:
        same = [day for day in told if (day.month, day.day) == (line.month, line.day)]
        if same:
            return max(same)
        days = (line, *(d for d in days if d.year is None))
    without_year = [d for d in days if d.year is None]
    own = (
        [line]
        if line
        else [d for d in without_year if d.telling or d.today] or [d for d in without_year if d.first][:1]
    )
    if told and not any(d.telling and d.year is None for d in without_year):
        return max(told)
    if not own:
        return None
    years = _years(without_year, own, latest)
    if not years:
        return None
    year = _best_year(years, own[0], text, language, world, latest)
    fitting = [day for d in own if _fits(d, year) and (day := _day(year, d.month, d.day)) and day <= latest]
    return max(fitting, default=None)


def _years(days: list[TextDay], own: list[TextDay], latest: date) -> list[int]:
    """The years, newest first, in which the report's own weekdays fall on their days, and as many others as can."""
    dated = [d for d in days if d.weekday is not None]
    if not dated:
        return []
    scores = {}
    for year in range(latest.year, _FIRST_YEAR, -1):
        first = next((day for d in own if (day := _day(year, d.month, d.day))), None)
        if first is None or first > latest or not all(_fits(d, year) for d in own if d.weekday is not None):
            continue
        scores[year] = sum(_fits(d, year) for d in dated)
    most = max(scores.values(), default=0)
    return [year for year, score in scores.items() if score == most and score > 0]


def _best_year(years: list[int], own: TextDay, text: str, language: Language, world: World, latest: date) -> int:
    """The latest of the years that the office holders and the years named in the text speak for most."""
    named = {int(year) for year in _YEAR_IN_TEXT.findall(text) if int(year) <= latest.year}
    folded = _folded(text)
    holders = set()
    for holding in world.holdings:
        last = holding.person.casefold().split()[-1] if holding.person else ""
        if len(last) >= 3 and f" {last} " in folded and _folded(holding.person) in folded:
            holders.add(holding.person)
    spoken = [h for h in world.holdings if h.person in holders]

    def evidence(year: int) -> tuple[int, int]:
        day = _day(year, own.month, own.day) or date(year, 1, 1)
        in_office = {h.person for h in spoken if (not h.start or h.start <= day) and (not h.end or day <= h.end)}
        return len(in_office) - 2 * sum(1 for other in named if other > year), year

    return max(years, key=evidence)


def _folded(text: str) -> str:
    return f" {' '.join(_LETTERS.findall(text.casefold()))} "


def _fits(day: TextDay, year: int) -> bool:
    found = _day(year, day.month, day.day)
    return found is not None and (day.weekday is None or found.weekday() == day.weekday)


def _named(match: re.Match[str], of: Calendar, known: tuple[date, ...], unpadded_time: bool = False) -> date | None:
    """The day of a match of ``day`` or ``shown``."""
    if match["y1"]:
        return _day(int(match["y1"]), of.months[match["m1"].casefold()], int(match["d1"]))
    if match["y2"]:
        return _day(int(match["y2"]), of.months[match["m2"].casefold()], int(match["d2"]))
    if match["y4"]:
        return _day(int(match["y4"]), int(match["m4"]), int(match["d4"]))
    a, b, year = int(match["a"]), int(match["b"]), int(match["y3"])
    as_dmy, as_mdy = _day(year, b, a), _day(year, a, b)
    if not as_dmy or not as_mdy:
        return as_dmy or as_mdy
    for choice, other in ((as_dmy, as_mdy), (as_mdy, as_dmy)):
        if choice in known and other not in known:
            return choice
    # Figures without leading zeros and with a bare time are how tables in American form export a date.
    machine = unpadded_time and "0" not in (match["a"][0], match["b"][0]) and (a < 10 or b < 10)
    return as_mdy if of.order == "mdy" or machine else as_dmy


def full_dates(text: str, language: Language) -> tuple[date, ...]:
    """Every full date with a weekday that the text holds and that is right."""
    days = [d for d in in_text(text, language) if d.year and _fits(d, d.year)]
    return tuple(dict.fromkeys(day for d in days if d.year and (day := _day(d.year, d.month, d.day))))


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _either(words: Any) -> str:
    return "|".join(sorted((re.escape(word).replace(r"\ ", r"\s+") for word in words), key=len, reverse=True))
