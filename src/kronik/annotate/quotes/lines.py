"""A report's text and sentences to lines: what stands in quotation marks, and the forms of saying outside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kronik.annotate.quotes import marks
from kronik.annotate.quotes.cues import Cue, Saying, cues
from kronik.model import Sentence, Span, Token

FEWEST_WORDS = 4
"""Quotations of fewer words are titles, names and single words (GUIDELINES of the gold reports)."""


@dataclass
class Line:
    """A sentence with what of it stands outside quotations, and its forms of saying."""

    number: int
    tokens: tuple[Token, ...]
    span: Span
    free: list[bool]
    """Whether each token stands outside quotations."""
    cues: list[Cue]
    used: set[int] = field(default_factory=set)
    """The forms of saying, by first token, that a direct quote has taken."""
    taken: bool = False
    """Whether the whole sentence is already a quote."""

    @property
    def plain(self) -> bool:
        """Whether no quotation touches the sentence."""
        return all(self.free)


@dataclass(frozen=True)
class Paragraph:
    """The lines of a paragraph and its quotations of at least four words."""

    lines: list[Line]
    quotations: list[marks.Stretch]


def paragraphs(text: str, sentences: Sequence[Sentence], rules: Saying) -> list[Paragraph]:
    """The paragraphs of a report in order; their lines are numbered through the report."""
    found: list[Paragraph] = []
    number = 0
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        members = list(group)
        whole = Span(members[0].span.start, members[-1].span.end)
        stretches = marks.stretches(text, whole, rules.begins)
        quotations = [s for s in stretches if marks.words(s.inner.of(text)) >= FEWEST_WORDS]
        lines = []
        for sentence in members:
            free = [not any(q.outer.contains(t.span) for q in quotations) for t in sentence.tokens]
            forms = cues(sentence.tokens, free, rules)
            lines.append(Line(number, sentence.tokens, sentence.span, free, forms))
            number += 1
        found.append(Paragraph(lines, quotations))
    return found


def token_at(tokens: Sequence[Token], offset: int) -> int:
    """The number of the first token at or after a character."""
    return next((i for i, t in enumerate(tokens) if t.span.start >= offset), len(tokens))
