"""Every command and every option of the command line stands in docs/command-line.md, with an example each."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kronik.show.command_line import commands

PAGE = Path(__file__).parents[1] / "docs" / "command-line.md"
SECTIONS = dict(re.findall(r"^## kronik (\S+)\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))


def options_of(command: click.Command) -> list[click.Option]:
    """The options of a command; those of a group are its commands'."""
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    own = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return [*own, *(option for one in inner for option in options_of(one))]


def test_every_command_has_a_section_and_none_is_made_up() -> None:
    assert list(SECTIONS) == commands.list_commands(click.Context(commands))


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_option_stands_in_its_section_and_none_is_made_up(name: str) -> None:
    options = {written for option in options_of(commands.commands[name]) for written in option.opts}
    described = set(re.findall(r"(?<![\w-])(--?[a-z]+(?:-[a-z]+)*)", SECTIONS.get(name, "")))
    others = {written for option in options_of(commands) for written in option.opts}
    assert options <= described
    assert described <= others


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_and_option_has_an_example(name: str) -> None:
    examples = " ".join(re.findall(r"^    (kronik .*)$", SECTIONS.get(name, ""), re.MULTILINE))
    assert f"kronik {name}" in examples
    shared = {"--json", "--type", "--mode", "--participant", "--country", "--place", "--since", "--until", "--status",
              "--language", "--source", "--report", "--min-confidence", "--limit", "--db"}  # fmt: skip
    for parameter in options_of(commands.commands[name]):
        if not (name == "find" and parameter.opts[0] in shared):
            assert any(re.search(rf"(?<!\S){option}(?!\S)", examples) for option in parameter.opts), parameter.opts


def test_the_whole_group_is_described() -> None:
    before = PAGE.read_text("utf-8").partition("\n## ")[0]
    assert "--version" in before
    assert "--help" in before
    assert "KRONIK_DB" in before
