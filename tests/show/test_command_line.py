import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_readings import TEXT, read

import kronik.pipeline
from kronik.contract import to_json
from kronik.show.command_line import commands

COMMAND = [sys.executable, "-c", "from kronik.show.command_line import main; main()"]


@pytest.fixture(autouse=True)
def _made_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kronik.pipeline, "read_one", lambda page, fast=False: read(page))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KRONIK_DB", raising=False)
    monkeypatch.setenv("KRONIK_JOBS", "1")  # no other process knows of the made engine
    (tmp_path / "visit.txt").write_text(TEXT)
    (tmp_path / "bad.txt").write_text("! no article")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def added(*paths: str) -> Result:
    return run("add", *(paths or ("visit.txt",)))


def test_read_prints_what_a_page_tells() -> None:
    result = run("read", "visit.txt")
    assert result.exit_code == 0
    assert "2024-04-08  Sergey Lavrov → CONSULT visit → China, at Beijing  [visit#1]" in result.stdout
    assert result.stderr == ""


def test_read_prints_one_object_a_line() -> None:
    result = run("read", "visit.txt", "visit.txt", "--json", "--language", "id", "--format", "html")
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(o["id"], o["report"]["language"]) for o in objects] == [("visit", "id")] * 2


def test_read_leaves_out_what_it_is_less_sure_of() -> None:
    lines = run("read", "visit.txt", "--min-confidence", "0.75").stdout
    assert "[visit#1]" in lines
    assert "[visit#2]" in lines
    assert "[visit#3]" not in lines
    assert "left out as less sure than 0.75: 2 events" in lines
    events = json.loads(run("read", "visit.txt", "--json", "--min-confidence", "0.75").stdout)["events"]
    assert [one["confidence"] for one in events] == [0.9, 0.8]
    assert run("read", "visit.txt", "--min-confidence", "7").exit_code == 2


def test_source_and_confidence_choose_in_every_command() -> None:
    added()
    for command in (("timeline", "--json"), ("find", "--json"), ("export", "--to", "jsonl")):
        sure = [json.loads(line) for line in run(*command, "--min-confidence", "0.75").stdout.splitlines()]
        assert {one["confidence"] for one in sure} == {0.9, 0.8}, command
        assert len(run(*command, "--source", "the example times").stdout.splitlines()) == 4, command
        assert run(*command, "--source", "Another").stdout == "", command


def test_read_goes_on_after_a_page_that_fails() -> None:
    result = run("read", "bad.txt", "visit.txt", "--json")
    assert result.exit_code == 1
    assert result.stderr == "kronik: bad.txt: no article: give another page\n"
    assert json.loads(result.stdout)["id"] == "visit"


def test_read_goes_on_after_a_fault_of_its_own() -> None:
    Path("fault.txt").write_text("? a fault")
    result = run("read", "fault.txt", "visit.txt", "--json")
    assert result.exit_code == 1
    assert result.stderr.startswith("kronik: fault.txt: kronik failed on it (ValueError: a fault)")
    assert json.loads(result.stdout)["id"] == "visit"


def test_add_tells_what_became_of_the_pages() -> None:
    result = added("visit.txt", "bad.txt")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "kronik: bad.txt: no article: give another page",
        "kronik: chronicle.db: 2 pages: 1 added, 1 failed; 4 events kept",
    ]
    assert added().stderr == "kronik: chronicle.db: 1 page: 1 unchanged\n"
    Path("visit.txt").write_text("Changed.")
    assert added().stderr == "kronik: chronicle.db: 1 page: 1 new version\n"


def test_a_wrong_call_makes_no_ledger() -> None:
    for arguments in (["add", "none.txt"], ["add"], ["add", "visit.txt", "--published", "soon"]):
        assert run(*arguments).exit_code == 2
    assert not Path("chronicle.db").exists()


def test_the_ledger_is_named_by_option_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "visit.txt", "--db", "one.db")
    monkeypatch.setenv("KRONIK_DB", "one.db")
    assert "visit#1" in run("timeline").stdout
    assert run("timeline", "--db", "two.db").exit_code == 1


def test_timeline_and_find() -> None:
    added()
    timeline = run("timeline").stdout.splitlines()
    assert timeline[0] == "2024-04-08  Sergey Lavrov → CONSULT visit → China, at Beijing  [visit#1]"
    assert len(timeline) == 8
    assert run("timeline", "--status", "denied").stdout == run("find", "--type", "aid", "drones").stdout != ""
    entries = [json.loads(line) for line in run("find", "--country", "China", "--json").stdout.splitlines()]
    assert [entry["id"] for entry in entries] == ["visit#1", "visit#2"]


def test_nothing_found_is_said_on_stderr() -> None:
    added()
    result = run("find", "said")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "kronik: chronicle.db: no event matches; 1 report holds the words: try --anywhere\n"
    assert len(run("find", "said", "--anywhere").stdout.splitlines()) == 8


@pytest.mark.parametrize(
    "arguments",
    [
        ["timeline", "--country", "Atlantis"],
        ["timeline", "--since", "2023-13"],
        ["timeline", "--type", "LUNCH"],
        ["timeline", "--language", "xx"],
        ["find", "…"],
        ["export", "--to", "xml", "--what", "events"],
        ["nothing"],
    ],
)
def test_wrong_values_exit_with_2(arguments: list[str]) -> None:
    added()
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_show() -> None:
    added()
    report = run("show", "visit").stdout
    assert "Sergei Lavrov visited Beijing on Monday, the Kremlin said." in report
    assert "version 1, added " in report
    assert json.loads(run("show", "visit", "--json").stdout)["events"]
    event = run("show", "visit#1").stdout
    assert "actors      Sergey Lavrov (person, RUS), written “Sergei Lavrov”" in event
    assert json.loads(run("show", "visit#1", "--json").stdout)["trigger"] == "visited"
    Path("visit.txt").write_text("Changed.")
    added()
    assert "Changed." in run("show", "visit").stdout
    assert "visited Beijing" in run("show", "visit", "--version", "1").stdout


def test_show_page_prints_it_as_it_was_found() -> None:
    added()
    assert run("show", "visit", "--page").stdout == TEXT + "\n"
    assert run("show", "visit#1", "--page").stdout == TEXT + "\n"
    run("add", "visit.txt", "--no-pages", "--db", "bare.db")
    none = run("show", "visit", "--page", "--db", "bare.db")
    assert none.exit_code == 1
    assert "visit: its page is not in the ledger" in none.stderr


def test_explain() -> None:
    added()
    event = run("explain", "visit#1").stdout
    assert "«Sergei Lavrov *visited* Beijing on Monday», the Kremlin said." in event
    assert "· “Monday”: the Monday before 2024-04-10" in event
    assert "actor: Sergey Lavrov (person, RUS), written “Sergei Lavrov”, at 0 to 13" in event
    report = run("explain", "visit").stdout
    assert "“Also read: rice prices” — a related link" in report
    assert "· marks and cue" in report
    missing = run("explain", "visit#9")
    assert missing.exit_code == 1
    assert missing.stderr == "kronik: visit#9: no such event: the report visit tells 4 events, visit#1 to visit#4\n"


def test_export() -> None:
    added()
    lines = run("export", "--to", "jsonl", "--what", "reports").stdout.splitlines()
    assert json.loads(lines[0]) == json.loads(run("read", "visit.txt", "--json").stdout)
    to_file = run("export", "--to", "csv", "--what", "events", "-o", "events.csv")
    assert (to_file.exit_code, to_file.stdout) == (0, "")
    assert Path("events.csv").read_text("utf-8").splitlines()[1].startswith("visit#1,visit,CONSULT,visit,")


def test_schema_is_the_contract() -> None:
    from jsonschema import validate

    from kronik.model import Page

    validate(to_json(read(Page("visit", "visit.txt", TEXT, "text"))), json.loads(run("schema").stdout))


def test_check_counts_and_prints_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    import kronik.checking

    monkeypatch.setattr(kronik.checking, "count_examples", lambda code: 3)
    monkeypatch.setattr(kronik.checking, "check_language", lambda code: ["verbs.tsv: bad"] if code == "id" else [])
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, "verbs.tsv: bad\n")
    assert result.stderr.startswith("kronik: en: 3 examples, 0 problems\nkronik: id: 3 examples, 1 problem\n")
    assert run("check", "en").exit_code == 0
    assert run("check", "xx").exit_code == 2


def test_version() -> None:
    assert run("--version").stdout.startswith("kronik 0.")


def test_help_starts_at_once() -> None:
    """Nothing slow is imported for it, which a clock on a busy machine could not tell."""
    code = "import sys; from kronik.show.command_line import commands; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rich", "sqlite3", "lxml", "trafilatura", "httpx", "kronik.pipeline", "kronik.world"} & set(loaded)


def test_a_closed_pipe_is_no_error() -> None:
    added()
    listing = subprocess.Popen([*COMMAND, "timeline"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert listing.stdout
    assert listing.stderr
    listing.stdout.close()
    assert listing.stderr.read() == b""
    assert listing.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_under_the_output_is_told_in_one_line() -> None:
    added()
    with open("/dev/full", "w") as full:  # noqa: PTH123
        listing = subprocess.run([*COMMAND, "timeline"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert listing.returncode == 1
    assert listing.stderr == "kronik: the output: No space left on device: mend that and run it again\n"


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_interrupting_keeps_what_was_added() -> None:
    code = (
        "import signal, time, kronik.pipeline\n"
        # A test run in the background has it that interrupts are ignored, and hands that down.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from made_readings import read\n"
        "def slowly(page, fast=False):\n"
        "    if page.id.startswith('late'):\n"
        "        print('waiting', flush=True)\n"
        "        time.sleep(20)\n"
        "    return read(page)\n"
        "kronik.pipeline.read_one = slowly\n"
        "from kronik.show.command_line import main\n"
        "main(['add', 'visit.txt', 'late.txt'])\n"
    )
    Path("late.txt").write_text("A late report.")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "store")}
    adding = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert adding.stdout
    assert adding.stdout.readline() == "waiting\n"
    time.sleep(0.05)
    adding.send_signal(signal.SIGINT)
    _, said = adding.communicate(timeout=15)
    assert adding.returncode == 130
    assert said.splitlines() == ["kronik: chronicle.db: 1 page: 1 added; 4 events kept", "kronik: stopped"]
    assert "visit#1" in run("timeline").stdout
