"""Hints and mentions to numbers."""

import numpy as np

from kronik.model import Mention, Span
from kronik.reader import features
from kronik.reader.features import hint_of, of_pairs, of_trigger, of_words
from kronik.reader.labels import ROLES, STATUSES, TYPES
from kronik.reader.proposals import Hint
from kronik.reader.windows import Window, Word

# Five words of four letters, one space between them: 0-4, 5-9 …
WORDS = tuple(Word(Span(5 * n, 5 * n + 4), n // 3, n + 1, n + 2) for n in range(5))
WINDOW = Window((0, *range(10, 15), 2), WORDS)
TRIGGER = Span(10, 14)
MENTIONS = (
    Mention(Span(0, 9), Span(0, 9), "person", "name", 0),
    Mention(Span(15, 19), Span(15, 19), "country", "name", None),
)
OF_MENTIONS = features.of_mentions("Aaaaaaaaa in Bbbb", "Aaaaaaaaa cccc dddd eeee", MENTIONS)
MADE = Hint(TRIGGER, "CONSULT", True, "planned", ((1, "recipient"),))


def test_words_know_which_types_frames_offer_there():
    found = of_words(WINDOW, MENTIONS, [MADE, Hint(Span(20, 24), "AID")])
    consult, aid = TYPES.index("CONSULT"), TYPES.index("AID")
    assert found.shape == (5, features.OF_WORD)
    assert found[2, consult] == found[2, len(TYPES) + consult] == 1
    assert found[4, aid] == 1
    assert found[4, len(TYPES) + aid] == 0
    assert found[:, -2].tolist() == [1, 1, 0, 1, 0]
    assert found[:, -1].tolist() == [1, 0, 0, 1, 0]


def test_a_made_hint_of_the_same_type_is_preferred():
    other = Hint(TRIGGER, "AID", True, "occurred")
    assert hint_of(Span(9, 12), "CONSULT", [other, MADE]) is MADE
    assert hint_of(Span(9, 12), "ASSAULT", [Hint(TRIGGER, "ASSAULT")]) is None


def test_a_trigger_knows_the_status_that_the_rules_gave():
    assert of_trigger("CONSULT", MADE)[len(TYPES) + STATUSES.index("planned")] == 1
    assert of_trigger("CONSULT", None)[-1] == 1


def test_mentions_know_whether_their_report_is_about_them():
    text = "Aaaaaaaaa cccc dddd eeee"
    assert OF_MENTIONS[0, -2] == 1
    assert OF_MENTIONS[1, -2] == 0
    more = (*MENTIONS, Mention(Span(20, 24), Span(20, 24), "person", "name", 0))
    counted = features.of_mentions(None, text, more)
    assert counted[:, -2].sum() == 0
    assert counted[:, -1].tolist() == [1, 1, 0]
    assert not np.array_equal(counted[0], features.of_mentions(None, text, MENTIONS)[0])


def test_pairs_tell_sides_and_the_rules_role_apart():
    found = of_pairs(WINDOW, TRIGGER, "CONSULT", MADE, MENTIONS, [0, 1], OF_MENTIONS)
    assert found.shape == (2, features.OF_PAIR)
    sides = found[:, features.OF_MENTION : features.OF_MENTION + len(features.DISTANCES) + 1]
    assert sides.sum(1).tolist() == [1, 1]
    assert sides[0].argmax() < sides[1].argmax()
    without = of_pairs(WINDOW, TRIGGER, "CONSULT", None, MENTIONS, [0, 1], OF_MENTIONS)
    changed = found - without
    assert changed[0].sum() == 1  # there is a hint of the type
    assert changed[1].sum() == 2  # and it gives this mention a role
    assert len(ROLES) == 4
