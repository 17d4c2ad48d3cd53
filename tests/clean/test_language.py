import json
from pathlib import Path

import pytest

from kronik.clean import language
from kronik.errors import LanguageError

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Presiden bertemu menteri di Jakarta", "id"),
        ("Pasukan itu ditarik dari kota karena serangan", "id"),
        ("Perdana Menteri Malaysia mengatakan bahwa ia akan datang pada hari Senin.", "id"),
        ("The president met the minister", "en"),
        ("Troops were withdrawn from the city", "en"),
    ],
)
def test_short_texts_are_told(text: str, code: str) -> None:
    assert language.identify(text, "p") == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Perdana Menteri berkata kerajaan akan memberi bantuan kerana harga minyak naik", "Malay"),
        ("Polis menahan dua lelaki selepas serangan di bandar itu", "Malay"),
        ("El presidente dijo que el gobierno no va a negociar con los rebeldes", "Spanish"),
        ("De president zei dat het land niet zal onderhandelen", "Dutch"),
        ("Le président a déclaré que le pays ne négociera pas avec les rebelles", "French"),
        ("Sinabi ng pangulo na hindi siya makikipag-usap sa mga rebelde", "Tagalog"),
        ("Presiden wis tekan ing Moskow lan ketemu karo menteri sing anyar", "Javanese"),
        ("Президент встретился с министром в Москве", "Cyrillic"),
        ("总统在北京会见了外长", "Chinese"),
        ("zxcv qwer asdf yuio", "cannot be told"),
        ("12 34", "no words"),
    ],
)
def test_other_languages_are_refused_with_their_name(text: str, named: str) -> None:
    with pytest.raises(LanguageError, match=named) as refused:
        language.identify(text, "p.html")
    assert str(refused.value).startswith("p.html: ")


@pytest.mark.parametrize(("claim", "code"), [("id", "id"), ("en-US", "en"), ("Indonesian", "id"), ("ENGLISH", "en")])
def test_a_claim_is_taken(claim: str, code: str) -> None:
    assert language.of_claim(claim, "p") == code


def test_the_gold_reports_are_all_told() -> None:
    if not GOLD.is_dir():
        pytest.skip("the gold reports are not here: put them at ../shared/gold")
    for path in sorted(GOLD.glob("train/*.html"))[::3]:
        want = json.loads(path.with_suffix(".json").read_text("utf-8"))["report"]["language"]
        words = path.read_text("utf-8").partition("<p>")[2]
        assert language.identify(words, path.name) == want
