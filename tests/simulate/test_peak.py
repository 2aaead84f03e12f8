"""The memory of a worker is that of the size that was simulated, and is put beside what else is known of a send."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.simulate import __main__ as simulate
from benchmarks.simulate import peak, report
from benchmarks.simulate.send import sized_for

from cliffhanger import keys
from cliffhanger.settings import Settings

SMALL = sized_for(14).settings


def test_a_worker_of_many_threads_holds_a_connection_for_each() -> None:
    readers = 200 * len(keys.SHARDS)
    few, many = (peak.measured(readers, replace(SMALL, threads=threads)) for threads in (2, 64))
    assert few > 40
    assert many > few + 10


def test_a_simulated_send_is_told_with_the_memory_of_a_worker_of_its_own_size(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[int, int]] = []

    def measured(readers: int, settings: Settings) -> float:
        asked.append((readers, settings.threads))
        return 90.5

    monkeypatch.setattr(peak, "measured", measured)
    monkeypatch.setattr(report, "KEPT", tmp_path / "result.json")
    monkeypatch.setattr("sys.argv", ["simulate", "--readers", "300", "--rate", "10000"])
    assert simulate.main() == 0
    assert asked == [(300, 128)]
    assert json.loads(report.KEPT.read_text())["300 at 10000"]["worker_peak_mib"] == 90.5


def test_the_memory_alone_is_measured_anew_each_send_with_its_own_threads(tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    slow = {"readers": 1_000_000, "rate": 14, "efficiency": 0.99, "worker_peak_mib": 77.4, "bill": [{"api": "SNS"}]}
    fast = {"readers": 1_000_000, "rate": 10_000, "worker_peak_mib": 77.5}
    kept.write_text(json.dumps({"1000000 at 14": slow, "1000000 at 10000": fast}))
    peak.renew(kept, measure=lambda readers, settings: readers / 100_000 + settings.threads)
    assert json.loads(kept.read_text()) == {
        "1000000 at 14": slow | {"worker_peak_mib": 42},
        "1000000 at 10000": fast | {"worker_peak_mib": 138},
    }
