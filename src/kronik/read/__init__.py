"""Bytes to pages: files, folders, JSON Lines, standard input and http(s) addresses, and what cannot be read."""
