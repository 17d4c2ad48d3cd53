"""Data to standard output and talk to standard error, one line each."""

from __future__ import annotations

import json
from typing import Any

import click


def print_json(value: Any) -> None:
    """Print one JSON object on one line."""
    click.echo(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def talk(words: str) -> None:
    """Say something on stderr, in one line."""
    click.echo(f"kronik: {' '.join(words.split())}", err=True)
