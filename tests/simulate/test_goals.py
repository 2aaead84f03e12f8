"""A send that misses a goal is told of by name, and the command fails."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.simulate import __main__ as simulate
from benchmarks.simulate import goals, peak, report
from benchmarks.simulate.send import Sent, send, sized_for

JUST = {"readers": 1_000_000, "rate": 200, "efficiency": 0.97, "most_in_a_second": 200, "usd_per_million": 3.0}


@pytest.fixture(scope="module")
def sent() -> Sent:
    return send(300, 200, sized_for(200))


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(report, "KEPT", tmp_path / "result.json")
    monkeypatch.setattr(peak, "measured", lambda readers, settings: 90.0)
    monkeypatch.setattr("sys.argv", ["simulate", "--readers", "300", "--rate", "200"])


@pytest.mark.parametrize(
    ("figure", "value", "said"),
    [
        ("efficiency", 0.9699, "efficiency is 0.9699, the goal at least 0.97"),
        ("most_in_a_second", 201, "most_in_a_second is 201, the goal at most 200"),
        ("usd_per_million", 3.001, "usd_per_million is 3.001, the goal at most 3.00"),
    ],
)
def test_a_goal_is_missed_by_a_little_and_told_with_its_figures(figure: str, value: float, said: str) -> None:
    assert goals.missed(JUST) == []
    assert goals.missed(JUST | {figure: value}) == [said]


def test_a_small_send_may_be_slow_and_dear_and_never_too_fast() -> None:
    small = JUST | {"readers": 999_999, "efficiency": 0.8336, "usd_per_million": 3.774}
    assert goals.missed(small) == []
    assert goals.missed(small | {"most_in_a_second": 201}) == ["most_in_a_second is 201, the goal at most 200"]


def test_the_sends_that_were_kept_miss_nothing() -> None:
    known: dict[str, Any] = json.loads(Path(report.__file__).with_name("result.json").read_text())
    assert [name for name, found in known.items() if goals.missed(found)] == []


def test_a_small_send_that_reaches_its_goals_ends_well(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulate, "send", lambda *_: sent)
    assert simulate.main() == 0


def test_a_second_above_the_rate_is_printed_and_fails_the_command(
    sent: Sent, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    most = sent.most_in_a_second
    monkeypatch.setattr(simulate, "send", lambda *_: replace(sent, rate=most - 1))
    assert simulate.main() == 1
    *_, missed, result = capsys.readouterr().out.splitlines()
    assert missed == f"missed: most_in_a_second is {most}, the goal at most {most - 1}"
    assert result.startswith("RESULT ")


def test_a_reader_without_a_letter_is_printed_and_fails_the_command(
    sent: Sent, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(simulate, "send", lambda *_: replace(sent, copies=sent.copies - type(sent.copies)({1: 1})))
    assert simulate.main() == 1
    assert "\nmissed: not everybody got one letter and was counted so\n" in capsys.readouterr().out
