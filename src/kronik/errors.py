"""The exceptions that kronik raises on purpose.

KronikError                what went wrong, where, and what to do, in one line
├── UsageError             the call was wrong (exit status 2)
└── DataError              the data failed (exit status 1)
    ├── PageError          one page cannot be read: empty, binary, too large, no article
    │   └── LanguageError  the page is in no language that kronik has
    ├── LedgerError        the ledger cannot be opened, is newer than this kronik, or cannot be written
    └── LanguageDataError  a table, rule or frame of a language is wrong, or an example fails
"""

from __future__ import annotations


class KronikError(Exception):
    """What went wrong, where, and what to do, in one line."""

    exit_status = 1


class UsageError(KronikError):
    """The call was wrong."""

    exit_status = 2


class DataError(KronikError):
    """The data failed."""


class PageError(DataError):
    """One page cannot be read."""


class LanguageError(PageError):
    """The page is in no language that kronik has."""


class LedgerError(DataError):
    """The ledger cannot be opened or written."""


class LanguageDataError(DataError):
    """A table, rule or frame of a language is wrong, or one of its examples fails."""
