"""The ledger: keeps every reading whole, finds events in it, explains and exports them."""
