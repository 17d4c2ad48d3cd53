"""Spans to events: frames, roles, status, time and place, who says so."""
