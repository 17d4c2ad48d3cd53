"""A page to a Report: main text, metadata, what is no part of the article, language."""
