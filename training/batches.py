"""Examples to what one step of training reads: windows of pieces with the tags, spans and pairs to be learnt."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from kronik.reader import features, windows
from kronik.reader.labels import MODES, ROLES, STATUSES, TYPES, begin, inside
from kronik.reader.windows import Window
from training.examples import Example, Mark
from training.model import padded

IGNORED = -100


@dataclass
class Pairs:
    """The mentions of one trigger's window: their pieces, features, roles to learn (NaN where nobody says)."""

    mentions: list[tuple[int, int]]
    features: np.ndarray
    wanted: np.ndarray


@dataclass
class Row:
    """One window, ready to be learnt."""

    pieces: tuple[int, ...]
    words: list[int]
    features: np.ndarray
    tags: np.ndarray
    weights: np.ndarray
    spans: list[tuple[int, int]] = field(default_factory=list)
    of_spans: list[np.ndarray] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    pairs: list[Pairs] = field(default_factory=list)


@dataclass
class Batch:
    """Rows padded and joined; spans and mentions are (row, first piece, piece after)."""

    pieces: Tensor
    keep: Tensor
    words: Tensor
    features: Tensor
    tags: Tensor
    weights: Tensor
    spans: list[tuple[int, int, int]]
    of_spans: Tensor
    statuses: Tensor
    modes: Tensor
    types: Tensor
    mentions: list[tuple[int, int, int]]
    trigger_of_mention: Tensor
    of_pairs: Tensor
    wanted: Tensor


class Rows:
    """The rows of the examples, cut anew each time so that sentences meet different neighbours."""

    def __init__(
        self, examples: Sequence[Example], tokenizer: Tokenizer, *, without_hints: float, repeat_weight: float
    ) -> None:
        self.examples = examples
        self.without_hints = without_hints
        self.repeat_weight = repeat_weight
        self.of_mentions = [features.of_mentions(e.report.title, e.report.text, e.mentions) for e in examples]
        self.titles = [windows.title_pieces(e.report.title, tokenizer) for e in examples]
        self.parts = [windows.parts(e.report.text, e.sentences, tokenizer) for e in examples]

    def draw(self, random_numbers: random.Random) -> list[Row]:
        """All windows once; a share ``without_hints`` of them sees none of the rules' hints."""
        rows = []
        for example, of_mentions, title, parts in zip(
            self.examples, self.of_mentions, self.titles, self.parts, strict=True
        ):
            for window in windows.windows(
                parts, title, first=random_numbers.randint(0, min(4, max(0, len(parts) - 1)))
            ):
                blind = random_numbers.random() < self.without_hints or example.blind
                rows.append(_row(window, example, of_mentions, self.repeat_weight, blind))
        return rows


def _row(window: Window, example: Example, of_mentions: np.ndarray, repeat_weight: float, blind: bool) -> Row:
    hints = () if blind else example.hints
    words = window.words
    tags = np.zeros(len(words), np.int64)
    weights = np.ones(len(words), np.float32)
    row = Row(
        pieces=window.pieces,
        words=[word.first for word in words],
        features=features.of_words(window, example.mentions, hints),
        tags=tags,
        weights=weights,
    )
    for span in example.repeats:
        for at in features.covered(window, span):
            weights[at] = repeat_weight
    inner = [n for n, mention in enumerate(example.mentions) if len(features.covered(window, mention.span))]
    for mark in example.marks:
        at = features.covered(window, mark.trigger)
        if not len(at) or any(tags[n] for n in at):
            continue
        kind = TYPES.index(mark.type)
        tags[at[0]] = begin(kind)
        tags[at[0] + 1 : at[-1] + 1] = inside(kind)
        weights[at[0] : at[-1] + 1] = 1.0
        hint = features.hint_of(mark.trigger, mark.type, hints)
        row.spans.append((words[at[0]].first, words[at[-1]].after))
        row.of_spans.append(features.of_trigger(mark.type, hint))
        row.statuses.append(STATUSES.index(mark.status))
        row.modes.append(MODES.index((mark.type, mark.mode)) if (mark.type, mark.mode) in MODES else IGNORED)
        row.types.append(kind)
        row.pairs.append(
            Pairs(
                mentions=[_pieces(window, example, number) for number in inner],
                features=features.of_pairs(window, mark.trigger, mark.type, hint, example.mentions, inner, of_mentions),
                wanted=_wanted(mark, inner),
            )
        )
    return row


def _pieces(window: Window, example: Example, number: int) -> tuple[int, int]:
    at = features.covered(window, example.mentions[number].span)
    return window.words[at[0]].first, window.words[at[-1]].after


def _wanted(mark: Mark, numbers: Sequence[int]) -> np.ndarray:
    wanted = np.zeros((len(numbers), len(ROLES)), np.float32)
    for row, number in enumerate(numbers):
        if number in mark.open:
            wanted[row] = np.nan
        for column, role in enumerate(ROLES):
            if (number, role) in mark.roles:
                wanted[row, column] = 1.0
    return wanted


def batches(rows: list[Row], size: int, random_numbers: random.Random) -> Iterator[Batch]:
    """The rows in batches of like length, in random order."""
    order = list(range(len(rows)))
    random_numbers.shuffle(order)
    runs = [order[at : at + size * 16] for at in range(0, len(order), size * 16)]
    order = [n for run in runs for n in sorted(run, key=lambda n: len(rows[n].pieces))]
    cuts = [order[at : at + size] for at in range(0, len(order), size)]
    random_numbers.shuffle(cuts)
    for cut in cuts:
        yield collate([rows[n] for n in cut])


def collate(rows: Sequence[Row]) -> Batch:
    """Rows to one batch."""
    pieces, keep = padded([row.pieces for row in rows])
    most = max(len(row.words) for row in rows)
    words = np.zeros((len(rows), most), np.int64)
    of_words = np.zeros((len(rows), most, features.OF_WORD), np.float32)
    tags = np.full((len(rows), most), IGNORED, np.int64)
    weights = np.zeros((len(rows), most), np.float32)
    spans: list[tuple[int, int, int]] = []
    mentions: list[tuple[int, int, int]] = []
    trigger_of_mention: list[int] = []
    for number, row in enumerate(rows):
        count = len(row.words)
        words[number, :count] = row.words
        of_words[number, :count] = row.features
        tags[number, :count] = row.tags
        weights[number, :count] = row.weights
        for span, pairs in zip(row.spans, row.pairs, strict=True):
            trigger_of_mention += [len(spans)] * len(pairs.mentions)
            mentions += [(number, first, after) for first, after in pairs.mentions]
            spans.append((number, *span))
    every = [pairs for row in rows for pairs in row.pairs]
    return Batch(
        pieces=pieces,
        keep=keep,
        words=torch.from_numpy(words),
        features=torch.from_numpy(of_words),
        tags=torch.from_numpy(tags),
        weights=torch.from_numpy(weights),
        spans=spans,
        of_spans=_joined([f[None] for row in rows for f in row.of_spans], features.OF_TRIGGER),
        statuses=torch.tensor([s for row in rows for s in row.statuses], dtype=torch.long),
        modes=torch.tensor([m for row in rows for m in row.modes], dtype=torch.long),
        types=torch.tensor([t for row in rows for t in row.types], dtype=torch.long),
        mentions=mentions,
        trigger_of_mention=torch.tensor(trigger_of_mention, dtype=torch.long),
        of_pairs=_joined([pairs.features for pairs in every], features.OF_PAIR),
        wanted=_joined([pairs.wanted for pairs in every], len(ROLES)),
    )


def _joined(arrays: list[np.ndarray], width: int) -> Tensor:
    return torch.from_numpy(np.concatenate(arrays)) if arrays else torch.zeros(0, width)
