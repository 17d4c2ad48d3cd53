"""The founding page is read as it must be, and figures that fall under their floors are told."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kronik.contract import to_json
from kronik.model import Page
from kronik.pipeline import read_one
from kronik.read.sources import read_pages

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
SEED = GOLD / "seed" / "id-seed.txt"
needs_gold = pytest.mark.skipif(not SEED.is_file(), reason="needs the gold reports, which are not part of the project")


@lru_cache(maxsize=1)
def seed() -> dict[str, Any]:
    """The founding page as kronik reads it."""
    (page,) = read_pages([SEED])
    assert isinstance(page, Page)
    return to_json(read_one(page))


@lru_cache(maxsize=1)
def gold() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(SEED.with_suffix(".json").read_text("utf-8"))
    return told


def events(type: str, **wanted: Any) -> list[dict[str, Any]]:
    return [e for e in seed()["events"] if e["type"] == type and all(e[key] == value for key, value in wanted.items())]


def names(participants: list[dict[str, Any]]) -> set[str]:
    return {participant["name"] for participant in participants}


@needs_gold
def test_all_lines_that_are_no_article_are_out() -> None:
    text = seed()["report"]["text"]
    for line in gold()["report"]["not_article"]:
        assert " ".join(line.split()) not in " ".join(text.split())
        assert " ".join(line.split()) in " ".join(" ".join(seed()["report"]["not_article"]).split())


@needs_gold
def test_no_sentence_of_the_article_is_lost() -> None:
    page = " ".join(SEED.read_text("utf-8").split())
    for line in gold()["report"]["not_article"]:
        page = page.replace(" ".join(line.split()), " ")
    kept = " ".join(seed()["report"]["text"].split())
    lost = [s for s in page.split(". ") if len(s.split()) > 6 and " ".join(s.split()[-6:]).rstrip(".") not in kept]
    assert lost == []


@needs_gold
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("published", "2023-09-17"),
        ("published_from", "text"),
        ("dateline_place", "Moscow"),
        ("credits", ["CNA"]),
        ("language", "id"),
    ],
)
def test_what_the_page_says_of_itself(key: str, value: object) -> None:
    assert seed()["report"][key] == value


@needs_gold
@pytest.mark.parametrize("number", range(4))
def test_every_direct_quote_has_its_speaker(number: int) -> None:
    wanted = [quote for quote in gold()["quotes"] if quote["direct"]][number]
    found = {q["text"].strip(" .,"): q["speaker"] and q["speaker"]["name"] for q in seed()["quotes"] if q["direct"]}
    assert found.get(wanted["text"].strip(" .,")) == wanted["speaker"]["name"]


@needs_gold
def test_the_gift_with_its_three_items_and_numbers() -> None:
    gifts = [event for event in events("AID", status="occurred") if len(event["items"]) == 3]
    assert len(gifts) == 1
    (wanted,) = [e for e in gold()["events"] if e["type"] == "AID" and len(e["items"]) == 3]
    told = {item["text"]: item["quantity"] for item in gifts[0]["items"]}
    assert set(told) == {item["text"] for item in wanted["items"]}
    for item in wanted["items"][:2]:  # the page writes no number before the third, a single vest
        assert told[item["text"]] == item["quantity"]
    assert names(gifts[0]["recipients"]) == {"Kim Jong Un"}


@needs_gold
def test_the_meeting_with_shoigu() -> None:
    both = {"Kim Jong Un", "Sergei Shoigu"}
    meetings = [e for e in events("CONSULT", start="2023-09-16") if both <= names(e["actors"])]
    assert [e["place"] and e["place"]["name"] for e in meetings][:1] == ["Vladivostok"]
    assert meetings[0]["status"] == "occurred"


@needs_gold
def test_the_talks_at_vostochny() -> None:
    both = {"Kim Jong Un", "Vladimir Putin"}
    talks = [e for e in events("CONSULT", start="2023-09-13") if both <= names(e["actors"])]
    assert [e["place"] and e["place"]["name"] for e in talks][:1] == ["Vostochny Cosmodrome"]
    assert talks[0]["status"] == "occurred"


@needs_gold
def test_the_agreement_that_the_kremlin_denies() -> None:
    assert [event for event in events("AGREE", status="denied") if "Kremlin" in names(event["sources"])]


@needs_gold
def test_the_meeting_planned_for_november() -> None:
    assert events("CONSULT", status="planned", start="2023-11")


@needs_gold
def test_the_arms_that_the_west_fears() -> None:
    feared = [e for e in events("AID", status="possible") if "weapon" in {item["name"] for item in e["items"]}]
    assert [names(event["actors"]) for event in feared] == [{"North Korea"}]
    assert names(feared[0]["recipients"]) == {"Russia"}


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")  # as where it is run as a script
    spec = importlib.util.spec_from_file_location("evaluate_under_test", ROOT / "benchmarks" / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "evaluate_under_test", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.toml")
    return module


SCORE = """
def score(folder, readings):
    share = {"p": 0.5, "r": 0.5, "f1": len(readings) / 4}
    return {
        "events": {"typed": share, "roles": share},
        "fields of typed events": {"status": {"mean": 0.5}},
        "quotes": {"direct": share},
        "report": {"published": {"mean": 1.0}},
    }
"""
PAGE = "BEIJING (Reuters) - Russian President Vladimir Putin visited China on Tuesday and met President Xi Jinping."
PAGE_ID = "Presiden Rusia Vladimir Putin mengunjungi China pada Selasa dan bertemu Presiden Xi Jinping di sana."


def make_gold(folder: Path) -> Path:
    """Two reports in English, one in Indonesian, and a score that only counts."""
    gold = folder / "gold"
    (gold / "dev").mkdir(parents=True)
    (gold / "score.py").write_text(SCORE)
    for id, language, text in (
        ("en-1", "en", PAGE),
        ("en-2", "en", PAGE.replace("Tuesday", "Friday")),
        ("id-1", "id", PAGE_ID),
    ):
        (gold / "dev" / f"{id}.txt").write_text(text)
        (gold / "dev" / f"{id}.json").write_text(json.dumps({"id": id, "report": {"language": language}}))
    return gold


def evaluated(evaluate: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["evaluate.py", "--only", "dev", *arguments])
    monkeypatch.setattr(evaluate, "Pool", InOneProcess)
    status: int = evaluate.main()
    return status


class InOneProcess:
    """Stands for a pool of processes."""

    def __init__(self, processes: int) -> None: ...

    def __enter__(self) -> InOneProcess:
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, function: Any, values: list[str], chunksize: int) -> list[Any]:
        return [function(value) for value in values]


def test_each_language_is_scored_apart_and_pinned(
    evaluate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = make_gold(tmp_path)
    assert evaluated(evaluate, monkeypatch, "--gold", str(gold), "--pin", "--readings", str(tmp_path / "readings")) == 0
    table = capsys.readouterr().out
    assert "dev.en" in table
    assert "dev.id" in table
    pinned = evaluate._floors()
    assert set(pinned) == {"dev.en", "dev.id"}
    assert pinned["dev.en"]["typed"] == 0.75
    assert pinned["dev.en"]["report published"] == 1.0
    readings = (tmp_path / "readings" / "dev.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in readings] == ["en-1", "en-2", "id-1"]
    assert evaluated(evaluate, monkeypatch, "--gold", str(gold)) == 0


def test_a_figure_under_its_floor_is_named_and_fails(
    evaluate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = make_gold(tmp_path)
    evaluated(evaluate, monkeypatch, "--gold", str(gold), "--pin")
    (gold / "dev" / "en-2.txt").write_text("")  # a page that is not read any more
    capsys.readouterr()
    assert evaluated(evaluate, monkeypatch, "--gold", str(gold)) == 1
    said = capsys.readouterr().err
    assert "dev.en: typed is 0.500, its floor 0.750" in said
    assert "en-2" in said
    assert "published is" not in said


def test_pinning_keeps_the_floors_of_what_was_not_scored(evaluate: ModuleType) -> None:
    evaluate.pin({"seed.id": {"typed": 0.5}})
    evaluate.pin({"dev.en": {"typed": 0.25}})
    assert evaluate._floors() == {"seed.id": {"typed": 0.5}, "dev.en": {"typed": 0.25}}
    assert evaluate.report_falls({"dev.en": {"typed": 0.25}}) == 0
    assert evaluate.report_falls({"dev.en": {}}) == 1


def test_without_gold_nothing_is_evaluated(
    evaluate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(evaluate, monkeypatch, "--gold", str(tmp_path / "none")) == 0
    assert "no gold reports here" in capsys.readouterr().err


def test_the_pinned_floors_name_figures_that_exist() -> None:
    import tomllib

    path = ROOT / "benchmarks" / "floors.toml"
    if not path.is_file():
        pytest.skip("no floors are pinned yet")
    for column, floors in tomllib.loads(path.read_text("utf-8")).items():
        assert column.split(".")[0] in ("seed", "dev", "train")
        assert all(0 <= floor <= 1 for floor in floors.values())
        assert {"typed", "roles"} <= set(floors)
