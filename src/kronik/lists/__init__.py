"""Sanctions lists: their own files to an index of names, and entities to the listings that bear their name."""
