"""Feeds and sitemaps to the pages that are new in them, asked for politely and again after every break."""
