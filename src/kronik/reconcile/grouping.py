"""Scores of pairs to groups: average linkage, with pairs that must or must not stand together."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

Pair = tuple[str, str]


def grouped(scores: Mapping[Pair, float], bound: Set[Pair], parted: Set[Pair], close: float) -> list[tuple[str, ...]]:
    """Groups of two and more, each sorted, in order of their first; a function of the pairs, whatever their order.

    The two groups with the highest mean score over all their pairs are joined, then the next, as long as that mean is
    at least ``close``; pairs without a score count as 0. ``bound`` pairs are joined first, ``parted`` ones never stand
    in one group (where both speak, the parted win). Equal means are settled by the names. (Average linkage: Sokal and
    Michener 1958.)
    """
    top = _tops([*scores, *bound])
    members: dict[str, list[str]] = defaultdict(list)
    for name in sorted(top):
        members[top[name]].append(name)
    linked: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair, points in scores.items():
        linked[top[pair[0]]][pair] = points
    tied: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(bound):
        tied[top[pair[0]]].append(pair)
    kept_apart: dict[str, list[Pair]] = defaultdict(list)
    for one, other in parted:
        if one in top and other in top and top[one] == top[other]:
            kept_apart[top[one]].append((one, other))
    groups: list[tuple[str, ...]] = []
    for first, names in members.items():
        groups.extend(_within(names, linked[first], tied[first], kept_apart[first], close))
    return sorted(group for group in groups if len(group) > 1)


def _within(
    members: Iterable[str],
    scores: Mapping[Pair, float],
    bound: Iterable[Pair],
    parted: Iterable[Pair],
    close: float,
) -> list[tuple[str, ...]]:
    """The groups of names that hang together."""
    groups: dict[str, list[str]] = {name: [name] for name in members}  # by the first name of the group
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    apart: dict[str, set[str]] = defaultdict(set)
    for (one, other), points in scores.items():
        sums[one][other] = sums[other][one] = points
    for one, other in parted:
        apart[one].add(other)
        apart[other].add(one)

    def join(one: str, other: str) -> str:
        first, second = min(one, other), max(one, other)
        groups[first] += groups.pop(second)
        for third, points in sums.pop(second, {}).items():
            sums[third].pop(second, None)
            if third != first:
                sums[first][third] = sums[third][first] = sums[first].get(third, 0.0) + points
        for third in apart.pop(second, set()):
            apart[third].discard(second)
            apart[third].add(first)
            apart[first].add(third)
        return first

    home = {name: name for name in groups}

    def of(name: str) -> str:
        while home[name] != name:
            name = home[name]
        return name

    for one, other in bound:
        left, right = of(one), of(other)
        if left != right and right not in apart[left]:
            home[max(left, right)] = join(left, right)

    def mean(one: str, other: str) -> float:
        return round(sums[one][other] / (len(groups[one]) * len(groups[other])), 9)

    queue = [(-mean(one, other), one, other) for one in sums for other in sums[one] if one < other]
    heapq.heapify(queue)
    while queue:
        minus, one, other = heapq.heappop(queue)
        if one not in groups or other not in groups or other not in sums[one] or -minus != mean(one, other):
            continue  # the groups have changed since
        if -minus < close:
            break
        if other in apart[one]:
            continue
        first = join(one, other)
        for third in sums[first]:
            left, right = min(first, third), max(first, third)
            heapq.heappush(queue, (-mean(left, right), left, right))
    return [tuple(sorted(group)) for group in groups.values()]


def _tops(pairs: Iterable[Pair]) -> dict[str, str]:
    """For every name of the pairs the first of the names that hang together with it."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for one, other in pairs:
        left, right = top(one), top(other)
        if left != right:
            above[max(left, right)] = min(left, right)
    return {name: top(name) for name in list(above)}
