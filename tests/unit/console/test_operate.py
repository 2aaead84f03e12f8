"""`cliffhanger pause`, `resume` and `resend`."""

from __future__ import annotations

import pytest
from tests.support.world import SETTINGS, World, refuse

from cliffhanger import keys
from cliffhanger.delivery import breaker, pacing
from cliffhanger.errors import CliffhangerError
from cliffhanger.readers import life
from console import operate


@pytest.fixture
def rejected(world: World) -> World:
    """Chapter 1 is out; Ada's letter of it was rejected, Ben has his."""
    world.series()
    world.minutes(1)
    world.join("ada")
    world.join("ben")
    world.release(1)
    world.mailer.always = lambda mail: refuse(400, "BadRequestException")(mail) if "ada@" in mail.recipient else None
    world.minutes(2)
    world.mailer.always = None
    assert (world.got("ada"), world.got("ben")) == ([], [1])
    return world


def test_pause_stops_and_resume_goes_on(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.minutes(1)
    operate.pause(world.table)
    assert (world.table.get(keys.PACE) or {})["paused"] == "operator"
    operate.resume(world.table, None, generation=SETTINGS.generation, now=world.time)
    assert "paused" not in (world.table.get(keys.PACE) or {})
    assert capsys.readouterr().out.splitlines() == [
        "Paused. `cliffhanger resume` goes on.",
        "Sending goes on with the next minute.",
    ]


def test_a_position_is_sent_again_to_those_who_missed_it(rejected: World) -> None:
    operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    rejected.minutes(1)
    assert (rejected.got("ada"), rejected.got("ben")) == ([1], [1])


def test_resuming_a_series_that_is_not_there_makes_none(world: World) -> None:
    with pytest.raises(CliffhangerError, match="no series nothing"):
        operate.resume(world.table, "nothing", generation=SETTINGS.generation, now=world.time)
    assert world.table.get(keys.series_meta("nothing")) is None


def test_only_a_position_that_is_out_can_be_sent_again(rejected: World) -> None:
    with pytest.raises(CliffhangerError, match="lantern has no position 2: its newest is 1"):
        operate.resend(rejected.table, "lantern", 2, now=rejected.time)
    with pytest.raises(CliffhangerError, match="no series nothing"):
        operate.resend(rejected.table, "nothing", 1, now=rejected.time)


def test_resend_says_how_many_are_owed_it(rejected: World, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    assert capsys.readouterr().out.splitlines() == [
        "1 reader is owed it now.",
        "It goes out within minutes.",
        "Nobody more is owed it.",
    ]


def test_who_has_another_letter_in_doubt_can_t_be_owed_one_yet(
    rejected: World, capsys: pytest.CaptureFixture[str]
) -> None:
    no_answer = refuse(None, "NoAnswer")
    rejected.mailer.always = lambda mail: no_answer(mail) if mail.tags["kind"] == "issue" else None
    rejected.release(2)
    rejected.minutes(2)
    rejected.mailer.always = None
    assert rejected.subscription("ada").claim
    rejected.table.update(keys.series_meta("lantern"), set={"closed": 0})
    operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    breaker.halt(rejected.table, "lantern", 1)
    operate.resume(rejected.table, "lantern", generation=SETTINGS.generation, now=rejected.time)
    assert capsys.readouterr().out.splitlines() == [
        "1 reader has another letter under way or in doubt. Ask again when that is decided.",
        "1 reader has another letter under way or in doubt. They are owed theirs when that is decided.",
        "Sending goes on with the next minute.",
    ]


def test_resend_says_that_the_quota_is_spent(rejected: World, capsys: pytest.CaptureFixture[str]) -> None:
    rejected.table.update(keys.PACE, set={"budget": 0})
    operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    assert "The day's quota is spent" in capsys.readouterr().out


def test_resend_says_what_stands_in_the_way(rejected: World, capsys: pytest.CaptureFixture[str]) -> None:
    pacing.pause(rejected.table, pacing.OPERATOR)
    breaker.halt(rejected.table, "lantern", 1)
    operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    assert capsys.readouterr().out.splitlines() == [
        "1 reader is owed it now.",
        "All sending is paused: an operator stopped it. `cliffhanger resume` goes on.",
        "lantern is halted: too many of its letters were rejected. `cliffhanger resume lantern` when that is mended.",
    ]


def test_resume_says_that_a_series_is_still_halted(rejected: World, capsys: pytest.CaptureFixture[str]) -> None:
    breaker.halt(rejected.table, "lantern", 1)
    operate.resume(rejected.table, None, generation=SETTINGS.generation, now=rejected.time)
    assert capsys.readouterr().out.startswith("lantern is halted: ")
    operate.resume(rejected.table, "lantern", generation=SETTINGS.generation, now=rejected.time)
    assert capsys.readouterr().out == "Sending goes on with the next minute.\n"


def test_a_series_that_is_not_halted_is_left_as_it_is(rejected: World, capsys: pytest.CaptureFixture[str]) -> None:
    rejected.mailer.always = lambda mail: refuse(400, "BadRequestException")(mail) if "ada@" in mail.recipient else None
    rejected.release(2)
    rejected.work()
    before = rejected.table.get(keys.send_total("lantern", 2))
    operate.resume(rejected.table, "lantern", generation=SETTINGS.generation, now=rejected.time)
    assert rejected.table.get(keys.send_total("lantern", 2)) == before
    assert rejected.subscription("ada").owed == frozenset()
    assert capsys.readouterr().out.startswith("lantern is not halted. `cliffhanger resend lantern N --missed` sends")


def test_a_position_that_is_withdrawn_is_owed_to_nobody(rejected: World) -> None:
    rejected.delete("lantern/01.md")
    rejected.minutes(1)
    with pytest.raises(CliffhangerError, match="position 1 of lantern is withdrawn: it goes to nobody"):
        operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    assert rejected.subscription("ada").owed == frozenset()


def test_resend_tells_of_readers_who_have_paused(rejected: World, capsys: pytest.CaptureFixture[str]) -> None:
    life.pause(rejected.table, "lantern", rejected.reader("ada"), until=None, now=rejected.time)
    operate.resend(rejected.table, "lantern", 1, now=rejected.time)
    assert capsys.readouterr().out == "1 reader has paused, and it waits for them.\n"
    rejected.minutes(3)
    assert rejected.got("ada") == []
    life.resume(rejected.table, "lantern", rejected.reader("ada"), to_newest=False, now=rejected.time)
    rejected.minutes(3)
    assert rejected.got("ada") == [1]


def test_resuming_a_series_says_that_all_sending_is_paused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.series()
    world.tick()
    pacing.pause(world.table, "bounces")
    operate.resume(world.table, "lantern", generation=SETTINGS.generation, now=world.time)
    assert capsys.readouterr().out.startswith("All sending is paused: so many letters bounced ")


def test_resume_says_that_ses_has_switched_the_account_off(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.accounts.enabled = False
    world.tick()
    operate.pause(world.table)
    operate.resume(world.table, None, generation=SETTINGS.generation, now=world.time)
    said = capsys.readouterr().out.splitlines()[1]
    assert said.startswith("Nothing goes out yet: SES has switched off sending for this account.")


def test_before_a_stacks_first_minute_there_is_nothing_to_pause(world: World) -> None:
    with pytest.raises(CliffhangerError, match="nothing has run yet"):
        operate.pause(world.table)
    operate.resume(world.table, None, generation=world.settings.generation, now=world.time)
    assert world.table.get(keys.PACE) is None
