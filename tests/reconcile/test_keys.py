from reconciled_examples import readings

from kronik.contract import to_json
from kronik.reconcile.keys import keys_of
from kronik.reconcile.profiles import Profile, packed, profile_of, unpacked


def profile(id_: str) -> Profile:
    return profile_of(to_json(readings()[id_]))


def shared(one: str, other: str) -> int:
    return len(set(keys_of(profile(one))) & set(keys_of(profile(other))))


def test_what_belongs_together_shares_a_key() -> None:
    assert shared("en-kim-putin-vostochny", "en-vostochny-talks") > 10
    assert shared("en-kim-putin-vostochny", "id-kim-putin-vostochny") > 0
    assert shared("en-karabakh-offensive", "id-karabakh-gencatan") > 0


def test_what_has_nothing_in_common_shares_none() -> None:
    assert shared("en-canada-india", "id-karabakh-gencatan") == 0
    assert shared("en-us-iran-swap", "id-ktt-asean-jakarta") == 0


def test_keys_are_many_but_not_too_many_and_fit_into_sqlite() -> None:
    keys = keys_of(profile("en-kim-putin-vostochny"))
    assert keys == tuple(sorted(set(keys)))
    assert 48 < len(keys) <= 48 + 66 + 45
    assert all(0 < key < 2**63 for key in keys)


def test_a_profile_comes_back_as_it_was_kept() -> None:
    one = profile("id-kim-putin-vostochny")
    again = unpacked(*packed(one))
    for name in Profile.__slots__:
        kept, was = getattr(again, name), getattr(one, name)
        assert (kept == was).all() if hasattr(was, "dtype") else kept == was, name


def test_a_report_without_words_has_a_profile() -> None:
    empty = profile_of(
        {
            "id": "empty",
            "report": {"text": "…", "title": None, "language": "en", "publisher": None, "url": None,
                       "published": None, "credits": []},
            "entities": [],
        }
    )  # fmt: skip
    assert keys_of(empty) == ()
    assert unpacked(*packed(empty)).length == 0
