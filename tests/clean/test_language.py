import gzip
import json
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from kronik.clean import language
from kronik.errors import LanguageError

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
POOL = GOLD.parent / "data" / "pool" / "id.jsonl.gz"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Presiden bertemu menteri di Jakarta", "id"),
        ("Pasukan itu ditarik dari kota karena serangan", "id"),
        ("Perdana Menteri Malaysia mengatakan bahwa ia akan datang pada hari Senin.", "id"),
        ("Perdana Menteri berkata kerajaan akan memberi bantuan kerana harga minyak naik", "ms"),
        ("Polis menahan dua lelaki selepas serangan di bandar itu", "ms"),
        ("The president met the minister", "en"),
        ("Troops were withdrawn from the city", "en"),
    ],
)
def test_short_texts_are_told(text: str, code: str) -> None:
    assert language.identify(text, "p") == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
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


@pytest.mark.parametrize(
    ("claim", "code"), [("id", "id"), ("en-US", "en"), ("Indonesian", "id"), ("ENGLISH", "en"), ("Malay", "ms")]
)
def test_a_claim_is_taken(claim: str, code: str) -> None:
    assert language.of_claim(claim, "p") == code


def test_the_pool_of_indonesian_reports_is_not_taken_for_malay() -> None:
    if not POOL.is_file():
        pytest.skip("needs the pool of pages, which is not part of the project: put it at ../shared/data/pool")
    malay = read = 0
    with gzip.open(POOL, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, 6):
            page = json.loads(line)
            read += 1
            with suppress(LanguageError):
                malay += language.identify(f"{page.get('title') or ''} {page.get('text') or ''}", "p") == "ms"
    assert read > 1000
    assert malay <= read / 1000


def test_the_gold_reports_are_all_told() -> None:
    if not GOLD.is_dir():
        pytest.skip("the gold reports are not here: put them at ../shared/gold")
    for path in sorted(GOLD.glob("train/*.html"))[::3]:
        want = json.loads(path.with_suffix(".json").read_text("utf-8"))["report"]["language"]
        words = path.read_text("utf-8").partition("<p>")[2]
        assert language.identify(words, path.name) == want
