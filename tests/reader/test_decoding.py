"""Scores of tags and pairs to spans and roles."""

import numpy as np
import pytest

from kronik.model import Mention, Span
from kronik.reader.decoding import Tagged, calibrated, log_softmax, roles, spans
from kronik.reader.labels import ROLES, begin, inside, tags

KINDS = 2


def scored(*best: int) -> np.ndarray:
    """Scores in which each word's named tag is the likeliest by far."""
    logits = np.zeros((len(best), tags(KINDS)), np.float32)
    for at, tag in enumerate(best):
        logits[at, tag] = 8.0
    return log_softmax(logits)


def test_spans_are_read_from_begin_to_last_inside():
    found = spans(scored(0, begin(1), inside(1), 0, begin(0), begin(0)))
    assert [(s.first, s.after, s.kind) for s in found] == [(1, 3, 1), (4, 5, 0), (5, 6, 0)]
    assert all(s.probability > 0.9 for s in found)


def test_an_inside_never_follows_the_outside_or_another_kind():
    for found in (spans(scored(0, inside(1), 0)), spans(scored(begin(0), inside(1), inside(1)))):
        assert all(isinstance(s, Tagged) for s in found)
    # The inside of kind 1 is begun by its own begin, though another tag was likelier there.
    logits = np.zeros((2, tags(KINDS)), np.float32)
    logits[0, 0], logits[0, begin(1)], logits[1, inside(1)] = 1.0, 0.5, 9.0
    assert [(s.first, s.after, s.kind) for s in spans(log_softmax(logits))] == [(0, 2, 1)]


def test_the_first_word_is_no_inside():
    assert spans(scored(inside(0), 0)) == [] or spans(scored(inside(0), 0))[0].first == 0
    assert all(s.after - s.first >= 1 for s in spans(scored(inside(0), inside(0))))


def test_no_words_no_spans():
    assert spans(np.zeros((0, tags(KINDS)), np.float32)) == []


def mention(start: int, entity: int | None) -> Mention:
    return Mention(Span(start, start + 3), Span(start, start + 3), "country", "name", entity)


LEAST = dict.fromkeys(ROLES, 0.5)


def test_an_entity_takes_the_likelier_of_actor_and_recipient_at_its_likeliest_mention():
    mentions = [mention(0, 7), mention(10, 8), mention(20, 7)]
    #                        actor recipient place source
    probabilities = np.array([[0.6, 0.1, 0.0, 0.0], [0.2, 0.7, 0.8, 0.0], [0.9, 0.95, 0.0, 0.1]], np.float32)
    found = roles(probabilities, [0, 1, 2], mentions, LEAST, {})
    assert [(number, role) for number, role, _ in found] == [(1, "recipient"), (2, "recipient"), (1, "place")]


def test_mentions_of_unknown_entities_stay_apart():
    mentions = [mention(0, None), mention(10, None)]
    probabilities = np.array([[0.6, 0, 0, 0], [0.7, 0, 0, 0]], np.float32)
    assert len(roles(probabilities, [0, 1], mentions, LEAST, {})) == 2


def test_a_role_that_would_stay_empty_is_given_to_the_likeliest_above_its_floor():
    mentions = [mention(0, 1), mention(10, 2)]
    probabilities = np.array([[0.3, 0.1, 0, 0], [0.2, 0.05, 0, 0]], np.float32)
    assert roles(probabilities, [0, 1], mentions, LEAST, {}) == ()
    assert roles(probabilities, [0, 1], mentions, LEAST, {"actor": 0.25}) == ((0, "actor", 0.3),)
    assert roles(probabilities, [0, 1], mentions, LEAST, {"actor": 0.35}) == ()


def test_in_a_mutual_act_all_are_actors():
    mentions = [mention(0, 1), mention(10, 2)]
    probabilities = np.array([[0.9, 0.1, 0, 0], [0.3, 0.6, 0, 0]], np.float32)
    found = roles(probabilities, [0, 1], mentions, LEAST, {}, mutual=True)
    assert [(number, role) for number, role, _ in found] == [(0, "actor"), (1, "actor")]


def test_a_calibrated_probability_keeps_its_order_and_its_bounds():
    assert calibrated(0.7, 0.0, 1.0) == pytest.approx(0.7)
    assert 0.0 < calibrated(0.0, -1.0, 0.5) < calibrated(0.6, -1.0, 0.5) < calibrated(1.0, -1.0, 0.5) < 1.0
