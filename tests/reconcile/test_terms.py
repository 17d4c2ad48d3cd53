from reconciled_examples import readings

from kronik.contract import to_json
from kronik.reconcile.frequencies import COMMON, rarity, term_frequencies, word_frequencies
from kronik.reconcile.terms import language_free, number, plain, words_of


def test_numbers_are_alike_whatever_the_signs() -> None:
    assert number("1,200") == number("1.200") == number("1200") == "1200"
    assert number("3,50") == number("3.5") == "3.5"
    assert number("12,000,000") == "12000000"


def test_words_lose_capitals_and_accents() -> None:
    assert words_of("Erdoğan’s 1,200 tanks") == ["erdogan", "s", "1,200", "tanks"]
    assert plain("Zürich") == "zurich"


def test_a_translation_has_the_terms_of_its_source() -> None:
    source, _ = language_free(to_json(readings()["en-kim-putin-vostochny"]))
    translation, places = language_free(to_json(readings()["id-kim-putin-vostochny"]))
    assert {"name:North Korea", "name:Vladimir Putin", "word:vostochny"} <= set(source) & set(translation)
    assert all(0 <= place <= 1 for place in places.values())


def test_rarer_terms_weigh_more_and_unknown_ones_most() -> None:
    assert rarity(None) > rarity(10) > rarity(5000) > rarity(10_000) == 0
    assert term_frequencies()["name:Indonesia"] > COMMON
    assert word_frequencies("en")["the"] > 9000
    assert word_frequencies("id")["yang"] > 9000
