"""Ctrl-C while several processes read: what was added is told, and no process is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CODE = (
    "import signal\n"
    # A test run in the background has it that interrupts are ignored, and hands that down.
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "import kronik.show.progress as progress\n"
    "progress.EVERY_SECONDS = 0\n"
    "from kronik.show.command_line import main; main()\n"
)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_what_was_added_is_kept_and_nobody_reads_on(tmp_path: Path) -> None:
    pages = tmp_path / "pages.jsonl"
    lines = [
        {"id": f"visit-{n}", "text": f"Sergei Lavrov visited Beijing on {n % 27 + 1} May 2023."} for n in range(5000)
    ]
    pages.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    command = [sys.executable, "-c", CODE, "add", str(pages), "--fast", "--jobs", "2", "--db", str(tmp_path / "a.db")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as adding:
        assert adding.stderr
        assert "so far" in adding.stderr.readline()
        os.killpg(adding.pid, signal.SIGINT)  # as a terminal does
        said = adding.communicate(timeout=120)[1].splitlines()
    assert adding.returncode == 130
    assert said[-1] == "kronik: stopped"
    assert " added" in said[-2]
    until = time.monotonic() + 60
    while alive(adding.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(adding.pid)


def alive(group: int) -> bool:
    """Whether a process of the group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
