from dataclasses import replace

from reconciled_examples import readings

from kronik.contract import to_json
from kronik.reconcile.features import days_apart, features_of
from kronik.reconcile.lineage import credits_of, decide, directed
from kronik.reconcile.profiles import Profile, outlet_name, profile_of

SOURCE, COPY, TRANSLATION = "en-kim-putin-vostochny", "en-vostochny-talks", "id-kim-putin-vostochny"


def profile(id_: str) -> Profile:
    return profile_of(to_json(readings()[id_]))


def kinds(one: str, other: str) -> dict[str, tuple[str, str]]:
    return {decision.kind: (decision.left, decision.right) for decision in decide(profile(one), profile(other))}


def test_a_copy_and_a_translation_are_of_their_source() -> None:
    assert kinds(SOURCE, COPY)["copy"] == (COPY, SOURCE)
    assert kinds(SOURCE, COPY)["credit"] == (COPY, SOURCE)
    assert kinds(SOURCE, TRANSLATION)["translation"] == (TRANSLATION, SOURCE)
    assert kinds(TRANSLATION, SOURCE) == kinds(SOURCE, TRANSLATION)


def test_who_tells_the_same_in_other_words_is_no_copy_but_one_story() -> None:
    assert set(kinds("en-karabakh-offensive", "id-karabakh-gencatan")) == {"same-story"}


def test_what_has_nothing_in_common_is_nothing_of_each_other() -> None:
    assert kinds("en-canada-india", "en-us-iran-swap") == {}
    assert kinds("en-zelensky-washington", "id-g20-new-delhi") == {}


def test_every_decision_says_why() -> None:
    for decision in decide(profile(SOURCE), profile(TRANSLATION)):
        assert decision.reasons
        assert 0.5 <= decision.score <= 1
        assert decision.left_report == decision.left
    reasons = next(d.reasons for d in decide(profile(SOURCE), profile(COPY)) if d.kind == "copy")
    assert "runs of three words" in reasons[0]
    assert "credits Harbour Post" in reasons[-1]


def test_direction_follows_from_credit_then_time_then_language_then_length() -> None:
    early, late = profile(SOURCE), replace(profile(COPY), credits=())
    features = features_of(early, late)
    early, late = replace(early, published="2023-09-15"), replace(late, published="2023-09-16")
    assert directed(early, late, features)[1].id == SOURCE
    assert directed(replace(early, published="2023-09-17"), late, features)[1].id == COPY
    credited = replace(early, credits=("The Example",), published="2023-09-14")
    assert directed(credited, replace(late, outlet="The Example"), features)[1].id == COPY
    undated = replace(early, published=None)
    assert directed(undated, replace(late, language="id"), features)[1].id == SOURCE
    assert directed(undated, replace(late, length=early.length * 2), features)[1].id == COPY
    assert "nothing says" in directed(undated, replace(late, length=early.length), features)[2]


def test_the_same_outlet_with_a_changed_text_is_an_update() -> None:
    one, other = profile(SOURCE), replace(profile(COPY), outlet="Harbour Post", credits=())
    assert {"copy", "update"} <= {decision.kind for decision in decide(one, other)}
    same = replace(one, id="another")
    assert "update" not in {decision.kind for decision in decide(one, same)}


def test_credits_are_decided_from_one_report() -> None:
    assert [(d.kind, d.left, d.right) for d in credits_of(profile("en-us-iran-swap"))] == [
        ("credit", "en-us-iran-swap", "Reuters")
    ]
    assert outlet_name("Agence France-Presse") == "AFP"
    assert outlet_name("https://unknown.example/news", known_only=True) is None


def test_days_count_only_between_dated_reports() -> None:
    one = replace(profile(SOURCE), published="2023-09-15")
    assert days_apart(one, replace(one, published="2023-10-15")) == 30
    assert days_apart(one, replace(one, published=None)) is None
    recurring = features_of(one, replace(one, published="2024-09-15"))
    assert recurring["series"] == recurring["long"] == 3
