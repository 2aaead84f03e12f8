from __future__ import annotations

import pytest
from tests.support.world import SETTINGS, World, refuse

from cliffhanger import keys
from cliffhanger.errors import CliffhangerError
from console import main, operate


@pytest.fixture
def doubtful(world: World) -> World:
    world.series()
    world.release(1)
    world.join("ada")
    world.join("ben")
    world.work()
    world.release(2)
    world.mailer.next = [refuse(None, "NoAnswer")]
    world.minutes(1)
    return world


def test_letters_in_doubt_names_who_waits_and_hides_the_address(
    doubtful: World, capsys: pytest.CaptureFixture[str]
) -> None:
    in_doubt = next(name for name in ("ada", "ben") if doubtful.subscription(name).claim)
    operate.letters(doubtful.table, "lantern", in_doubt=True)
    (line,) = capsys.readouterr().out.splitlines()
    assert doubtful.reader(in_doubt) in line
    assert "in doubt: 2 since" in line
    assert f"{in_doubt}@" not in line
    operate.letters(doubtful.table, "lantern", in_doubt=False)
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_status_has_a_line_a_series(doubtful: World, capsys: pytest.CaptureFixture[str]) -> None:
    operate.status(doubtful.table)
    pace, series = capsys.readouterr().out.splitlines()
    assert pace == "sending: 90 of 90 letters a second"
    assert series.split() == ["lantern", "newest", "2", "closed", "1", "claims", "1", "sending"]


def test_pause_and_resume(doubtful: World, capsys: pytest.CaptureFixture[str]) -> None:
    operate.pause(doubtful.table)
    operate.status(doubtful.table)
    assert "PAUSED (operator)" in capsys.readouterr().out
    operate.resume(doubtful.table, None, SETTINGS.generation)
    item = doubtful.table.get(keys.PACE)
    assert item
    assert "paused" not in item


def test_resuming_a_series_that_is_not_there_makes_none(world: World) -> None:
    with pytest.raises(CliffhangerError):
        operate.resume(world.table, "nothing", SETTINGS.generation)
    assert world.table.get(keys.series_meta("nothing")) is None


def test_an_operator_without_a_stack_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TABLE_NAME", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    assert main.main(["status"]) == 1
    assert "TABLE_NAME" in capsys.readouterr().err
