"""The ledger to web pages, an API and a feed: what `kronik serve` answers."""
