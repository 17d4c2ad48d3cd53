"""What the stages before the reader know of a report, in one record that the reader is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kronik.model import Mention, Quote, Report, Sentence, Time
from kronik.reader.proposals import Hint


@dataclass(frozen=True, slots=True)
class Given:
    """A report with its sentences, mentions, times and quotes, each in order, and what the frames offer."""

    report: Report
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    times: Sequence[Time] = ()
    quotes: Sequence[Quote] = ()
    hints: Sequence[Hint] = ()

    @property
    def published(self) -> str | None:
        """The day of publication, ISO."""
        return self.report.published.isoformat() if self.report.published else None
