"""The shape of the package: who imports whom, how files are called, what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kronik

SOURCE = Path(__file__).parents[1] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((SOURCE / "kronik").rglob("*.py"))
}
GROUND = {"model", "errors", "world", "languages", "reader"}
STAGES = {"read", "clean", "annotate", "events"}
MANY = {"volume", "cluster", "needs", "watch"}
SHOWN = {"contract", "store", "reconcile", "read", "events", "pipeline", "checking", "lists"} | MANY

# Which parts of kronik a part may import, besides itself.
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "needs": {"errors"},
    "languages": {"errors"},
    "world": {"model", "errors", "languages"},
    "reader": {"model", "errors", "languages", "world"},
    **dict.fromkeys(STAGES, GROUND),
    "read": GROUND | {"needs"},
    "lists": {"model", "errors", "languages", "world"},
    "contract": {"model"},
    "store": GROUND | {"contract", "needs"},
    "reconcile": GROUND | {"contract", "store"},
    "volume": GROUND | {"store"},
    "cluster": GROUND | {"contract", "store", "reconcile", "volume", "read", "needs"},
    "watch": GROUND | {"read"},
    "pipeline": GROUND | STAGES | {"lists"},
    "checking": GROUND | {"contract", "events", "pipeline"},
    "show": GROUND | SHOWN,
    "": {"contract", "errors", "model", "pipeline", "read", "store"},  # kronik/__init__, which only looks names up
}


def part_of(module: str) -> str:
    """The part of kronik that a module belongs to: ``events`` of ``kronik.events.roles``, "" of ``kronik`` itself."""
    return module.split(".")[1] if "." in module else ""


def imports(module: str) -> Iterator[str]:
    """The modules of kronik that a module imports, anywhere in its file; those for type checking count as well."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "kronik")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import: write it in full"
            if (node.module or "").split(".")[0] == "kronik":
                inside = [f"{node.module}.{alias.name}" for alias in node.names]
                yield from (name if name in MODULES else node.module or "" for name in inside)


def test_every_part_stands_in_the_import_table() -> None:
    assert {part_of(module) for module in MODULES} <= set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_part_may(module: str) -> None:
    part = part_of(module)
    wrong = {name for name in imports(module) if part_of(name) not in MAY_IMPORT[part] | {part}}
    assert not wrong, f"{module} may not import {', '.join(sorted(wrong))}"


def test_no_part_imports_in_a_circle() -> None:
    order = ["errors", "needs", "model", "languages", "world", "reader", *sorted(STAGES)]
    order += ["lists", "contract", "store", "reconcile", "volume", "cluster", "watch", "pipeline", "checking"]
    for part in order:
        later = set(order[order.index(part) + 1 :]) | {"show"}
        assert not MAY_IMPORT[part] & later, part


@pytest.mark.parametrize("path", MODULES.values(), ids=MODULES)
def test_every_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":")), "its first line is a sentence"


def test_files_are_named_by_their_subject() -> None:
    named = {path.stem for path in (SOURCE / "kronik").rglob("*")}
    assert not named & {"utils", "util", "helpers", "helper", "common", "base", "misc", "tools"}


def test_the_public_names_are_few_and_each_is_there() -> None:
    assert len(kronik.__all__) <= 30
    assert sorted(kronik.__all__) == list(kronik.__all__)
    for name in kronik.__all__:
        assert getattr(kronik, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kronik.nothing  # noqa: B018


@pytest.mark.parametrize("name", [name for name in kronik.__all__ if name != "__version__"])
def test_every_public_name_is_documented(name: str) -> None:
    assert getattr(kronik, name).__doc__


def test_importing_kronik_loads_nothing_heavy_and_is_quick() -> None:
    code = "import sys, kronik; print(*sys.modules)"
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        took.append(time.perf_counter() - begun)
    heavy = {"trafilatura", "lxml", "httpx", "rich", "click", "sqlite3", "kronik.world", "kronik.pipeline"}
    assert not heavy & set(loaded)
    assert min(took) < 0.3


def test_reading_a_report_loads_no_network_and_no_terminal() -> None:
    code = (
        "import sys; from kronik import Page, read_one\n"
        "read_one(Page('a', 'a.txt', 'The President of the United States visited Japan in May.', 'text'))\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "rich", "click", "sqlite3"} & set(loaded)
