import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from click.testing import CliRunner

import kronik.pipeline
from kronik.events.passages import Passage
from kronik.model import Page, Reading, Report, Span
from kronik.reader.candidates import PUBLISHED
from kronik.reader.proposals import Proposal
from kronik.show.command_line import commands
from kronik.show.text import Line
from kronik.show.trace import to_trace, trace
from kronik.show.trace_lines import trace_lines

Json = dict[str, Any]


class Proposing:
    """In the place of the trained reader: proposes what it was given, and weighs by its probability alone."""

    def __init__(self, *proposals: Proposal) -> None:
        self.proposals = proposals

    def judge(self, rows: Sequence[Mapping[str, float]]) -> list[tuple[float, float]]:
        return [(found, found) for row in rows for found in [1 / (1 + math.exp(-row["logit"]))]]

    def read(self, *given: object) -> tuple[Proposal, ...]:
        return self.proposals


def traced(text: str, *, fast: bool = True) -> Json:
    passages: list[Passage] = []
    reading = kronik.pipeline.read_report(Report("made", "en", text), fast=fast, watch=passages.append)
    return to_trace(reading, passages)


def attempts(text: str) -> set[tuple[str, str, str]]:
    """(trigger, type, outcome) of each attempt of a text."""
    return {
        (attempt["trigger"], attempt["type"], attempt["outcome"])
        for sentence in traced(text)["sentences"]
        for attempt in sentence["attempts"]
    }


def plain(lines: Iterable[Line]) -> str:
    return "\n".join(f"{line.lead:<{line.indent}}{line.words.plain}" for line in lines)


@pytest.mark.parametrize(
    ("text", "trigger", "event_type", "outcome"),
    [
        ("France attacked Mali.", "attacked", "ASSAULT", "made"),
        ("If France attacked Mali, Chad would suffer.", "attacked", "ASSAULT", "conditional"),
        ("The visit went well.", "visit", "CONSULT", "points back"),
        ("France urged Mali to leave Chad.", "leave", "RETREAT", "asked for"),
        ("People met.", "met", "CONSULT", "role empty"),
    ],
)
def test_each_attempt_says_what_became_of_it(text: str, trigger: str, event_type: str, outcome: str) -> None:
    assert (trigger, event_type, outcome) in attempts(text)


def test_a_needed_role_that_is_empty_is_named_with_what_was_found() -> None:
    (attempt,) = (a for a in traced("China met.")["sentences"][0]["attempts"] if a["outcome"] == "role empty")
    assert attempt["why"].startswith("no recipient; actor: China; actor: the noun before the verb")


def test_a_shorter_trigger_is_taken_by_the_longer_one_that_was_read() -> None:
    taken = [a for a in traced("China gave Russia rice.")["sentences"][0]["attempts"] if a["outcome"] == "taken"]
    assert taken
    assert all("has read “gave” here" in attempt["why"] for attempt in taken)


def test_what_the_reader_proposes_is_told_or_under_the_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "France attacked Mali. Kenya visited Chad. Peru met Cuba."
    sure = Proposal(Span(7, 15), "ASSAULT", None, "occurred", 0.9, ((0, "actor", 0.8), (1, "recipient", 0.7)))
    unsure = Proposal(Span(28, 35), "CONSULT", "visit", "occurred", 0.2)
    monkeypatch.setattr(kronik.pipeline.reader, "load", lambda: Proposing(sure, unsure))
    shown = traced(text, fast=False)
    first, second, third = shown["sentences"]
    (told,) = first["proposals"]
    assert (told["outcome"], told["probability"]) == ("told", 0.9)
    assert [(role["role"], role["text"], role["probability"]) for role in told["roles"]] == [
        ("actor", "France", 0.8), ("recipient", "Mali", 0.7),
    ]  # fmt: skip
    assert [p["outcome"] for p in second["proposals"]] == ["under the threshold"]
    assert (second["events"], third["proposals"]) == ([], [])
    assert [[a["why"] for a in s["attempts"] if a["outcome"] == "made"] for s in shown["sentences"]] == [
        ["the reader reads the same act"],
        ["dropped: weighed 0.20 only, as the reader proposes it"],
        ["dropped: the reader proposes nothing here"],
    ]
    assert "“visited” CONSULT visit, occurred, probability 0.20, weighed 0.20: under the threshold of 0.30" in plain(
        trace_lines(shown)
    )


def test_what_the_reader_links_to_a_proposal_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "France sent rice to Mali. It was on 3 May 2023. Kenya gave Chad help."
    sent = Proposal(Span(7, 11), "AID", None, "occurred", 0.9, time=(0, 0.75), items=((Span(12, 16), 0.66),))
    at = text.index("gave")
    gave = Proposal(Span(at, at + 4), "AID", None, "occurred", 0.9, time=(PUBLISHED, 0.5))
    monkeypatch.setattr(kronik.pipeline.reader, "load", lambda: Proposing(sent, gave))
    shown = traced(text, fast=False)
    first, _, third = shown["sentences"]
    ((told,), (other,)) = (first["proposals"], third["proposals"])
    when = {"text": "3 May 2023", "span": [36, 46], "start": "2023-05-03", "end": "2023-05-03", "probability": 0.75}
    assert told["time"] == when
    assert told["items"] == [{"text": "rice", "span": [12, 16], "probability": 0.66}]
    assert other["time"] == {"text": None, "span": None, "start": None, "end": None, "probability": 0.5}
    assert other["items"] == []
    lines = plain(trace_lines(shown))
    assert "; time “3 May 2023” = 2023-05-03 to 2023-05-03 0.75; item “rice” 0.66" in lines
    assert "; time the day of publication = … to … 0.50" in lines


def test_an_event_told_twice_says_which_took_it_in() -> None:
    first, second = traced("France attacked Mali. On Monday France attacked Mali.")["sentences"]
    kept = {(event["number"], event["merged"]) for event in first["events"] + second["events"]}
    assert kept == {(1, False), (1, True)}


def test_times_say_who_took_them() -> None:
    (sentence,) = traced("France attacked Mali on 3 May 2023.")["sentences"]
    assert [(time["text"], time["taken_by"]) for time in sentence["times"]] == [("3 May 2023", ["attacked"])]


def test_quotes_stand_with_their_rule_where_they_begin() -> None:
    said = "We shall stay there as long as we must"
    sentences = traced(f"Kenya attacked Chad. “{said},” Emmanuel Macron said.")["sentences"]
    assert [[quote["text"] for quote in sentence["quotes"]] for sentence in sentences] == [[], [said]]
    assert sentences[1]["quotes"][0]["rule"]


def test_watching_changes_nothing() -> None:
    report = Report("made", "en", "France attacked Mali on Monday. Kenya visited Chad.")
    assert kronik.pipeline.read_report(report, fast=True, watch=lambda _: None) == kronik.pipeline.read_report(
        report, fast=True
    )


def test_a_page_without_events_has_its_sentences_alone() -> None:
    def read_page(page: Page, watch: object) -> Reading:
        return Reading(Report(page.id, "en", ""))

    lines = plain(trace_lines(trace(Page("empty", "empty.txt", "", "text"), read_page)))
    assert lines.endswith("empty: 0 sentences, 0 events")


def test_the_command_prints_text_or_one_object_a_page(tmp_path: Any) -> None:
    (tmp_path / "page.txt").write_text("A note\n\nFrance attacked Mali on Monday. The minister said that it was over.")
    call = ["read", str(tmp_path), "--trace", "--fast", "--language", "en"]
    text = CliRunner().invoke(commands, call)
    assert text.exit_code == 0, text.output
    assert "frames    “attacked” active, " in text.stdout
    (line,) = CliRunner().invoke(commands, [*call, "--json"]).stdout.splitlines()
    assert json.loads(line)["sentences"][0]["text"] == "France attacked Mali on Monday."
