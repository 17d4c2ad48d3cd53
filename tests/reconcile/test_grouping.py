import random
from itertools import pairwise

from kronik.reconcile.grouping import grouped


def test_the_closest_are_joined_as_long_as_their_mean_is_close() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.7, ("c", "d"): 0.6, ("x", "y"): 0.5}
    assert grouped(scores, set(), set(), 0.4) == [("a", "b", "c"), ("x", "y")]
    assert grouped(scores, set(), set(), 0.2) == [("a", "b", "c", "d"), ("x", "y")]
    assert grouped(scores, set(), set(), 0.95) == []


def test_a_chain_of_pairs_is_no_group() -> None:
    names = [f"{n:02}" for n in range(12)]
    chain = dict.fromkeys(pairwise(names), 0.9)
    assert max(map(len, grouped(chain, set(), set(), 0.5))) < 4


def test_people_bind_and_part() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.9}
    assert grouped(scores, set(), {("a", "b")}, 0.4) == [("a", "c")]
    assert grouped({}, {("p", "q")}, set(), 0.4) == [("p", "q")]
    assert grouped(scores, {("c", "d")}, {("b", "d")}, 0.4) == [("a", "b"), ("c", "d")]
    assert grouped({}, {("p", "q")}, {("p", "q")}, 0.4) == []


def test_the_order_of_the_pairs_makes_no_difference() -> None:
    chance = random.Random(7)
    names = [f"r{n}" for n in range(20)]
    pairs = {tuple(sorted(chance.sample(names, 2))): chance.choice([0.5, 0.6, 0.6, 0.9]) for _ in range(60)}
    parted = {tuple(sorted(chance.sample(names, 2))) for _ in range(10)}
    expected = grouped(pairs, set(), parted, 0.3)  # type: ignore[arg-type]
    for _ in range(10):
        mixed = list(pairs.items())
        chance.shuffle(mixed)
        assert grouped(dict(mixed), set(), set(parted), 0.3) == expected  # type: ignore[arg-type]
    for group in expected:
        assert not any({one, other} <= set(group) for one, other in parted)
