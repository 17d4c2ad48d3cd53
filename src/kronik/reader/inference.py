"""The model's files to a Reader, and a report's words, mentions and hints to proposals of events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from kronik.errors import DataError
from kronik.model import Span
from kronik.reader import candidates, decoding, features
from kronik.reader.given import Given
from kronik.reader.labels import DONE_TO, LINKS, MODES, MUTUAL, OUTSIDE, ROLES, STATUSES, TYPES, Link, Role
from kronik.reader.proposals import Hint, Proposal
from kronik.reader.windows import Window, parts, title_pieces, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Array = npt.NDArray[np.float32]

# The encoder; the head that tags triggers; the one of a trigger's status and mode; the one of what belongs to it; and
# the trees that tell by the whole report how likely an event is.
PARTS = ("encoder", "triggers", "spans", "links", "weighing")
FILES = (*(f"{part}.onnx" for part in PARTS), "tokenizer.json", "settings.json")


@lru_cache(maxsize=1)
def load(threads: int = 1) -> Reader:
    """The model that the package ships, loaded once. Raises DataError where its files are missing."""
    with as_file(files("kronik.reader").joinpath("model")) as folder:
        return open_folder(folder, threads)


def open_folder(folder: Path, threads: int = 1) -> Reader:
    """The model in a folder. Raises DataError where a file of it is missing."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise DataError(f"{folder}: the reader's {', '.join(missing)} missing: install kronik anew, or `make train`")
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    sessions: list[Session] = [
        onnxruntime.InferenceSession(str(folder / f"{part}.onnx"), options, providers=["CPUExecutionProvider"])
        for part in PARTS
    ]
    settings = json.loads((folder / "settings.json").read_text("utf-8"))
    return Reader(Tokenizer.from_file(str(folder / "tokenizer.json")), *sessions, settings=settings)


class Session(Protocol):
    """A network that runs: onnxruntime's InferenceSession, as far as it is used here."""

    def run(self, output_names: None, inputs: dict[str, npt.NDArray[Any]]) -> list[Array]: ...

    def get_modelmeta(self) -> Any: ...


class Reader:
    """The loaded model. Reading changes nothing in it: the same arguments give the same proposals.

    ``settings``: ``outside``, added to the logit of no trigger; ``least``, the probability that each link needs, and
    ``floor``, that of the likeliest where a role that the act must have stays empty;
    ``confidence``, the ``offset`` and ``slope`` that make of a probability the share of proposals that are right.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        encoder: Session,
        triggers: Session,
        spans: Session,
        links: Session,
        weighing: Session,
        *,
        settings: dict[str, Any],
    ) -> None:
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._triggers = triggers
        self._spans = spans
        self._links = links
        self._outside = float(settings["outside"])
        self._offset = float(settings["confidence"]["offset"])
        self._slope = float(settings["confidence"]["slope"])
        self._least: dict[Link, float] = settings["least"]
        self._floor: dict[Role, float] = settings["floor"]
        self._weighing = weighing
        self._weighed: list[str] = json.loads(weighing.get_modelmeta().custom_metadata_map["features"])

    def read(self, given: Given) -> tuple[Proposal, ...]:
        """The events that the model reads in a report, in order."""
        found: list[Proposal] = []
        report = given.report
        of_mentions = features.of_mentions(report.title, report.text, given.mentions)
        before = title_pieces(report.title, self._tokenizer)
        for window in windows(parts(report.text, given.sentences, self._tokenizer), before):
            start, end = window.words[0].span.start, window.words[-1].span.end
            near = [hint for hint in given.hints if start <= hint.span.start < end]
            if near:  # where no frame offers a word, hardly an event is told, and the encoder is most of the work
                found += self._of_window(window, self._states(window), given, of_mentions, near)
        return tuple(found)

    def judge(self, features_of_events: Sequence[Mapping[str, float]]) -> list[tuple[float, float]]:
        """For the features of each event (`kronik.events.weighing`) the probability, from 0 to 1, that it is a
        happening of its type, and that its actors are right too.
        """
        if not features_of_events:
            return []
        rows = np.array([[of.get(name, 0.0) for name in self._weighed] for of in features_of_events], np.float32)
        _, (happens, sure) = self._weighing.run(None, {"features": rows})
        return list(zip(happens[:, 1].tolist(), sure[:, 1].tolist(), strict=True))

    def _states(self, window: Window) -> Array:
        """The encoder's states of the window's pieces.

        One window at a time: of several the encoder would choose its 8-bit scales together, so that what a window says
        hung on its neighbours, and padding to the longest costs more than a larger batch brings.
        """
        pieces = np.array([window.pieces], np.int64)
        (states,) = self._encoder.run(None, {"pieces": pieces, "keep": np.ones(pieces.shape, np.float32)})
        found: Array = states[0]
        return found

    def _of_window(
        self, window: Window, states: Array, given: Given, of_mentions: Array, near: Sequence[Hint]
    ) -> list[Proposal]:
        """The proposals of one window; ``near`` are the hints in it."""
        of_words = features.of_words(window, given, near)
        states_of_words = states[[word.first for word in window.words]]
        logits, things = self._triggers.run(None, {"states": states_of_words, "features": of_words})
        logits[:, OUTSIDE] += self._outside
        tagged = decoding.spans(decoding.log_softmax(logits))
        if not tagged:
            return []
        items = [_span(window, tag) for tag in decoding.spans(decoding.log_softmax(things))]
        found = [self._proposal(tag, window, states, given, near) for tag in tagged]
        placed = features.place(window, given, candidates.of_window(window, given, items), of_mentions, near)
        return self._linked(found, placed, states, near) if placed.candidates else found

    def _proposal(
        self, tag: decoding.Tagged, window: Window, states: Array, given: Given, hints: Sequence[Hint]
    ) -> Proposal:
        """The proposal of tagged words, nothing linked to it yet."""
        span = _span(window, tag)
        event_type = TYPES[tag.kind]
        hint = features.hint_of(span, event_type, hints)
        of_trigger = features.of_trigger(span, event_type, hint, given.quotes)
        trigger = _mean(window, states, range(tag.first, tag.after))
        statuses, modes = self._spans.run(None, {"triggers": trigger[None], "features": of_trigger[None]})
        status = STATUSES[int(statuses[0].argmax())]
        likeliest = max((n for n, (of_type, _) in enumerate(MODES) if of_type == event_type), key=lambda n: modes[0, n])
        # A frame that names a mode has measured better than the model, which has seen few of each.
        mode = hint.mode if hint is not None and hint.type == event_type and hint.mode else MODES[likeliest][1]
        confidence = decoding.calibrated(tag.probability, self._offset, self._slope)
        return Proposal(span, event_type, mode, status, round(confidence, 3))

    def _linked(
        self, proposals: Sequence[Proposal], placed: features.Placed, states: Array, hints: Sequence[Hint]
    ) -> list[Proposal]:
        """The proposals with the roles, time and things that the window's candidates are to them."""
        window, count = placed.window, len(placed.candidates)
        of_pairs = [
            features.of_pairs(placed, p.trigger, p.type, features.hint_of(p.trigger, p.type, hints)) for p in proposals
        ]
        triggers = np.stack([_mean(window, states, placed.covered(p.trigger)) for p in proposals])
        inside = np.array([[c.span is not None] for c in placed.candidates], np.float32)
        of_candidates = np.stack(
            [
                triggers[0] if c.span is None else _mean(window, states, words)
                for c, words in zip(placed.candidates, placed.words, strict=True)
            ]
        )
        (logits,) = self._links.run(
            None,
            {
                "triggers": np.repeat(triggers, count, 0),
                "candidates": np.tile(of_candidates, (len(proposals), 1)),
                "inside": np.tile(inside, (len(proposals), 1)),
                "features": np.concatenate(of_pairs),
                "owners": np.repeat(np.arange(len(proposals)), count),
            },
        )
        every = np.split(decoding.sigmoid(logits), len(proposals))
        return [self._with_links(p, placed, scores) for p, scores in zip(proposals, every, strict=True)]

    def _with_links(self, proposal: Proposal, placed: features.Placed, scores: Array) -> Proposal:
        """The proposal with what is linked to it; ``scores`` are probabilities [candidates, links]."""
        rows: dict[str, list[int]] = {kind: [] for kind in features.CANDIDATES}
        for row, candidate in enumerate(placed.candidates):
            rows[candidate.kind].append(row)
        mentions = [placed.candidates[row].number for row in rows["mention"]]
        roles = decoding.roles(
            scores[rows["mention"], : len(ROLES)],
            mentions,
            placed.given.mentions,
            {role: self._least[role] for role in ROLES},
            {role: score for role, score in self._floor.items() if role == "actor" or proposal.type in DONE_TO},
            mutual=(proposal.type, proposal.mode) in MUTUAL,
        )
        when = max(((float(scores[row, LINKS.index("time")]), row) for row in rows["time"]), default=(0.0, 0))
        things = [
            (span, round(float(scores[row, LINKS.index("item")]), 3))
            for row in rows["item"]
            if (span := placed.candidates[row].span) and scores[row, LINKS.index("item")] >= self._least["item"]
        ]
        time = (placed.candidates[when[1]].number, round(when[0], 3)) if when[0] >= self._least["time"] else None
        return replace(proposal, roles=roles, time=time, items=tuple(things))


def _span(window: Window, tag: decoding.Tagged) -> Span:
    words = window.words[tag.first : tag.after]
    return Span(words[0].span.start, words[-1].span.end)


def _mean(window: Window, states: Array, words: range) -> Array:
    """The mean of the states of the pieces that spell the words."""
    found: Array = states[window.words[words[0]].first : window.words[words[-1]].after].mean(0)
    return found
