import io
import re
import sys

import pytest
from rich.text import Text

from kronik.show.output import print_lines
from kronik.show.text import Line

LINES = [Line(Text("[visit] " + "word " * 30), 12, "2024-04-08"), Line(Text("second"), 12), Line(Text("third"))]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_plain_and_unwrapped_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines(LINES)
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "2024-04-08  [visit] " + ("word " * 30).rstrip()
    assert rest == ["            second", "third"]


def test_wrapped_under_its_column_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    print_lines(LINES)
    lines = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()).splitlines()]
    assert lines[0].startswith("2024-04-08  [visit] word")
    assert all(len(line) <= 60 for line in lines)
    assert lines[1].startswith("            word")
    assert lines[-2:] == ["            second", "third"]
