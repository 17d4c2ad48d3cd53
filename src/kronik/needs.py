"""The name of an optional package to the package itself, or to one line that says how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kronik.errors import DataError


def need(package: str, *, extra: str) -> Any:
    """The imported package. Raises DataError where it is not installed; ``extra`` of kronik brings it."""
    try:
        return import_module(package)
    except ImportError as wrong:
        name = package.partition(".")[0]
        raise DataError(f"this needs the package {name}: install it with `pip install 'kronik[{extra}]'`") from wrong
