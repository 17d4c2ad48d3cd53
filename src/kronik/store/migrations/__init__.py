"""Older ledgers to the present schema: ``0002.sql`` lifts a ledger of version 1 to version 2, and so on."""
