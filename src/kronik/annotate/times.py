"""Sentences to times: expressions of days, months, years and lengths, resolved against the day of publication."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kronik.annotate.calendar import first_day
from kronik.annotate.time_rules import Grammar, Rule, compile_rules, features
from kronik.annotate.time_values import Context, Interval, resolve
from kronik.languages import Language
from kronik.model import Report, Sentence, Span, Time

# A dateline stands at the head of a report, and its day is at most so many days before publication.
DATELINE_CHARACTERS = 120
DATELINE_DAYS = 120
# The words that make a range ("hingga pada hari") are no longer than this.
RANGE_CHARACTERS = 30
# Nor are those that open an interval ("sejak pertengahan tahun"), nor a verb of saying further off than this.
OPEN_CHARACTERS = 40
TELLING_CHARACTERS = 160
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


_Match = tuple[int, int, Rule, dict[str, str]]
_NO_DATES = frozenset(("vague", "duration", "window"))
_YEAR_GIVEN = frozenset(("year", "year_short", "year_shift", "shift", "month2"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A match with what it resolves to; offsets are characters of its sentence."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]
    interval: Interval
    dateline: bool = False

    @property
    def dated(self) -> bool:
        return self.interval.start is not None or self.interval.end is not None


def find(report: Report, sentences: tuple[Sentence, ...], language: Language) -> tuple[Time, ...]:
    """The times that a report tells, in the order of its text, none overlapping another.

    A bare weekday is the latest one on or before publication, or the coming one where its clause looks ahead; a
    dateline that gives a day ("KYIV, May 3 (Reuters)") is counted from instead. Without a day of publication only
    absolute dates resolve; the others keep ``start`` and ``end`` None. The expressions and the words that steer them
    are the language's ``times.toml``.
    """
    grammar = compile_rules(language)
    reference, name = report.published, "publication"
    times: list[Time] = []
    earlier: str | None = None
    for sentence in sentences:
        text = report.text[sentence.span.start : sentence.span.end].translate(_PLAIN)
        held = features(text)
        rules = [rule for rule in grammar.rules if all(need & held for need in rule.needs)]
        if not rules:
            continue
        found: list[_Found] = []
        matches = _with_years_of_neighbours(text, _matches(text, rules, grammar), grammar, reference)
        ahead = _which_look_ahead(text, matches, grammar)
        for (start, end, rule, groups), future in zip(matches, ahead, strict=True):
            context = Context(reference, name, future, earlier, rule.strict, grammar)
            interval = resolve(rule.kind, groups, context)
            if interval is None:
                continue
            found.append(_Found(start, end, rule, groups, interval))
            dateline = not times and sentence.span.start + end <= DATELINE_CHARACTERS and len(found) == 1
            if dateline and reference and grammar.dateline_after.match(text, end) and _is_dateline(interval, reference):
                reference, name = first_day(interval.start or ""), "dateline"
                found[-1] = replace(found[-1], dateline=True)
            if interval.start and not (interval.end is None or rule.kind in ("window", "decade")):
                earlier = interval.start
        for one in _joined(text, _with_listed_years(text, found, grammar), grammar):
            times.append(_time(one, text, sentence.span.start, grammar))
    return tuple(times)


def _is_dateline(interval: Interval, published: date) -> bool:
    if not interval.start or interval.start.count("-") != 2:
        return False
    return timedelta(0) <= published - first_day(interval.start) <= timedelta(days=DATELINE_DAYS)


def _matches(text: str, rules: Iterable[Rule], grammar: Grammar) -> list[_Match]:
    """Matches that do not overlap: of two that do, the earlier, then the longer, then the one of the earlier rule."""
    candidates = []
    for order, rule in enumerate(rules):
        for match in rule.pattern.finditer(text):
            start, end = match.span("span")
            groups = {name: value for name, value in match.groupdict().items() if value is not None and name != "span"}
            candidates.append((start, -end, order, rule, groups))
    if not candidates:
        return []
    shut = [match.span() for match in grammar.left_alone.finditer(text)]
    chosen: list[_Match] = []
    for start, negative_end, _, rule, groups in sorted(candidates, key=lambda candidate: candidate[:3]):
        end = -negative_end
        if chosen and start < chosen[-1][1]:
            continue
        if any(start < shut_end and shut_start < end for shut_start, shut_end in shut):
            continue
        chosen.append((start, end, rule, groups))
    return chosen


def _with_years_of_neighbours(
    text: str, matches: list[_Match], grammar: Grammar, reference: date | None
) -> list[_Match]:
    """Years for months and days that share one: "April and October 2024"; without a day of publication also the only
    year that the sentence writes."""
    result = list(matches)
    years = {groups["year"] for _, _, rule, groups in matches if "year" in groups and "year2" not in groups}
    for i in reversed(range(len(result))):
        start, end, rule, groups = result[i]
        if not ({"month", "month_number"} & groups.keys()) or _YEAR_GIVEN & groups.keys():
            continue
        year: str | None = None
        if i + 1 < len(result):
            next_start, _, _, next_groups = result[i + 1]
            if (
                {"year", "month"} <= next_groups.keys()
                and "month" in groups
                and grammar.shared_year.fullmatch(text, end, next_start)
            ):
                later = grammar.value("month", groups["month"]) > grammar.value("month", next_groups["month"])
                year = f"{int(next_groups['year']) - later}"
        if year is None and reference is None and len(years) == 1:
            (year,) = years
        if year is not None:
            result[i] = start, end, rule, {**groups, "year": year}
    return result


def _which_look_ahead(text: str, matches: list[_Match], grammar: Grammar) -> list[bool]:
    """For each match whether its clause looks ahead; the two sides of a range look the same way."""
    ahead = [_looks_ahead(text, start, end, grammar) for start, end, _, _ in matches]
    for i in range(len(matches) - 1):
        if ahead[i] != ahead[i + 1] and _range_words(text, matches[i][:2], matches[i + 1][:2], grammar):
            ahead[i] = ahead[i + 1] = True
    return ahead


def _looks_ahead(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether the clause of an expression speaks of what is to come."""
    if grammar.future_after.match(text, end):
        return True
    since = 0
    for barrier in grammar.barrier.finditer(text, 0, start):
        since = barrier.end()
    return grammar.future.search(text, since, start) is not None


def _with_listed_years(text: str, found: list[_Found], grammar: Grammar) -> list[_Found]:
    """Further years of a list: of "in 2006, 2009 and 2013" only the first stands after a preposition."""
    result: list[_Found] = []
    for one in found:
        if result and one.start < result[-1].end:
            continue
        result.append(one)
        while set(result[-1].groups) == {"year"} and (more := grammar.listed_year.match(text, result[-1].end)):
            interval = Interval(more["year"], more["year"], "as written")
            result.append(
                replace(
                    result[-1],
                    start=more.start("year"),
                    end=more.end("year"),
                    groups={"year": more["year"]},
                    interval=interval,
                )
            )
    return result


def _joined(text: str, found: list[_Found], grammar: Grammar) -> list[_Found]:
    """Two neighbours that make a range ("from Monday to Wednesday", "between March and May") become one."""
    result: list[_Found] = []
    for one in found:
        previous = result[-1] if result else None
        whole = _range(previous, one) if previous and _makes_range(text, previous, one, grammar) else None
        if whole:
            result[-1] = whole
        else:
            result.append(one)
    return result


def _makes_range(text: str, left: _Found, right: _Found, grammar: Grammar) -> bool:
    return left.dated and right.dated and _range_words(text, (left.start, left.end), (right.start, right.end), grammar)


def _range_words(text: str, left: tuple[int, int], right: tuple[int, int], grammar: Grammar) -> bool:
    """Whether the words around two neighbours make one range of them."""
    if right[0] - left[1] > RANGE_CHARACTERS:
        return False
    between, before = text[left[1] : right[0]], text[max(0, left[0] - RANGE_CHARACTERS) : left[0]]
    return any(
        shape.between.match(between) and (not shape.before.pattern or shape.before.search(before))
        for shape in grammar.ranges
    )


def _range(left: _Found, right: _Found) -> _Found | None:
    """From the start of the one to the end of the other; None where that runs backwards."""
    start, end = left.interval.start, right.interval.end
    if start and end and first_day(start) > first_day(end):
        if left.rule.kind == "weekday" and start.count("-") == 2:
            start = (first_day(start) - timedelta(weeks=1)).isoformat()
        elif "year" not in left.groups and "-" in start:
            start = f"{int(start[:4]) - 1:04d}{start[4:]}"
    if start and end and first_day(start) > first_day(end):
        return None
    hows = left.interval.how, right.interval.how
    how = hows[0] if hows[0] == hows[1] else f"from {hows[0]} to {hows[1]}"
    return replace(left, end=right.end, interval=Interval(start, end, how))


def _time(found: _Found, text: str, offset: int, grammar: Grammar) -> Time:
    interval = found.interval
    start, end, how = interval.start, interval.end, interval.how
    if start and start == end:
        nearby = text[max(0, found.start - OPEN_CHARACTERS) : found.start]
        if grammar.open_end.search(nearby):
            end, how = None, f"since {how}"
        elif grammar.open_start.search(nearby):
            start, how = None, f"until {how}"
    return Time(
        span=Span(offset + found.start, offset + found.end),
        start=start,
        end=end,
        rule=f"{found.rule.name}: {how}",
        of_telling=found.dateline or (found.rule.kind not in _NO_DATES and _of_telling(text, found, grammar)),
        duration_days=interval.duration_days,
    )


def _of_telling(text: str, found: _Found, grammar: Grammar) -> bool:
    """Whether the date stands with a verb of saying and so dates what was said, not what was done."""
    before = text[max(0, found.start - TELLING_CHARACTERS) : found.start]
    return bool(
        grammar.telling_before.search(before)
        or grammar.telling_after.match(text, found.end)
        or (grammar.opening.fullmatch(text, 0, found.start) and grammar.telling_opening.match(text, found.end))
    )


def in_span(times: tuple[Time, ...], span: Span) -> tuple[Time, ...]:
    """The times that lie within a span, in order."""
    return tuple(time for time in times if span.contains(time.span))
