"""A profile to blocking keys: only reports that share a key are compared, so that a ledger grows without comparing all.

Keys follow from one report alone, never from the ledger: which pairs are compared does not depend on the order of
adding. A key is a whole number of 63 bits; its high bits say of which kind it is.
"""

from __future__ import annotations

from itertools import combinations
from zlib import crc32

import numpy as np
from rensa import RMinHash

from kronik.reconcile.profiles import Profile

BANDS = 48
ROWS = 2
"""MinHash by rensa (Broder 1997) in bands of rows: two texts that share a quarter of their runs of words share a key in
95 of 100 cases, texts that share a fiftieth in 2 of 100."""

SEED = 20230917
RARE = 12
"""Of how many of its rarest names and numbers a report's pairs are keys: two reports that tell one story, also in two
languages, have some pair in common."""

WEIGHTY = 10
"""Of how many of its weightiest words (title and head) a report's pairs are keys, among reports of one language."""

_RUNS, _RARE, _WORDS = 1 << 60, 2 << 60, 3 << 60


def keys_of(profile: Profile) -> tuple[int, ...]:
    """The keys of a report, in rising order."""
    return tuple(sorted({*_text_keys(profile), *_rare_keys(profile), *_word_keys(profile)}))


def _text_keys(profile: Profile) -> list[int]:
    """Keys that near-duplicate texts share."""
    if not len(profile.runs):
        return []
    minima = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    minima.update([str(run) for run in profile.runs.tolist()])
    digest = np.array(minima.digest(), np.uint32).reshape(BANDS, ROWS)
    return [_RUNS | band << 32 | crc32(row.tobytes()) for band, row in enumerate(digest)]


def _rare_keys(profile: Profile) -> list[int]:
    """Keys that reports of one story share in whatever language: pairs of rare names and numbers."""
    return [_RARE | crc32(f"{one}+{other}".encode()) for one, other in combinations(sorted(profile.rare[:RARE]), 2)]


def _word_keys(profile: Profile) -> list[int]:
    """Keys that reports of one story share in one language: pairs of their weightiest words."""
    order = np.lexsort((profile.words, -profile.word_weights))[:WEIGHTY]
    weighty = sorted(profile.words[order].tolist())
    return [_WORDS | crc32(f"{one}+{other}".encode()) for one, other in combinations(weighty, 2)]
