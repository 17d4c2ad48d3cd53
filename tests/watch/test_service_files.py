"""The service and the timer for systemd that the docs give."""

import configparser
import re
import shlex
from pathlib import Path

from kronik.show.command_line import commands

PAGE = Path(__file__).parents[2] / "docs" / "archives.md"


def test_the_files_are_sound_and_their_command_is_one():
    service, timer = re.findall(r"```ini\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    parsed = configparser.ConfigParser()
    parsed.optionxform = str
    parsed.read_string(service)
    program, command, *words = shlex.split(parsed["Service"]["ExecStart"])
    assert program.endswith("/kronik")
    given = commands.commands[command].make_context(command, words).params
    assert given["once"]
    assert given["adds"]
    assert str(given["db"]).startswith(f"/var/lib/{parsed['Service']['StateDirectory']}/")
    parsed.read_string(timer)
    assert parsed["Timer"]["OnUnitInactiveSec"]
