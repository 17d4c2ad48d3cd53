from __future__ import annotations

from dataclasses import dataclass

import pytest

from kronik import languages
from kronik.errors import LanguageDataError
from kronik.events.contexts import contexts_of, entries, with_contexts
from kronik.languages import Language
from kronik.model import Event, Report, Sentence, Span
from kronik.pipeline import read_report
from kronik.world import plover


@dataclass(frozen=True, eq=False)
class Made(Language):
    """A language with these rows for its table of contexts."""

    rows: tuple[tuple[str, str], ...] = ()

    def __hash__(self) -> int:
        return id(self)

    def table(self, name: str) -> tuple[dict[str, str], ...]:
        return tuple({"text": text, "context": context} for text, context in self.rows)


MADE = Made(
    "en",
    (
        ("army", "military"), ("diplomat*", "diplomatic"), ("trade", "economic"), ("trade in people", "trafficking"),
        ("women's rights", "gender"), ("women's rights", "rights_freedoms"), ("anti-terror law*", "terrorism"),
        ("theft", "crime"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Army left.", {"military"}),
        ("Two diplomats and one diplomat’s wife", {"diplomatic"}),
        ("An armyworm.", set()),
        ("They stopped the trade.", {"economic"}),
        ("They stopped the trade in people.", {"trafficking"}),
        ("A march for women’s rights", {"gender", "rights_freedoms"}),
        ("The anti-terror laws", {"terrorism"}),
        ("Talks on trade in", {"economic"}),
        ("", set()),
    ],
)
def test_the_longest_words_at_a_place_tell_all_their_contexts(text: str, told: set[str]) -> None:
    assert contexts_of(text, MADE) == told


def event(start: int, kind: str = "CONSULT", mode: str | None = None, further: tuple[Span, ...] = ()) -> Event:
    return Event(kind, mode, Span(start, start + 3), Span(start, start + 3), "occurred", 0.5, further=further)  # type: ignore[arg-type]


def told(text: str, *events: Event) -> list[tuple[str, ...]]:
    ends = [n + 1 for n, sign in enumerate(text) if sign == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    parts = [Sentence(Span(start, end), 0, ()) for start, end in zip(starts, ends, strict=True)]
    return [one.contexts for one in with_contexts(events, Report("made", "en", text), parts, MADE)]


def test_an_event_has_the_contexts_of_its_own_sentences_in_plovers_order() -> None:
    text = "They met on trade and the army. A theft was told. They met on diplomacy and trade."
    assert told(text, event(0), event(32), event(50)) == [("military", "economic"), ("crime",), ("economic",)]
    assert told(text, event(0, further=(Span(34, 39),))) == [("military", "economic", "crime")]


def test_a_mode_may_bring_its_context_and_a_narrower_crime_takes_its_place() -> None:
    assert told("They did it.", event(0, "COERCE", "cyber")) == [("cyber",)]
    assert told("A theft and trade in people.", event(0)) == [("trafficking",)]


def test_a_wrong_row_is_told_by_file_and_words() -> None:
    with pytest.raises(LanguageDataError, match=r"en/contexts.tsv: 'ship': PLOVER has no context 'sea'"):
        entries(Made("en", (("ship", "sea"),)))
    for text in ("Ship", "ship* yard", "*"):
        with pytest.raises(LanguageDataError, match="write lower case"):
            entries(Made("en", ((text, "military"),)))


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_has_words_for_every_context(code: str) -> None:
    exact, going_on = entries(languages.load(code))
    assert {entry.context for of_word in exact.values() for entry in of_word} | {
        entry.context for entry in going_on
    } == set(plover.contexts())


@pytest.mark.parametrize(
    ("code", "text", "contexts"),
    [
        ("en", "Japan and France signed a deal on nuclear weapons and trade.", ("economic", "cbrn")),
        ("en", "The foreign minister of Japan visited France.", ("diplomatic",)),
        ("id", "Militer Rusia menyerang Ukraina.", ("military",)),
        ("id", "Jepang dan Prancis membahas senjata nuklir.", ("cbrn",)),
        ("id", "Polisi menangkap pelaku perdagangan orang.", ("trafficking",)),
        ("ms", "Menteri Luar Jepun melawat Perancis.", ("diplomatic",)),
    ],
)
def test_what_is_told_of_the_languages_own_words(code: str, text: str, contexts: tuple[str, ...]) -> None:
    assert tuple(c for c in plover.contexts() if c in contexts_of(text, languages.load(code))) == contexts


def test_a_reading_has_contexts() -> None:
    (found,) = read_report(Report("made", "en", "The army of France attacked Mali on Monday."), fast=True).events
    assert found.contexts == ("military",)
