"""The network: one encoder, and heads for triggers, things, modes, statuses, links and names on its states."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kronik.reader import features
from kronik.reader.labels import ITEM_KINDS, LINKS, MODES, STATUSES, TYPES, tags
from training.encoder import Encoder

TRIGGER_INNER = 256
ITEM_INNER = 96
SPAN_INNER = 192
PAIR_PART = 128
PAIR_INNER = 192
PAIR_HEADS = 4
HEAD_DROPOUT = 0.2
PADDED_TO = 32  # few lengths: each new shape costs the CPU kernels a second of preparation
NAME_KINDS = ("person", "organisation", "place")


class Perceptron(nn.Module):
    """One hidden layer with GELU."""

    def __init__(self, inputs: int, inner: int, outputs: int) -> None:
        super().__init__()
        self.inner = nn.Linear(inputs, inner)
        self.outer = nn.Linear(inner, outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.outer(functional.dropout(functional.gelu(self.inner(x)), HEAD_DROPOUT, self.training))


class Heads(nn.Module):
    """Everything after the encoder."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(hidden))
        self.register_buffer("deviation", torch.ones(hidden))
        self.trigger = Perceptron(hidden + features.OF_WORD, TRIGGER_INNER, tags(len(TYPES)))
        self.items = Perceptron(hidden + features.OF_WORD, ITEM_INNER, tags(ITEM_KINDS))
        self.names = nn.Linear(hidden, tags(len(NAME_KINDS)))
        self.status = Perceptron(hidden + features.OF_TRIGGER, SPAN_INNER, len(STATUSES))
        self.mode = Perceptron(hidden + features.OF_TRIGGER, SPAN_INNER, len(MODES))
        self.of_trigger = nn.Linear(hidden, PAIR_PART)
        self.of_candidate = nn.Linear(hidden, PAIR_PART)
        self.pair = nn.Linear(3 * PAIR_PART + features.OF_PAIR, PAIR_INNER)
        self.pair_norm = nn.LayerNorm(PAIR_INNER)
        self.among = nn.Linear(PAIR_INNER, 3 * PAIR_INNER)
        self.link = Perceptron(2 * PAIR_INNER, PAIR_INNER, len(LINKS))

    def standardise(self, states: Tensor) -> Tensor:
        """States with mean 0 and deviation 1 in each dimension: the large direction that they share is taken out."""
        return functional.dropout((states.float() - self.mean) / self.deviation, 0.1, self.training)

    def pairs(self, triggers: Tensor, candidates: Tensor, of_pairs: Tensor, owners: Tensor) -> Tensor:
        """A logit a link, of the candidate having it, for rows of trigger, candidate and their features.

        Rows of one owner, a trigger's number, see each other: whether a mention fills a role depends on the others.
        """
        left, right = self.of_trigger(triggers), self.of_candidate(candidates)
        each = functional.gelu(self.pair(torch.cat([left, right, left * right, of_pairs], -1)))
        each = self.pair_norm(functional.dropout(each, HEAD_DROPOUT, self.training))
        query, key, value = self.among(each).view(-1, 3, PAIR_HEADS, PAIR_INNER // PAIR_HEADS).permute(1, 2, 0, 3)
        apart = (owners[:, None] != owners[None, :]).to(each.dtype) * -1e4
        weights = torch.softmax(query @ key.transpose(-1, -2) * (PAIR_INNER // PAIR_HEADS) ** -0.5 + apart, -1)
        others = (weights @ value).transpose(0, 1).reshape(-1, PAIR_INNER)
        return self.link(torch.cat([each, others], -1))


class Triggers(nn.Module):
    """Words' states and features to the logits of triggers' and of things' tags, as the package runs it."""

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, states: Tensor, of_words: Tensor) -> tuple[Tensor, Tensor]:
        joined = torch.cat([self.heads.standardise(states), of_words], -1)
        return self.heads.trigger(joined), self.heads.items(joined)


class Spans(nn.Module):
    """Triggers' states and features to the logits of statuses and of modes, as the package runs it."""

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, triggers: Tensor, of_triggers: Tensor) -> tuple[Tensor, Tensor]:
        joined = torch.cat([self.heads.standardise(triggers), of_triggers], -1)
        return self.heads.status(joined), self.heads.mode(joined)


class Links(nn.Module):
    """Triggers' and candidates' states and the pairs' features to the logits of links, as the package runs it.

    A candidate that stands outside of the window has no state: for its row ``inside`` is 0.
    """

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, triggers: Tensor, candidates: Tensor, inside: Tensor, of_pairs: Tensor, owners: Tensor) -> Tensor:
        of_candidates = self.heads.standardise(candidates) * inside
        return self.heads.pairs(self.heads.standardise(triggers), of_candidates, of_pairs, owners)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(encoder.hidden)

    def states(self, pieces: Tensor, keep: Tensor) -> Tensor:
        """Standardised states [batch, length, hidden], computed in bfloat16."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(pieces, keep)
        return self.heads.standardise(states)


def padded(windows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Windows of piece numbers to one batch, and where it is real."""
    length = -(-max(map(len, windows)) // PADDED_TO) * PADDED_TO
    pieces = np.ones((len(windows), length), np.int64)
    keep = np.zeros((len(windows), length), np.float32)
    for row, window in enumerate(windows):
        pieces[row, : len(window)] = window
        keep[row, : len(window)] = 1.0
    return torch.from_numpy(pieces), torch.from_numpy(keep)


def span_means(states: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """For each (row, first, after) the mean of the row's states from first up to after; 0 for an empty span."""
    row, first, after = torch.tensor(spans).unbind(1)
    sums = functional.pad(states.cumsum(1), (0, 0, 1, 0))
    return (sums[row, after] - sums[row, first]) / (after - first).clamp(min=1)[:, None]
