"""A Report to spans: sentences, names and who is who, times, quotes and speakers."""
