"""The model's files to a Reader, and a report's words, mentions and hints to proposals of events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from kronik.errors import DataError
from kronik.model import Mention, Sentence, Span
from kronik.reader import decoding, features
from kronik.reader.labels import DONE_TO, MODES, MUTUAL, OUTSIDE, STATUSES, TYPES, Role
from kronik.reader.proposals import Hint, Proposal
from kronik.reader.windows import Window, parts, title_pieces, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Array = npt.NDArray[np.float32]

AT_ONCE = 8  # windows in one run of the encoder
PADDING = 1
# The encoder; the head that tags triggers; the one of a trigger's status and mode; the one of a mention's roles.
PARTS = ("encoder", "triggers", "spans", "roles")
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
    encoder, triggers, spans, roles = sessions
    return Reader(Tokenizer.from_file(str(folder / "tokenizer.json")), encoder, triggers, spans, roles, settings)


class Session(Protocol):
    """A network that runs: onnxruntime's InferenceSession, as far as it is used here."""

    def run(self, output_names: None, inputs: dict[str, npt.NDArray[Any]]) -> list[Array]: ...


class Reader:
    """The loaded model. Reading changes nothing in it: the same arguments give the same proposals.

    ``settings``: ``outside``, added to the logit of no trigger; ``least``, the probability that each role needs, and
    ``floor``, that of the likeliest where a role that the act must have stays empty;
    ``confidence``, the ``offset`` and ``slope`` that make of a probability the share of proposals that are right.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        encoder: Session,
        triggers: Session,
        spans: Session,
        roles: Session,
        settings: dict[str, Any],
    ) -> None:
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._triggers = triggers
        self._spans = spans
        self._roles = roles
        self._outside = float(settings["outside"])
        self._offset = float(settings["confidence"]["offset"])
        self._slope = float(settings["confidence"]["slope"])
        self._least: dict[Role, float] = settings["least"]
        self._floor: dict[Role, float] = settings["floor"]

    def read(
        self,
        title: str | None,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        hints: Sequence[Hint],
    ) -> tuple[Proposal, ...]:
        """The events that the model reads in the text, in order.

        ``mentions`` are in order; ``hints`` are what the frames offer (`kronik.events.hints`), and may be empty.
        """
        found: list[Proposal] = []
        of_mentions = features.of_mentions(title, text, mentions)
        before = title_pieces(title, self._tokenizer)
        for window, states in self._states(windows(parts(text, sentences, self._tokenizer), before)):
            found += self._of_window(window, states, mentions, of_mentions, hints)
        return tuple(found)

    def _states(self, every: Sequence[Window]) -> list[tuple[Window, Array]]:
        """Each window with the encoder's states of its pieces."""
        found: dict[int, Array] = {}
        order = sorted(range(len(every)), key=lambda n: len(every[n].pieces))
        for at in range(0, len(order), AT_ONCE):
            batch = order[at : at + AT_ONCE]
            longest = len(every[batch[-1]].pieces)
            pieces = np.full((len(batch), longest), PADDING, np.int64)
            keep = np.zeros((len(batch), longest), np.float32)
            for row, number in enumerate(batch):
                count = len(every[number].pieces)
                pieces[row, :count] = every[number].pieces
                keep[row, :count] = 1.0
            (states,) = self._encoder.run(None, {"pieces": pieces, "keep": keep})
            for row, number in enumerate(batch):
                found[number] = states[row, : len(every[number].pieces)]
        return [(window, found[number]) for number, window in enumerate(every)]

    def _of_window(
        self,
        window: Window,
        states: Array,
        mentions: Sequence[Mention],
        of_mentions: Array,
        hints: Sequence[Hint],
    ) -> list[Proposal]:
        """The proposals of one window."""
        start, end = window.words[0].span.start, window.words[-1].span.end
        near = [hint for hint in hints if start <= hint.span.start < end]
        numbers = [n for n, m in enumerate(mentions) if start <= m.span.start < end]
        inside = [mentions[n] for n in numbers]
        of_words = features.of_words(window, inside, near)
        states_of_words = states[[word.first for word in window.words]]
        (logits,) = self._triggers.run(None, {"states": states_of_words, "features": of_words})
        logits[:, OUTSIDE] += self._outside
        tagged = decoding.spans(decoding.log_softmax(logits))
        if not tagged:
            return []
        found = [self._proposal(tag, window, states, near) for tag in tagged]
        if not numbers:
            return found
        filled = self._filled(found, window, states, mentions, numbers, of_mentions, near)
        return [replace(proposal, roles=roles) for proposal, roles in zip(found, filled, strict=True)]

    def _proposal(self, tag: decoding.Tagged, window: Window, states: Array, hints: Sequence[Hint]) -> Proposal:
        """The proposal of tagged words, its roles not yet filled."""
        words = window.words[tag.first : tag.after]
        span = Span(words[0].span.start, words[-1].span.end)
        event_type = TYPES[tag.kind]
        hint = features.hint_of(span, event_type, hints)
        of_trigger = features.of_trigger(event_type, hint)
        trigger = _mean(window, states, span)
        statuses, modes = self._spans.run(None, {"triggers": trigger[None], "features": of_trigger[None]})
        status = STATUSES[int(statuses[0].argmax())]
        likeliest = max((n for n, (of_type, _) in enumerate(MODES) if of_type == event_type), key=lambda n: modes[0, n])
        # A frame that names a mode has measured better than the model, which has seen few of each.
        mode = hint.mode if hint is not None and hint.type == event_type and hint.mode else MODES[likeliest][1]
        confidence = decoding.calibrated(tag.probability, self._offset, self._slope)
        return Proposal(span, event_type, mode, status, round(confidence, 3))

    def _filled(
        self,
        proposals: Sequence[Proposal],
        window: Window,
        states: Array,
        mentions: Sequence[Mention],
        numbers: Sequence[int],
        of_mentions: Array,
        hints: Sequence[Hint],
    ) -> list[tuple[tuple[int, Role, float], ...]]:
        """For each proposal the roles that the window's mentions fill."""
        of_pairs = [
            features.of_pairs(
                window, p.trigger, p.type, features.hint_of(p.trigger, p.type, hints), mentions, numbers, of_mentions
            )
            for p in proposals
        ]
        triggers = np.stack([_mean(window, states, proposal.trigger) for proposal in proposals])
        inside = np.stack([_mean(window, states, mentions[number].span) for number in numbers])
        (logits,) = self._roles.run(
            None,
            {
                "triggers": np.repeat(triggers, len(numbers), 0),
                "mentions": np.tile(inside, (len(proposals), 1)),
                "features": np.concatenate(of_pairs),
                "owners": np.repeat(np.arange(len(proposals)), len(numbers)),
            },
        )
        return [
            decoding.roles(
                probabilities,
                numbers,
                mentions,
                self._least,
                {role: score for role, score in self._floor.items() if role == "actor" or proposal.type in DONE_TO},
                mutual=(proposal.type, proposal.mode) in MUTUAL,
            )
            for proposal, probabilities in zip(
                proposals, np.split(decoding.sigmoid(logits), len(proposals)), strict=True
            )
        ]


def _mean(window: Window, states: Array, span: Span) -> Array:
    """The mean of the states of the pieces that spell the span."""
    at = features.covered(window, span)
    found: Array = states[window.words[at[0]].first : window.words[at[-1]].after].mean(0)
    return found
