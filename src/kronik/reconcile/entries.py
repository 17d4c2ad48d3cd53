"""Decisions about pairs of events to entries of the chronicle, and what an entry says of the reports that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kronik.model import Decision
from kronik.reconcile.grouping import grouped

Json = dict[str, Any]

CLOSE = 0.4
"""Two groups of events are one entry where the mean score over all their pairs is at least this."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it, with what counts for whose word it is."""

    id: str
    report: str
    number: int
    published: str | None
    outlet: str | None
    credits: tuple[str, ...]
    event: Json


def entries_of(decisions: Iterable[Decision]) -> list[tuple[str, ...]]:
    """The entries of several events, each sorted by id; a function of the decisions, whatever their order.

    What a person judged counts over what comparing found. Two events of one report stay two, as the report tells them
    as two, unless a person binds them.
    """
    scores: dict[tuple[str, str], float] = {}
    bound, parted = set(), set()
    reports: dict[str, str] = {}
    for one in decisions:
        pair = (min(one.left, one.right), max(one.left, one.right))
        reports[one.left], reports[one.right] = one.left_report, one.right_report
        if one.by_person and one.kind == "same-event":
            bound.add(pair)
        elif one.by_person and one.kind == "different-event":
            parted.add(pair)
        elif one.kind == "same-event":
            scores[pair] = max(scores.get(pair, 0.0), one.score)
    together: dict[str, list[str]] = defaultdict(list)
    for event, report in reports.items():
        together[report].append(event)
    for events in together.values():
        parted.update(pair for pair in combinations(sorted(events), 2) if pair not in bound)
    return grouped(scores, bound, parted, CLOSE)


def summary(tellings: Sequence[Telling], families: Mapping[str, str]) -> Json:
    """What an entry says: who tells it, how many of them by themselves, who first, what differs, whether it is denied.

    ``families`` gives for a report the name of the set of copies, translations and updates that it belongs to; reports
    without one stand alone. Nothing is averaged: what differs is listed with the events that tell it so.
    """
    ordered = sorted(tellings, key=lambda one: (one.published is None, one.published or "", one.report, one.number))
    first = ordered[0]
    statuses = {one.event["status"] for one in ordered}
    sources = independent(ordered, families)
    return {
        "entry": first.id,
        "events": [one.id for one in ordered],
        "reports": sorted({one.report for one in ordered}),
        "independent": len(sources),
        "sources": sources,
        "first": {
            "event": first.id,
            "report": first.report,
            "publisher": first.outlet,
            "published": first.published,
            "according_to": [who["name"] for who in first.event["sources"]] or list(first.credits),
        },
        "disputed": "denied" in statuses and len(statuses) > 1,
        "differences": differences(ordered),
    }


def independent(tellings: Sequence[Telling], families: Mapping[str, str]) -> list[Json]:
    """The sources that tell an event independently: sets of reports that count once, with the reasons.

    Reports count once that are copies, translations or updates of one another, that one outlet published, that credit
    one agency, or that name the same original source for the event. (The original source is the innermost one that the
    event names; an unnamed group, such as officials, is nobody in particular.)
    """
    marks: dict[str, dict[str, str]] = defaultdict(dict)  # by mark: the reports, with why
    for one in tellings:
        report = one.report
        marks[f"report {report}"][report] = "stands alone"
        if report in families:
            marks[f"family {families[report]}"][report] = "copies, translations or updates of one text"
        if one.outlet:
            marks[f"outlet {one.outlet}"][report] = f"from {one.outlet}"
        for credit in one.credits:
            marks[f"outlet {credit}"].setdefault(report, f"credits {credit}")
        said = one.event["sources"]
        if said and said[0]["kind"] != "group":
            marks[f"outlet {said[0]['name']}"].setdefault(report, f"according to {said[0]['name']}")
    home = {one.report: one.report for one in tellings}

    def top(report: str) -> str:
        while home[report] != report:
            report = home[report]
        return report

    why: dict[str, list[str]] = defaultdict(list)
    for mark, reports in sorted(marks.items()):
        if len(reports) < 2:
            continue
        those = sorted(reports)
        for other in those[1:]:
            left, right = top(those[0]), top(other)
            home[max(left, right)] = min(left, right)
        told = sorted(set(reports.values()))
        why[mark] = [f"{', '.join(those)}: {' / '.join(told)}"]
    groups: dict[str, list[str]] = defaultdict(list)
    for report in sorted(home):
        groups[top(report)].append(report)
    return [
        {
            "reports": group,
            "because": sorted(
                reason for mark, told in why.items() for reason in told if set(marks[mark]) <= set(group)
            ),
        }
        for _, group in sorted(groups.items())
    ]


def differences(tellings: Sequence[Telling]) -> Json:
    """What the tellings say differently: for each field its values, each with the events that tell it so."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in tellings:
        event = one.event
        for field in ("status", "mode", "start", "end"):
            if event[field] is not None:
                told[field][event[field]].append(one.id)
        if event["place"]:
            told["place"][event["place"]["name"]].append(one.id)
        for item in event["items"]:
            if item["quantity"] is not None:
                amount = " ".join(str(part) for part in (item["quantity"], item["unit"]) if part is not None)
                told[f"number of {item['name']}"][amount].append(one.id)
    return {
        field: {value: sorted(set(events)) for value, events in sorted(values.items())}
        for field, values in sorted(told.items())
        if len(values) > 1
    }


def families_of(decisions: Iterable[Decision]) -> dict[str, str]:
    """For every report that is a copy, translation or update of another, or has one: the first id of its set."""
    above: dict[str, str] = {}

    def top(report: str) -> str:
        while above.setdefault(report, report) != report:
            above[report] = above[above[report]]
            report = above[report]
        return report

    for one in decisions:
        if one.kind in ("copy", "translation", "update"):
            left, right = top(one.left), top(one.right)
            if left != right:
                above[max(left, right)] = min(left, right)
    return {report: top(report) for report in list(above)}
