"""Requests to pages: one file a view."""
