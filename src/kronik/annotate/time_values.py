"""A matched time expression to the interval it means, counted from the day of publication (or from an earlier time)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kronik.annotate.calendar import (
    DAYS_OF_UNIT,
    coming_weekday,
    first_day,
    iso_month,
    latest_weekday,
    real_day,
    shift_iso,
    shift_months,
    week_of,
)
from kronik.annotate.time_rules import Grammar

# A day or month without its year is past news unless the words say otherwise; but nobody leaves the year out for a day
# nearly a year ago when the next such day is at hand.
NEAR_FUTURE_DAYS = 75
LONG_PAST_DAYS = 270
# A sign of the future in the clause is not believed over a day of the last weeks when it points most of a year ahead.
FAR_FUTURE_DAYS = 240
# A date that contradicts its own weekday is mended only to a day so near to publication.
SLIP_DAYS = 31


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start`` to ``end`` (ISO, granularity kept), how it was counted, and the nominal length of a duration."""

    start: str | None
    end: str | None
    how: str
    duration_days: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a resolution may look at: the day of reference, signs of the future, the time told before."""

    reference: date | None
    reference_name: str
    future: bool
    earlier: str | None
    strict: bool
    grammar: Grammar

    @property
    def named(self) -> str:
        return f"{self.reference} ({self.reference_name})"


Groups = dict[str, str]
_FOUR_FIGURES = re.compile(r"[1-9]\d{3}(?!\d)")
UNRESOLVED = "no day of publication to count from"


def resolve(kind: str, groups: Groups, context: Context) -> Interval | None:
    """The interval of a match; None where the words make no date at all (31 June), so that nothing was found.

    Nor do they where the date would lie outside of the years 1000 to 9999, which is what four figures can say.
    """
    try:
        found = _RESOLVERS[kind](groups, context)
    except OverflowError:
        return None
    ends = (found.start, found.end) if found else ()
    return found if all(iso is None or _FOUR_FIGURES.match(iso) for iso in ends) else None


def _calendar(groups: Groups, context: Context) -> Interval | None:
    """Days and months, with or without a year, and ranges of days within a month."""
    grammar, reference = context.grammar, context.reference
    if "known" in groups:
        return _known(groups, context)
    year, year_how = _year(groups, context)
    month, day = _month_and_day(groups, context)
    if "season" in groups:
        return _season(groups, year, context)
    if "quarter" in groups or "ordinal_quarter" in groups:
        number = int(groups.get("quarter") or grammar.value("ordinal_quarter", groups["ordinal_quarter"]))
        if year is None:
            return Interval(None, None, "a quarter without a year")
        return Interval(iso_month(year, 3 * number - 2), iso_month(year, 3 * number), f"quarter {number} of {year}")
    if month is None:
        if year is None:
            return Interval(None, None, year_how)
        if "year2" in groups:
            return Interval(f"{year}", groups["year2"], "years as written")
        return Interval(f"{year}", f"{year}", year_how)
    last_month = int(grammar.value("month", groups["month2"])) if "month2" in groups else month
    if year is None and "year_shift" not in groups and reference is not None:
        year, year_how = _year_of(last_month, day, groups, context)
    if year is None:
        return Interval(None, None, year_how) if day is None or real_day(2024, month, day) else None
    if day is None:
        return Interval(iso_month(year - (month > last_month), month), iso_month(year, last_month), year_how)
    start = real_day(year, month, day)
    if start is None:
        return None
    if "weekday" in groups and "year" in groups and reference is not None:
        mended = _mended(start, grammar.value("weekday", groups["weekday"]), reference)
        if mended is not None:
            return _one_day(mended, f"the weekday shows {start} to be a slip")
    end = real_day(year, month, int(groups["day2"])) if "day2" in groups else start
    if end is None or end < start:
        return None
    return Interval(start.isoformat(), end.isoformat(), year_how)


def _known(groups: Groups, context: Context) -> Interval | None:
    """A day that everybody calls by its date without the year, once it is past ("the September 11 attacks")."""
    day = str(context.grammar.value("known", groups["known"]))
    if context.reference is not None and context.reference < first_day(day):
        return None
    return Interval(day, day, "a day known by its name")


def _season(groups: Groups, year: int | None, context: Context) -> Interval:
    """Three months of the northern half of the earth; without a year the season that began last, or the coming one."""
    first, last = (int(month) for month in context.grammar.value("season", groups["season"]).split(".."))
    reference = context.reference
    how = "as written"
    if year is None and reference is None:
        return Interval(None, None, UNRESOLVED)
    if year is None and reference is not None:
        shift = context.grammar.value("shift", groups["shift"]) if "shift" in groups else None
        begun = reference.year - (first > reference.month)
        running = shift_months(reference, 0) <= (begun + (last < first), last)
        year = begun
        if (shift or 0) > 0 or (shift in (None, 0) and context.future and not running):
            year += 1
        elif shift == 0:
            year = reference.year
        elif shift is not None and shift < 0 and running:
            year -= 1
        how = f"counted from {context.named}"
    assert year is not None
    return Interval(iso_month(year, first), iso_month(year + (last < first), last), f"season of {year}, {how}")


def _mended(day: date, weekday: int, reference: date) -> date | None:
    """The day that was meant where weekday and date contradict: year or else month off by one, near the reference.

    None where nothing is wrong, or where no such slip explains it.
    """
    if day.weekday() == weekday:
        return None
    slips = [real_day(day.year + step, day.month, day.day) for step in (-1, 1)]
    slips += [real_day(*shift_months(day, step), day.day) for step in (-1, 1)]
    for slip in slips:
        if slip and slip.weekday() == weekday and abs((slip - reference).days) <= SLIP_DAYS:
            return slip
    return None


def _month_and_day(groups: Groups, context: Context) -> tuple[int | None, int | None]:
    grammar = context.grammar
    day = int(groups["day"]) if "day" in groups else None
    if "holiday" in groups:
        month_text, day_text = grammar.value("holiday", groups["holiday"]).split("-")
        return int(month_text), int(day_text)
    if "month" in groups:
        return grammar.value("month", groups["month"]), day
    if "month_number" in groups:
        return int(groups["month_number"]), day
    if "either_number" in groups:
        first, second = int(groups["either_number"]), int(groups["either_number2"])
        month, day = (first, second) if grammar.month_first else (second, first)
        return (day, month) if month > 12 else (month, day)
    return None, day


def _year(groups: Groups, context: Context) -> tuple[int | None, str]:
    if "year" in groups:
        return int(groups["year"]), "as written"
    if "year_short" in groups:
        short = int(groups["year_short"])
        return (2000 + short if short < 70 else 1900 + short), "year written with two digits"
    if "year_shift" in groups and context.reference is not None:
        shift = context.grammar.value("shift", groups["year_shift"])
        return context.reference.year + shift, f"{_moved(shift, 'year')} of {context.named}"
    return None, UNRESOLVED


def _year_of(month: int, day: int | None, groups: Groups, context: Context) -> tuple[int | None, str]:
    """The year of a month or day that is written without one."""
    reference = context.reference
    if reference is None:
        return None, UNRESOLVED
    what = f"{day} of month {month}" if day else f"month {month}"
    if "weekday" in groups and day:
        weekday = context.grammar.value("weekday", groups["weekday"])
        fitting = [
            found
            for year in range(reference.year - 6, reference.year + 2)
            if (found := real_day(year, month, day)) and found.weekday() == weekday
        ]
        nearest = min(fitting, key=lambda found: abs((found - reference).days), default=None)
        if nearest and abs((nearest - reference).days) <= 366:
            return nearest.year, f"the year nearest to {context.named} in which weekday and day agree"
    shift = context.grammar.value("shift", groups["shift"]) if "shift" in groups else None
    if day is None:
        return _year_of_month(month, shift, what, context)
    days = [found for year in range(reference.year - 4, reference.year + 5) if (found := real_day(year, month, day))]
    past = max((found for found in days if found <= reference), default=None)
    coming = min((found for found in days if found >= reference), default=None)
    if past is None or coming is None:
        return None, "no such day"
    ahead, behind = (coming - reference).days, (reference - past).days
    future = (shift or 0) > 0 or (shift is None and context.future and not (ahead > FAR_FUTURE_DAYS and behind < 60))
    near = shift is None and ahead <= NEAR_FUTURE_DAYS and behind >= LONG_PAST_DAYS
    if future or near:
        return coming.year, f"{what} next on or after {context.named}"
    return past.year, f"{what} last on or before {context.named}"


def _year_of_month(month: int, shift: int | None, what: str, context: Context) -> tuple[int | None, str]:
    reference = context.reference
    assert reference is not None
    strictly = context.strict and shift is not None and month == reference.month
    past = reference.year - (month > reference.month or (strictly and month == reference.month))
    coming = reference.year + (month < reference.month or (strictly and month == reference.month))
    ahead = coming * 12 + month - reference.year * 12 - reference.month
    if (
        (shift or 0) > 0
        or (shift is None and context.future and ahead * 30 <= FAR_FUTURE_DAYS)
        or (shift is None and ahead * 30 <= NEAR_FUTURE_DAYS and (12 - ahead) * 30 >= LONG_PAST_DAYS)
    ):
        return coming, f"{what} next after {context.named}"
    return past, f"{what} last before {context.named}"


def _weekday(groups: Groups, context: Context) -> Interval | None:
    """A bare weekday is the latest on or before the reference, or the coming one where the words look ahead."""
    weekday = context.grammar.value("weekday", groups["weekday"])
    name = groups["weekday"]
    reference = context.reference
    if "then" in groups and context.earlier and context.earlier.count("-") == 2:
        sign = context.grammar.value("then", groups["then"])
        from_day = first_day(context.earlier) + timedelta(days=sign)
        found = latest_weekday(from_day, weekday) if sign < 0 else coming_weekday(from_day, weekday)
        return _one_day(found, f"{name} {'before' if sign < 0 else 'after'} {context.earlier}, told before")
    if reference is None:
        return Interval(None, None, UNRESOLVED)
    if "week_shift" in groups:
        shift = context.grammar.value("shift", groups["week_shift"])
        monday, _ = week_of(reference, shift)
        return _one_day(monday + timedelta(days=weekday), f"{name} of {_moved(shift, 'week')} of {context.named}")
    shift = None
    if "shift" in groups:
        shift = context.grammar.value("shift", groups["shift"])
    elif "then" in groups:
        shift = context.grammar.value("then", groups["then"])
    if shift == 0:
        monday, _ = week_of(reference)
        found = monday + timedelta(days=weekday)
        if context.future and found < reference:
            found += timedelta(weeks=1)
        return _one_day(found, f"{name} of the week of {context.named}")
    if shift is None:
        if context.future:
            return _one_day(coming_weekday(reference, weekday), f"{name} on or after {context.named}")
        return _one_day(latest_weekday(reference, weekday), f"{name} on or before {context.named}")
    if shift > 0:
        return _one_day(coming_weekday(reference + timedelta(days=1), weekday), f"{name} after {context.named}")
    return _one_day(latest_weekday(reference - timedelta(days=1), weekday), f"{name} before {context.named}")


def _days(groups: Groups, context: Context) -> Interval | None:
    """Yesterday, today, tomorrow: words for days counted from the reference."""
    shift = context.grammar.value("day_word", groups["day_word"])
    if context.reference is None:
        return Interval(None, None, UNRESOLVED)
    return _one_day(context.reference + timedelta(days=shift), f"{_counted(shift, 'day')} {context.named}")


def _unit(groups: Groups, context: Context) -> Interval | None:
    """This, last or next week, weekend, month, year, decade; early and late narrow a week, never a month or year."""
    grammar, reference = context.grammar, context.reference
    unit = grammar.value("unit", groups["unit"])
    shift = grammar.value("shift", groups["shift"]) if "shift" in groups else 0
    part = grammar.value("part", groups["part"]) if "part" in groups else None
    if reference is None:
        return Interval(None, None, UNRESOLVED)
    how = f"{_moved(shift, unit)} of {context.named}"
    if unit == "day":
        return _one_day(reference + timedelta(days=shift), f"{_counted(shift, 'day')} {context.named}")
    if unit == "weekend":
        return _weekend(reference, shift, context)
    if unit == "week":
        monday, sunday = week_of(reference, shift)
        if part == "early":
            sunday = monday + timedelta(days=2)
        elif part == "late":
            monday = monday + timedelta(days=3)
        elif shift == 0 and part != "mid":
            monday, sunday = (reference, sunday) if context.future else (monday, reference)
        if part == "mid":
            monday, sunday = monday + timedelta(days=1), monday + timedelta(days=3)
        if shift == 0 and not context.future and monday <= reference < sunday:
            sunday = reference
        return Interval(monday.isoformat(), sunday.isoformat(), how)
    if unit == "month":
        month = iso_month(*shift_months(reference, shift))
        return Interval(month, month, how)
    if unit == "year":
        return Interval(f"{reference.year + shift}", f"{reference.year + shift}", how)
    if unit == "decade":
        first = reference.year // 10 * 10 + 10 * shift
        return Interval(f"{first}", f"{first + 9}", how)
    return None


def _weekend(reference: date, shift: int, context: Context) -> Interval:
    this_saturday = week_of(reference)[0] + timedelta(days=5)
    if shift < 0:
        saturday = this_saturday - timedelta(weeks=1)
    elif shift > 0:
        saturday = this_saturday + timedelta(weeks=1)
    elif context.strict and not context.future and reference < this_saturday:
        # "over the weekend", told on a weekday, is the one just gone.
        saturday = this_saturday - timedelta(weeks=1)
    else:
        saturday = this_saturday
    sunday = saturday + timedelta(days=1)
    return Interval(saturday.isoformat(), sunday.isoformat(), f"weekend counted from {context.named}")


def _ago(groups: Groups, context: Context) -> Interval | None:
    """So many days, weeks, months, years ago or ahead; weeks are whole weeks, months months, years years."""
    grammar, reference = context.grammar, context.reference
    number, unit = _count(groups, context)
    sign = grammar.value("ago", groups["ago"]) if "ago" in groups else 1
    if not number:
        return Interval(None, None, "an unsaid number of days or years")
    if reference is None:
        return Interval(None, None, UNRESOLVED)
    how = f"{_counted(sign * number, unit)} {context.named}"
    if unit == "week":
        monday, sunday = week_of(reference, sign * number)
        return Interval(monday.isoformat(), sunday.isoformat(), how)
    if unit == "decade":
        unit, number = "year", number * 10
    moved = shift_iso(reference.isoformat(), unit, sign * number)
    if moved is not None and unit == "month":
        moved = moved[:7]
    return Interval(moved, moved, how) if moved else None


def _from_context(groups: Groups, context: Context) -> Interval | None:
    """So many days, weeks, months, years before or after the time told before; abstains where there is none."""
    grammar = context.grammar
    if "then_day" in groups:
        number, unit, sign = 1, "day", grammar.value("then_day", groups["then_day"])
    else:
        number, unit = _count(groups, context)
        sign = grammar.value("then", groups["then"])
    if not number:
        return Interval(None, None, "an unsaid number of days or years")
    if context.earlier is None:
        return Interval(None, None, "no time told before to count from")
    moved = shift_iso(context.earlier, unit, sign * number)
    if moved is None:
        return Interval(None, None, f"the time told before ({context.earlier}) is too coarse to count {unit}s from")
    return Interval(moved, moved, f"{_counted(sign * number, unit)} {context.earlier}, told before")


def _same_day(groups: Groups, context: Context) -> Interval | None:
    """That day, the same day: the time told before."""
    if context.earlier is None:
        return Interval(None, None, "no time told before")
    return Interval(context.earlier, context.earlier, f"the time told before, {context.earlier}")


def _window(groups: Groups, context: Context) -> Interval | None:
    """The last three days, the next two years: up to the reference, or from it."""
    number, unit = _count(groups, context)
    reference = context.reference
    if not number:
        return Interval(None, None, "an unsaid number of days or years")
    if reference is None:
        return Interval(None, None, UNRESOLVED)
    shift = context.grammar.value("shift", groups["shift"])
    if unit == "decade":
        unit, number = "year", number * 10
    moved = shift_iso(reference.isoformat(), unit, (number if shift > 0 else -number))
    if moved is None:
        return None
    now = reference.isoformat()
    if unit == "month":
        moved, now = moved[:7], now[:7]
    elif unit == "year":
        now = now[:4]
    how = f"the {number} {unit}s {'from' if shift > 0 else 'up to'} {context.named}"
    return Interval(now, moved, how) if shift > 0 else Interval(moved, now, how)


def _duration(groups: Groups, context: Context) -> Interval | None:
    """For three days, a six-day visit: a length, not a date."""
    number, unit = _count(groups, context)
    if unit == "decade":
        number, unit = 10 * number, "year"
    if not number or unit not in DAYS_OF_UNIT:
        return Interval(None, None, "a length without a number")
    return Interval(None, None, f"a length of {number} {unit}{'s' * (number > 1)}", number * DAYS_OF_UNIT[unit])


def _vague(groups: Groups, context: Context) -> Interval | None:
    """In recent days, weeks ago: a time that nobody can date."""
    return Interval(None, None, "too vague to date")


def _decade(groups: Groups, context: Context) -> Interval | None:
    first = int(groups["decade_year"])
    return Interval(f"{first}", f"{first + 9}", "ten years as written")


def _count(groups: Groups, context: Context) -> tuple[int, str]:
    """How many of which unit; 0 where the number is left unsaid ("several")."""
    grammar = context.grammar
    if "one_unit" in groups:
        return 1, str(grammar.value("one_unit", groups["one_unit"]))
    number = groups["number"]
    value = int(number) if number.isdigit() else int(grammar.value("number", number))
    return value, str(grammar.value("unit", groups["unit"]))


def _one_day(day: date, how: str) -> Interval:
    return Interval(day.isoformat(), day.isoformat(), how)


def _moved(shift: int, unit: str) -> str:
    if shift == 0:
        return f"the {unit}"
    return f"{abs(shift)} {unit}{'s' * (abs(shift) > 1)} {'before' if shift < 0 else 'after'} the {unit}"


def _counted(shift: int, unit: str) -> str:
    if shift == 0:
        return "on"
    return f"{abs(shift)} {unit}{'s' * (abs(shift) > 1)} {'before' if shift < 0 else 'after'}"


_RESOLVERS: dict[str, Callable[[Groups, Context], Interval | None]] = {
    "calendar": _calendar,
    "weekday": _weekday,
    "days": _days,
    "unit": _unit,
    "ago": _ago,
    "from_context": _from_context,
    "same_day": _same_day,
    "window": _window,
    "duration": _duration,
    "vague": _vague,
    "decade": _decade,
}
