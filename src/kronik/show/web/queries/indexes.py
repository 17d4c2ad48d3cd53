"""The indexes by which the pages are quick, made in the ledger when it is first served: others need none of them."""

from __future__ import annotations

from kronik.store.ledger import Ledger

INDEXES = (
    # holds all that filters look at, so that the wide rows of events need not be read
    "CREATE INDEX IF NOT EXISTS web_event ON event"
    " (first_day, last_day, type, mode, status, confidence, report, place_country, latitude, longitude)",
    "CREATE INDEX IF NOT EXISTS web_report ON report (superseded_at, language, publisher, published, id)",
    "CREATE INDEX IF NOT EXISTS web_entity ON entity (name)",
    "CREATE INDEX IF NOT EXISTS web_participant ON participant (name)",
    "CREATE INDEX IF NOT EXISTS web_speaker ON quote (speaker_name)",
)


def make_indexes(ledger: Ledger) -> None:
    """Make those that are missing. Raises LedgerError where the ledger cannot be written."""
    with ledger.writing() as connection:
        for index in INDEXES:
            connection.execute(index)
