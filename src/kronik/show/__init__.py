"""Readings and the chronicle to what people look at: the command line and its text."""
