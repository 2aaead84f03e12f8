"""The benchmark runs and says what it promises; how fast anything is, is not asked here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.delivery import cold, letter, scene, threads
from benchmarks.delivery.ratios import Spread, against, table
from benchmarks.delivery.report import Part, run


def check(part: Part, names: set[str]) -> None:
    assert set(part.found) == names
    for spread in part.found.values():
        assert 0 < spread.low <= spread.middle <= spread.high


def test_a_letter_is_held_against_three_others() -> None:
    part = letter.measure(letters=3, rounds=1)
    check(part, {"deliver_vs_floor", "deliver_vs_tutorial", "deliver_vs_smtplib"})


def test_letters_a_second_are_counted_by_threads() -> None:
    check(threads.measure(counts=(2,), rounds=1, seconds=0.1), {"letters_per_second_2_threads"})


def test_the_start_of_each_handler_is_held_against_boto3() -> None:
    modules = (scene.ROOT / "functions" / "handlers").glob("*.py")
    handlers = {path.stem for path in modules if "\ndef handler(" in path.read_text()}
    assert "mailroom" in handlers
    check(cold.measure(rounds=1), {f"cold_{handler}_vs_boto3" for handler in handlers})


def test_a_mailroom_that_drops_its_mail_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cold, "_mail", lambda: "From: nobody\n\n")
    with pytest.raises(SystemExit, match="mailroom's event left none of the hints"):
        cold.measure(("mailroom",), rounds=1)


def test_ratios_are_of_pairs() -> None:
    assert against([1, 4, 9], [1, 2, 3]) == Spread(1, 2, 3)


def test_a_table_is_markdown() -> None:
    assert table(("threads", "rate"), [(1, Spread(1, 2, 3))]).splitlines() == [
        "| threads | rate |",
        "| --- | --- |",
        "| 1 | 1.00 – **2.00** – 3.00 |",
    ]


def test_a_part_is_kept_beside_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "result.json"
    run(lambda: Part("Letters", "| a |", {"deliver_vs_floor": Spread(1, 1.1, 1.2)}), kept=kept)
    run(lambda: Part("Starts", "| b |", {"cold_deliver_vs_boto3": Spread(0.8, 0.9, 1)}), kept=kept)
    assert capsys.readouterr().out.splitlines()[-1] == 'RESULT {"cold_deliver_vs_boto3": 0.9}'
    document = json.loads(kept.read_text())
    assert set(document) == {"deliver_vs_floor", "cold_deliver_vs_boto3"}
    assert {"low", "middle", "high", "at", "machine"} == set(document["deliver_vs_floor"])
