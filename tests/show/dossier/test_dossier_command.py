"""`kronik dossier` to a file, and the file in a browser without a network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kronik.show.command_line import commands
from kronik.store.ledger import Ledger

REPOSITORY = Path(__file__).parents[3]
GOLD = REPOSITORY.parent / "shared" / "gold"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments))


def browse(path: Path, *options: str) -> str:
    """What Chromium, cut off from every network, makes of the page."""
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND",
         f"--user-data-dir={path.parent / 'profile'}", *options, path.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_to_a_file_and_to_standard_output(filled: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "lavrov.html"
    done = run("dossier", "Sergey", "Lavrov", "--db", str(filled.path), "-o", str(path))
    assert done.exit_code == 0, done.output
    assert "entries of Sergey Lavrov from 2 reports" in done.stderr
    assert done.stdout == ""
    assert path.read_text("utf-8").startswith("<!doctype html>")
    assert run("dossier", "Lavrov", "--db", str(filled.path), "--to", "markdown").stdout.startswith("# Sergey Lavrov")


def test_a_dash_is_standard_output(filled: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("dossier", "Lavrov", "--db", str(filled.path), "-o", "-")
    assert done.stdout.startswith("<!doctype html>")
    assert not Path("-").exists()


def test_conditions(filled: Ledger) -> None:
    plans = run("dossier", "Lavrov", "--since", "2025", "--to", "markdown", "--db", str(filled.path)).stdout
    assert "Astana" in plans
    assert "Beijing on Monday" not in plans
    aid = run("dossier", "Russia", "--type", "aid", "--to", "markdown", "--db", str(filled.path)).stdout
    assert "20 tonne" in aid
    assert "Beijing on Monday" not in aid
    sure = run("dossier", "Lavrov", "--min-confidence", "0.75", "--to", "markdown", "--db", str(filled.path)).stdout
    assert "Beijing on Monday" in sure
    assert "from 0 reports" not in sure
    none = run("dossier", "Lavrov", "--source", "Another", "--to", "markdown", "--db", str(filled.path))
    assert none.exit_code == 1


def test_nothing_to_tell_is_told_in_one_line(filled: Ledger, tmp_path: Path) -> None:
    done = run("dossier", "Nobody", "At", "All", "--db", str(filled.path), "-o", str(tmp_path / "none.html"))
    assert done.exit_code == 1
    assert "tells nothing of 'Nobody At All'" in done.stderr
    assert not (tmp_path / "none.html").exists()


@needs_chromium
def test_it_opens_and_prints_with_the_network_off(filled: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "lavrov.html"
    run("dossier", "Lavrov", "--db", str(filled.path), "-o", str(path))
    shown = browse(path, "--dump-dom")
    assert "Sergei Lavrov visited Beijing on Monday" in shown
    browse(path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'lavrov.pdf'}")
    assert (tmp_path / "lavrov.pdf").read_bytes().startswith(b"%PDF")


def test_the_founding_subject_is_small_enough(tmp_path: Path) -> None:
    if not GOLD.is_dir():
        pytest.skip("the gold reports are not beside the repository")
    path, db = tmp_path / "kim.html", str(tmp_path / "chronicle.db")
    about = [page for page in (GOLD / "train").glob("*.html") if "Kim Jong" in page.read_text("utf-8", "replace")]
    run("add", str(REPOSITORY / "examples"), str(GOLD / "seed"), *map(str, about), "--db", db)
    done = run("dossier", "Kim Jong Un", "--db", db, "-o", str(path))
    assert done.exit_code == 0, done.output
    assert path.stat().st_size < 2_000_000
    text = path.read_text("utf-8")
    for word in ("Vladimir Putin", "Vostochny", "EGINDO.co", "Bibliography"):
        assert word in text
    if CHROMIUM:
        assert "EGINDO.co" in browse(path, "--dump-dom")
