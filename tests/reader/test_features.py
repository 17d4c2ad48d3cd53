"""What the stages before found to numbers."""

from datetime import date

import numpy as np

from kronik.model import Mention, Participant, Quote, Report, Span, Time
from kronik.reader import features
from kronik.reader.candidates import PUBLISHED, of_window
from kronik.reader.features import grain, hint_of, of_candidates, of_pairs, of_trigger, of_words
from kronik.reader.given import Given
from kronik.reader.labels import ROLES, STATUSES, TYPES
from kronik.reader.proposals import Hint
from kronik.reader.windows import Window, Word

# Six words of four letters, one space between them: 0-4, 5-9 …
TEXT = "Aaaa aaaa cccc dddd eeee ffff"
WORDS = tuple(Word(Span(5 * n, 5 * n + 4), n // 3, n + 1, n + 2) for n in range(6))
WINDOW = Window((0, *range(10, 16), 2), WORDS)
TRIGGER = Span(10, 14)
MENTIONS = (
    Mention(Span(0, 9), Span(0, 9), "person", "name", 0),
    Mention(Span(15, 19), Span(15, 19), "country", "name", None),
)
DAY = Time(Span(20, 24), "2024-05-03", "2024-05-03", "a day")
SAID = Quote(Span(10, 19), False, Participant("A", "Aaaa", "person", Span(0, 9)), None, "said that")
REPORT = Report("made-up", "en", TEXT, published=date(2024, 5, 3))
GIVEN = Given(REPORT, (), MENTIONS, (DAY,), (SAID,))
MADE = Hint(TRIGGER, "CONSULT", True, "planned", ((1, "recipient"),))
OF_MENTIONS = features.of_mentions("Aaaa aaaa in Bbbb", TEXT, MENTIONS)


def placed(given: Given = GIVEN, items: tuple[Span, ...] = ()) -> features.Placed:
    return features.place(WINDOW, given, of_window(WINDOW, given, items), OF_MENTIONS, [MADE])


def test_words_know_which_types_frames_offer_there_and_what_they_are_in():
    found = of_words(WINDOW, GIVEN, [MADE, Hint(Span(20, 24), "AID")])
    consult, aid = TYPES.index("CONSULT"), TYPES.index("AID")
    assert found.shape == (6, features.OF_WORD)
    assert found[2, consult] == found[2, len(TYPES) + consult] == 1
    assert found[4, aid] == 1
    assert found[4, len(TYPES) + aid] == 0
    rest = found[:, 2 * len(TYPES) :]
    assert rest[:, 0].tolist() == [1, 1, 0, 1, 0, 0]
    assert rest[:, 1].tolist() == [1, 0, 0, 1, 0, 0]
    assert rest[:, 2].tolist() == rest[:, 3].tolist() == [0, 0, 0, 0, 1, 0]
    assert rest[:, 5].tolist() == [0, 0, 1, 1, 0, 0]


def test_a_made_hint_of_the_same_type_is_preferred():
    other = Hint(TRIGGER, "AID", True, "occurred")
    assert hint_of(Span(9, 12), "CONSULT", [other, MADE]) is MADE
    assert hint_of(Span(9, 12), "ASSAULT", [Hint(TRIGGER, "ASSAULT")]) is None


def test_a_trigger_knows_the_status_that_the_rules_gave_and_whether_it_is_said():
    assert of_trigger(TRIGGER, "CONSULT", MADE, ())[len(TYPES) + STATUSES.index("planned")] == 1
    without = of_trigger(TRIGGER, "CONSULT", None, ())
    assert without[len(TYPES) + len(STATUSES)] == 1
    assert (of_trigger(TRIGGER, "CONSULT", None, [SAID]) - without).sum() == 1


def test_mentions_know_whether_their_report_is_about_them():
    assert OF_MENTIONS[0, -2] == 1
    assert OF_MENTIONS[1, -2] == 0
    more = (*MENTIONS, Mention(Span(20, 24), Span(20, 24), "person", "name", 0))
    counted = features.of_mentions(None, TEXT, more)
    assert counted[:, -2].sum() == 0
    assert counted[:, -1].tolist() == [1, 1, 0]
    assert not np.array_equal(counted[0], features.of_mentions(None, TEXT, MENTIONS)[0])


def test_a_window_offers_its_mentions_times_and_things_and_the_day_of_publication():
    found = of_window(WINDOW, GIVEN, [Span(25, 29)])
    assert [(c.kind, c.number, c.stands) for c in found] == [
        ("mention", 0, "inside"),
        ("mention", 1, "inside"),
        ("time", 0, "inside"),
        ("time", PUBLISHED, "published"),
        ("item", 0, "inside"),
    ]


def test_a_later_window_offers_the_first_and_the_last_date_before_it():
    times = tuple(Time(Span(at, at + 4), f"2024-05-0{at // 5 + 1}", None, "a day") for at in (0, 5, 10))
    later = Window((0, 13, 14, 2), WORDS[4:])
    found = of_window(later, Given(Report("made-up", "en", TEXT), (), (), times), ())
    assert [(c.number, c.stands, c.span) for c in found] == [(0, "first", None), (2, "last", None)]


def test_a_time_without_a_date_is_no_candidate():
    vague = Time(Span(20, 24), None, None, "vague")
    assert of_window(WINDOW, Given(Report("made-up", "en", TEXT), (), (), (vague,)), ()) == ()


def test_times_know_how_much_they_span_and_whether_they_are_the_day_of_publication():
    assert grain(DAY) == "day"
    assert grain(Time(DAY.span, "2024", "2024", "")) == "year"
    assert grain(Time(DAY.span, "2024-05-01", "2024-05-03", "")) == "days"
    assert grain(Time(DAY.span, "2024-05-01", None, "")) == "other"
    inside, published = of_candidates(of_window(WINDOW, GIVEN, ()), GIVEN, OF_MENTIONS)[2:]
    start = len(features.CANDIDATES) + features.OF_MENTION
    assert inside[start : start + 4].tolist() == [1, 0, 0, 0]
    assert published[start : start + 4].tolist() == [0, 0, 0, 1]
    assert inside[start + 4 :].tolist() == published[start + 4 :].tolist()


def test_pairs_tell_sides_and_the_rules_role_apart():
    found = of_pairs(placed(), TRIGGER, "CONSULT", MADE)
    assert found.shape == (4, features.OF_PAIR)
    sides = found[:, features.OF_CANDIDATE : features.OF_CANDIDATE + len(features.DISTANCES) + 1]
    assert sides.sum(1).tolist() == [1, 1, 1, 0]
    assert sides[0].argmax() < sides[1].argmax() < sides[2].argmax()
    changed = found - of_pairs(placed(), TRIGGER, "CONSULT", None)
    assert changed.sum(1).tolist() == [1, 2, 1, 1]  # there is a hint of the type; to one mention it gives a role
    assert len(ROLES) == 4


def test_pairs_know_who_speaks_around_the_trigger():
    unsaid = Given(REPORT, (), MENTIONS, (DAY,), ())
    changed = of_pairs(placed(), TRIGGER, "CONSULT", None) - of_pairs(placed(unsaid), TRIGGER, "CONSULT", None)
    assert changed[0].sum() == 2  # outside of the quote, and its speaker
    assert changed[1].sum() == 1  # inside of it
