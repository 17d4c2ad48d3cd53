import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import volume  # noqa: E402

sys.path.remove(str(ROOT / "benchmarks"))


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_all_processes_of_a_run_count() -> None:
    pages = [str(ROOT / "examples" / name) for name in ("en-canada-india.html", "id-g20-new-delhi.html")]
    jobs, reports, seconds, rate, cpu, peak, _ = volume.measured([*pages, "--fast", "--jobs", "2"], 2).split()
    assert (jobs, reports) == ("2", "2")
    assert float(rate) == pytest.approx(2 / float(seconds), abs=0.1)
    assert 0.1 < float(cpu) < 60
    assert 50 < float(peak) < 1500
