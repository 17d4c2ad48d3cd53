"""Two profiles to what one is of the other: a copy, a translation, an update, or a report that credits the other."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from kronik.languages import read_table
from kronik.model import Decision
from kronik.reconcile.features import Features, features_of
from kronik.reconcile.profiles import Profile
from kronik.reconcile.scoring import DECIDED, reasons, score


def decide(one: Profile, other: Profile) -> list[Decision]:
    """What follows from comparing two reports, whichever is named first: lineage, and whether they tell one story.

    Pure: the two profiles decide, nothing else. ``made_by`` and ``made_at`` are left to the caller.
    """
    if other.id < one.id:
        one, other = other, one
    features = features_of(one, other)
    same = one.language == other.language
    made: list[Decision] = []
    kind = "copy" if same else "translation"
    alike = score(kind, features)
    if alike >= DECIDED:
        later, earlier, why = directed(one, other, features)
        made.append(_of(kind, later, earlier, alike, (*reasons(kind, features), why)))
        if same and one.outlet is not None and one.outlet == other.outlet and not _same_text(one, other):
            made.append(_of("update", later, earlier, alike, (f"both are of {one.outlet}, and the text changed", why)))
    told = "story" if same else "story-across"
    together = score(told, features)
    if not features["series"]:  # what one outlet issues anew after weeks is a copy, but news of something else
        together = max(together, alike)
    if together >= DECIDED:
        why_one = reasons(told, features) if together > alike else (f"one is a {kind} of the other",)
        made.append(_of("same-story", one, other, together, why_one))
        for later, earlier in ((one, other), (other, one)):
            if earlier.outlet is not None and earlier.outlet in later.credits:
                said = (f"credits {earlier.outlet}, which published the other, and both tell one story",)
                made.append(_of("credit", later, earlier, together, said))
    return made


def credits_of(profile: Profile) -> list[Decision]:
    """The outlets that a report credits, whether or not they have a report in the ledger."""
    return [
        Decision("credit", profile.id, outlet, "", 1.0, (f"names {outlet} as its source",), left_report=profile.id)
        for outlet in profile.credits
    ]


def directed(one: Profile, other: Profile, features: Features) -> tuple[Profile, Profile, str]:
    """Which of two reports is of the other, as (later, earlier, reason): by credit, time, language, length, else id."""
    for later, earlier in ((one, other), (other, one)):
        if earlier.outlet is not None and earlier.outlet in later.credits and later.outlet not in earlier.credits:
            return later, earlier, f"{later.id} credits {earlier.outlet}"
    if one.published and other.published and one.published != other.published:
        later, earlier = (one, other) if one.published > other.published else (other, one)
        return later, earlier, f"{earlier.id} was published first, on {earlier.published}"
    if one.language != other.language:
        first = _agency_languages()
        if (one.language in first) != (other.language in first):
            later, earlier = (other, one) if one.language in first else (one, other)
            return (
                later,
                earlier,
                f"agencies write first in “{earlier.language}”; nothing else says which came first",
            )
    if bool(one.credits) != bool(other.credits):
        later, earlier = (one, other) if one.credits else (other, one)
        return later, earlier, f"{later.id} credits {', '.join(later.credits)}, {earlier.id} nobody"
    if abs(one.length - other.length) > 0.05 * max(one.length, other.length):
        later, earlier = (one, other) if one.length < other.length else (other, one)
        return later, earlier, f"{earlier.id} is the longer one; nothing else says which came first"
    return other, one, "nothing says which came first: the order of their ids"


def _of(kind: str, later: Profile, earlier: Profile, alike: float, why: tuple[str, ...]) -> Decision:
    return Decision(
        kind=kind,  # type: ignore[arg-type]
        left=later.id,
        right=earlier.id,
        made_by="",
        score=alike,
        reasons=why,
        left_report=later.id,
        right_report=earlier.id,
    )


def _same_text(one: Profile, other: Profile) -> bool:
    return len(one.runs) == len(other.runs) and bool((one.runs == other.runs).all())


@lru_cache(maxsize=1)
def _agency_languages() -> frozenset[str]:
    """The languages in which international agencies write first."""
    return frozenset(row["language"] for row in read_table(files("kronik.reconcile").joinpath("agency_languages.tsv")))
