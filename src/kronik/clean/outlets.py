"""A name that the world does not know to whether newspapers, sites and broadcasters are named like it."""

from __future__ import annotations

import re

from kronik.languages import Language

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")


def is_named_like_one(name: str, language: Language) -> bool:
    """Whether a name of two to five words ends or begins with a word that outlets call themselves by ("Herald",
    "Harian"), as ``outlets`` of ``boilerplate.toml`` has them."""
    table = language.rules("boilerplate").get("outlets", {})
    words = [word.casefold() for word in _WORD.findall(name)]
    if not 2 <= len(words) <= 5:
        return False
    return words[-1] in table.get("ends", ()) or (len(words) <= 3 and words[0] in table.get("begins", ()))
