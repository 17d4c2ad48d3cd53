"""Many pages on many machines: shards of pages to files of readings, and such files into a ledger."""
