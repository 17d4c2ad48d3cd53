"""Examples to rows and batches: what the network is asked to learn stands where it should."""

import random
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
sys.path.insert(0, str(Path(__file__).parents[2]))
from training.model import span_means  # noqa: E402

from kronik.model import Page  # noqa: E402
from kronik.reader.labels import LINKS, STATUSES, TYPES, begin, inside  # noqa: E402
from training import batches, examples  # noqa: E402

TEXT = "Israel launched air strikes on the port of Hodeidah in Yemen on Monday. Iran condemned the strikes."
STRIKES = {
    "type": "ASSAULT",
    "mode": "aerial",
    "trigger": "air strikes",
    "evidence": "Israel launched air strikes on the port of Hodeidah in Yemen",
    "actors": [{"name": "Israel", "text": "Israel"}],
    "recipients": [],
    "place": {"name": "Hodeidah", "text": "Hodeidah"},
    "start": "2024-05-06",
    "end": "2024-05-06",
    "items": [{"name": "air strike", "text": "strikes", "quantity": None, "unit": None}],
    "status": "occurred",
    "sources": [],
}


class Letters:
    """A tokenizer of one piece a letter; its number is the letter's code."""

    def encode(self, text, add_special_tokens):
        return type("Encoding", (), {"ids": [ord(c) for c in text], "offsets": [(n, n + 1) for n in range(len(text))]})

    def encode_batch(self, texts, add_special_tokens):
        return [self.encode(text, add_special_tokens) for text in texts]


@pytest.fixture(scope="module")
def row():
    page = Page("made-up", "made-up", TEXT, "text", title="Port", published=date(2024, 5, 7), language="en")
    example = examples.read(page, {"id": "made-up", "report": {"language": "en"}, "events": [STRIKES]})
    rows = batches.Rows([example], Letters(), without_hints=1.0, repeat_weight=0.25)
    (row,) = rows.draw(random.Random(3)) if len(rows.draw(random.Random(3))) == 1 else (None,)
    if row is None:
        pytest.fail("the text falls into more than one window")
    return row


def test_a_trigger_is_tagged_and_its_pieces_spell_it(row):
    kind = TYPES.index("ASSAULT")
    tagged = [int(tag) for tag in row.tags if tag]
    assert tagged == [begin(kind), inside(kind)]
    ((first, after),) = row.spans
    assert "".join(map(chr, row.pieces[first:after])) == "air strikes"
    assert row.statuses == [STATUSES.index("occurred")]


def test_repeats_weigh_less(row):
    weights = dict(zip(range(len(row.weights)), row.weights, strict=True))
    assert sorted(set(weights.values())) == [0.25, 1.0]


def test_pairs_want_the_annotated_links(row):
    (pairs,) = row.pairs
    linked = {
        ("".join(map(chr, row.pieces[first:after])), LINKS[column])
        for (first, after), wanted in zip(pairs.candidates, pairs.wanted, strict=True)
        for column in np.flatnonzero(wanted == 1)
    }
    assert linked == {("Israel", "actor"), ("Hodeidah", "place"), ("Monday", "time"), ("strikes", "item")}


def test_a_day_of_publication_that_the_words_do_not_mean_is_no_time_of_the_event(row):
    (pairs,) = row.pairs
    (published,) = [n for n, (first, after) in enumerate(pairs.candidates) if first == after]
    assert pairs.wanted[published, LINKS.index("time")] == 0
    assert np.isnan(pairs.wanted[published, LINKS.index("actor")])


def test_things_are_tagged(row):
    assert [int(tag) for tag in row.things if tag] == [begin(0)]


def test_a_batch_pads_and_keeps_owners_apart(row):
    batch = batches.collate([row, row])
    assert batch.pieces.shape == batch.keep.shape
    assert batch.owners.unique().tolist() == [0, 1]
    assert len(batch.candidates) == len(batch.wanted) == len(batch.of_pairs)


def test_span_means_are_means():
    states = torch.arange(12, dtype=torch.float32).view(1, 6, 2)
    assert torch.allclose(span_means(states, [(0, 1, 4)]), states[0, 1:4].mean(0, keepdim=True))
