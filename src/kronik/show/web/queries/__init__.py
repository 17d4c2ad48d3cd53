"""What a view shows, asked of the ledger: one file a view, SQL and plain rows, no HTML."""
