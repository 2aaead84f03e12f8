"""How far a send is, and how long it will take by rate, quota and warm-up."""

from __future__ import annotations

import pytest
from tests.support.world import SERIES_YAML, WorkerDied, World, die, refuse

from cliffhanger import catalogue, keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import breaker, pacing, progress
from cliffhanger.delivery.capacity import carried_by_one
from cliffhanger.delivery.progress import Progress
from cliffhanger.ports import Item
from cliffhanger.publishing import minute

A_DAY = DAY / 1000
PACE: Item = {"rate": 10_000, "budget": 1_000, "quota": 1_000}


def sends(world: World) -> list[Progress]:
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    return progress.of(world.table, shelf, world.time)


@pytest.fixture
def large(world: World) -> World:
    """Two chapters are out; thirty thousand readers have them before them."""
    world.series()
    world.tick()
    world.table.update(keys.shard("lantern", "00"), set={"readers": 30_000})
    world.release(1, 2)
    world.hints.waiting_issues.clear()
    return world


@pytest.mark.parametrize(
    ("letters", "pace", "sharing", "seconds"),
    [
        (0, PACE, 1, 0),
        (500, PACE, 1, 50),
        (500, PACE, 2, 100),
        (1_500, PACE, 1, 0.5 * A_DAY),
        (3_000, PACE, 1, 2 * A_DAY),
        (1_500, PACE, 2, 2 * A_DAY),
        (7_000, PACE | {"warming": 1_000, "quota": 64_000}, 1, 2 * A_DAY),
        (7_000, PACE | {"warming": 1_000, "quota": 3_000}, 1, (1 + 4 / 3) * A_DAY),
        (500, PACE | {"carried": 5_000}, 1, 100),
        (500, PACE | {"carried": 50_000}, 1, 50),
        (10_000, {"rate": 100, "budget": 0, "quota": 1_000_000}, 1, 100_000),
    ],
)
def test_a_send_takes_as_long_as_the_rate_or_the_days_quotas_make_it(
    letters: int, pace: Item, sharing: int, seconds: float
) -> None:
    assert progress.seconds_for(letters, pace, sharing) == pytest.approx(seconds)


@pytest.mark.parametrize("pace", [PACE | {"paused": "operator"}, {"rate": 1_000, "budget": 0, "quota": 0}])
def test_nobody_can_say_while_nothing_may_be_sent(pace: Item) -> None:
    assert progress.seconds_for(100, pace, 1) is None


def test_each_open_send_tells_how_far_it_is(large: World) -> None:
    breaker.count(large.table, "lantern", 1, sent=28_000, rejected=2, refused=3, doubt=4)
    large.time += 10 * MINUTE
    first, second = sends(large)
    assert (first.position, first.audience, first.sent) == (1, 30_000, 28_000)
    assert (first.rejected, first.refused, first.doubt) == (2, 3, 4)
    assert first.behind_s == 600
    assert first.rate == pytest.approx(28_002 / 600)
    carried = large.settings.workers * carried_by_one(large.settings)  # less than the rate
    assert first.left_s == pytest.approx(1_998 / carried, rel=1e-4)
    assert second.left_s == pytest.approx(31_998 / carried, rel=1e-4)


def test_a_withdrawn_position_has_nothing_to_send(large: World) -> None:
    large.table.update(keys.position("lantern", 1), set={"withdrawn": True})
    assert [send.position for send in sends(large)] == [2]


def test_a_series_that_is_halted_will_be_done_nobody_knows_when(large: World) -> None:
    breaker.halt(large.table, "lantern", 1)
    assert [send.left_s for send in sends(large)] == [None, None]


def test_a_series_with_nothing_open_has_no_progress(world: World) -> None:
    world.series()
    world.tick()
    assert sends(world) == []


def slow(world: World, *, readers: int) -> None:
    """A weekly series, its first chapter just out."""
    world.series(yaml=SERIES_YAML + "release: {weekdays: [friday], at: 08:00, zone: Europe/Berlin}\n")
    world.tick()
    world.table.update(keys.shard("lantern", "00"), set={"readers": readers})
    world.chapter(1)
    world.time += 7 * DAY
    world.tick()
    assert world.meta()["newest"] == 1


@pytest.mark.parametrize(("readers", "tells"), [(200_000, False), (900_000, True)])
def test_an_alarm_says_when_a_send_will_outlast_the_release_interval(
    world: World, readers: int, *, tells: bool
) -> None:
    slow(world, readers=readers)
    world.hints.waiting_issues.clear()
    world.tick()
    assert bool(world.tallied["SendOutlastsRelease"]) is tells


def test_it_says_so_too_where_the_next_slot_has_passed_already(world: World) -> None:
    slow(world, readers=200_000)
    world.time += 9 * DAY
    world.tick()
    assert world.tallied["SendOutlastsRelease"]


def test_a_series_that_releases_as_it_comes_has_no_interval(large: World) -> None:
    large.table.update(keys.shard("lantern", "00"), set={"readers": 10_000_000})
    large.time += HOUR
    large.tick()
    assert not large.tallied["SendOutlastsRelease"]


def test_while_sending_is_paused_only_that_is_told(world: World) -> None:
    slow(world, readers=900_000)
    world.tallied.clear()
    pacing.pause(world.table, "operator")
    world.tick()
    assert not world.tallied["SendOutlastsRelease"]
    assert world.tallied["SendingPaused"]


def test_a_slot_is_looked_for_after_that_of_the_last_release(world: World) -> None:
    slow(world, readers=0)
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert not minute.outlasts(shelf, shelf.last_slot + 6 * DAY)
    assert minute.outlasts(shelf, shelf.last_slot + 8 * DAY)


def test_who_catches_up_is_not_waited_for(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    for name in ("ben", "cleo", "dora"):
        world.join(name, start="first")
        world.subscription(name)
        world.table.update(world.subscription(name).key, set={"due_at": world.time + DAY, "bookmark": 0})
    world.minutes(2)
    world.release(2)
    world.hints.waiting_issues.clear()
    for shard in world.table.query(keys.series_pk("lantern"), prefix="SHARD#"):
        world.take({"series": "lantern", "walk": [shard["sk"].removeprefix("SHARD#")]})
    (send,) = sends(world)
    assert (send.audience, send.sent, send.left_s) == (1, 1, 0)


def test_a_letter_whose_worker_died_is_in_doubt_once_its_shard_is_passed_again(world: World) -> None:
    world.series()
    world.join("ada")
    world.release(1)
    world.hints.waiting_issues.clear()
    world.mailer.next = [die]
    with pytest.raises(WorkerDied):
        world.take({"series": "lantern", "walk": [keys.shard_of(world.reader("ada"))]})
    assert [(send.doubt, send.in_doubt) for send in sends(world)] == [(0, 0)]
    world.minutes(3)
    assert [(send.doubt, send.in_doubt) for send in sends(world)] == [(1, 1)]
    world.time += 2 * HOUR
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.minutes(2)
    assert world.got("ada") == [1]
    assert [shard["doubtful"] for shard in world.table.query(keys.series_pk("lantern"), prefix="SHARD#")] == [{}]


def test_a_send_of_less_than_a_minute_is_measured_when_it_is_closed(world: World) -> None:
    world.series()
    world.minutes(1)
    for name in ("ada", "ben", "cleo"):
        world.join(name)
    bad = refuse(400, "BadRequestException")
    world.mailer.always = lambda mail: bad(mail) if mail.recipient.startswith("ada@") and "epoch" in mail.tags else None
    world.release(1)
    world.minutes(4)
    assert world.meta()["closed"] == 1
    measured = world.measured["lantern"]
    assert (measured["LettersSent"], measured["LettersRejected"], measured["LettersInDoubt"]) == (2, 1, 0)
    assert measured["SendRate"] == pytest.approx(3 / measured["SecondsBehind"])
    assert measured["SecondsBehind"] > 0
