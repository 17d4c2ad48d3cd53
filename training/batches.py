"""Examples to what one step of training reads: windows of pieces with the tags, spans and pairs to be learnt."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from kronik.model import Span
from kronik.reader import candidates, features, windows
from kronik.reader.candidates import Candidate
from kronik.reader.labels import LINKS, MODES, ROLES, STATUSES, TYPES, begin, inside
from kronik.reader.windows import Window
from training.examples import Example, Mark
from training.model import padded

IGNORED = -100


@dataclass
class Pairs:
    """The candidates of one trigger's window: their pieces, features, links to learn (NaN where nobody says)."""

    candidates: list[tuple[int, int]]
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
    things: np.ndarray
    spans: list[tuple[int, int]] = field(default_factory=list)
    of_spans: list[np.ndarray] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    pairs: list[Pairs] = field(default_factory=list)


@dataclass
class Batch:
    """Rows padded and joined; spans and candidates are (row, first piece, piece after)."""

    pieces: Tensor
    keep: Tensor
    words: Tensor
    features: Tensor
    tags: Tensor
    weights: Tensor
    things: Tensor
    spans: list[tuple[int, int, int]]
    of_spans: Tensor
    statuses: Tensor
    modes: Tensor
    types: Tensor
    candidates: list[tuple[int, int, int]]
    owners: Tensor
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
    things = np.zeros(len(words), np.int64)
    weights = np.ones(len(words), np.float32)
    row = Row(
        pieces=window.pieces,
        words=[word.first for word in words],
        features=features.of_words(window, example.given, hints),
        tags=tags,
        weights=weights,
        things=things,
    )
    for span in example.repeats:
        for at in features.covered(window, span):
            weights[at] = repeat_weight
    items = sorted({span for mark in example.marks for span in mark.items if features.covered(window, span)})
    for span in items:
        at = features.covered(window, span)
        things[at[0]] = begin(0)
        things[at[0] + 1 : at[-1] + 1] = inside(0)
    of_window = candidates.of_window(window, example.given, items)
    placed = features.place(window, example.given, of_window, of_mentions, hints)
    of_candidates = [_pieces(window, candidate.span) for candidate in of_window]
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
        row.of_spans.append(features.of_trigger(mark.trigger, mark.type, hint, example.quotes))
        row.statuses.append(STATUSES.index(mark.status))
        row.modes.append(MODES.index((mark.type, mark.mode)) if (mark.type, mark.mode) in MODES else IGNORED)
        row.types.append(kind)
        row.pairs.append(
            Pairs(
                candidates=of_candidates,
                features=features.of_pairs(placed, mark.trigger, mark.type, hint),
                wanted=_wanted(mark, of_window, example),
            )
        )
    return row


def _pieces(window: Window, span: Span | None) -> tuple[int, int]:
    """The pieces that spell the span; none outside of the window."""
    at = features.covered(window, span) if span else range(0)
    return (window.words[at[0]].first, window.words[at[-1]].after) if at else (0, 0)


def _wanted(mark: Mark, of_window: Sequence[Candidate], example: Example) -> np.ndarray:
    """[candidates, links]: 1 where a candidate has a link, NaN where it could and nobody says."""
    wanted = np.zeros((len(of_window), len(LINKS)), np.float32)
    when = _when(mark, of_window, example)
    for row, candidate in enumerate(of_window):
        if candidate.kind == "mention":
            wanted[row, len(ROLES) :] = np.nan
            if candidate.number in mark.open:
                wanted[row] = np.nan
            for column, role in enumerate(ROLES):
                if (candidate.number, role) in mark.roles:
                    wanted[row, column] = 1.0
            continue
        wanted[row, : len(ROLES)] = np.nan
        is_time = candidate.kind == "time"
        wanted[row, LINKS.index("item" if is_time else "time")] = np.nan
        if is_time and candidate.number in mark.times:
            wanted[row, LINKS.index("time")] = 1.0 if row in when else np.nan
        if not is_time and candidate.span in mark.items:
            wanted[row, LINKS.index("item")] = 1.0
    return wanted


def _when(mark: Mark, of_window: Sequence[Candidate], example: Example) -> set[int]:
    """The rows of right times that say when: those of the trigger's sentence; else the nearest; else those outside."""
    right = [row for row, c in enumerate(of_window) if c.kind == "time" and c.number in mark.times]
    inner = [(span, row) for row in right if (span := of_window[row].span)]
    sentence = next((s.span for s in example.sentences if s.span.overlaps(mark.trigger)), mark.trigger)
    told = {row for span, row in inner if sentence.overlaps(span)}
    if told or not inner:
        return told or set(right)
    return {min(inner, key=lambda c: max(c[0].start - mark.trigger.end, mark.trigger.start - c[0].end))[1]}


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
    things = np.full((len(rows), most), IGNORED, np.int64)
    spans: list[tuple[int, int, int]] = []
    of_candidates: list[tuple[int, int, int]] = []
    owners: list[int] = []
    for number, row in enumerate(rows):
        count = len(row.words)
        words[number, :count] = row.words
        of_words[number, :count] = row.features
        tags[number, :count] = row.tags
        weights[number, :count] = row.weights
        things[number, :count] = row.things
        for span, pairs in zip(row.spans, row.pairs, strict=True):
            owners += [len(spans)] * len(pairs.candidates)
            of_candidates += [(number, first, after) for first, after in pairs.candidates]
            spans.append((number, *span))
    every = [pairs for row in rows for pairs in row.pairs]
    return Batch(
        pieces=pieces,
        keep=keep,
        words=torch.from_numpy(words),
        features=torch.from_numpy(of_words),
        tags=torch.from_numpy(tags),
        weights=torch.from_numpy(weights),
        things=torch.from_numpy(things),
        spans=spans,
        of_spans=_joined([f[None] for row in rows for f in row.of_spans], features.OF_TRIGGER),
        statuses=torch.tensor([s for row in rows for s in row.statuses], dtype=torch.long),
        modes=torch.tensor([m for row in rows for m in row.modes], dtype=torch.long),
        types=torch.tensor([t for row in rows for t in row.types], dtype=torch.long),
        candidates=of_candidates,
        owners=torch.tensor(owners, dtype=torch.long),
        of_pairs=_joined([pairs.features for pairs in every], features.OF_PAIR),
        wanted=_joined([pairs.wanted for pairs in every], len(LINKS)),
    )


def _joined(arrays: list[np.ndarray], width: int) -> Tensor:
    return torch.from_numpy(np.concatenate(arrays)) if arrays else torch.zeros(0, width)
