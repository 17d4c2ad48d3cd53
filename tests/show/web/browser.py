"""A real browser on a real server, where both are there: Debian's Chromium, and axe-core for what people cannot use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[3]
AXE = (
    Path(os.environ.get("KRONIK_AXE", "")) if os.environ.get("KRONIK_AXE") else None,
    ROOT / "build" / "node_modules" / "axe-core" / "axe.min.js",
    ROOT / "node_modules" / "axe-core" / "axe.min.js",
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_source() -> str:
    """The script of axe-core; skips where it is not installed."""
    for path in AXE:
        if path and path.is_file():
            return path.read_text("utf-8")
    pytest.skip("axe-core is not installed: npm install --prefix build axe-core")


def browser(width: int = 1280, height: int = 900, *, dark: bool = False) -> Any:
    """Chromium without a window; skips where it or its driver is missing."""
    selenium = pytest.importorskip("selenium", reason="selenium is not installed")
    assert selenium
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not program or not driver:
        pytest.skip("Chromium is not installed: apt-get install chromium chromium-driver")
    options = Options()
    options.binary_location = program
    for one in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"):
        options.add_argument(one)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    opened.set_page_load_timeout(60)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return opened


@contextmanager
def server(db: Path, *arguments: str) -> Iterator[str]:
    """`kronik serve` of a ledger as a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from kronik.show.web.command import serve; serve()"]
    process = subprocess.Popen(
        [*command, "--db", str(db), "--port", str(port), *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"{address}/static/icon.svg", timeout=2):
                    break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"kronik serve does not answer: {process.stderr}") from None
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()
