"""Promise 6: a confirmation waits neither for a send's letters, nor for others in doubt, nor for tomorrow's quota."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import SETTINGS, World, refuse

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import account, pacing
from cliffhanger.ports import Account, Item

SLOW = refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")


def asked(world: World, name: str) -> int:
    """How many confirmations came."""
    return len([mail for mail in world.mailer.accepted if mail.recipient == f"{name}@example.org"])


def pace(world: World) -> Item:
    return world.table.get(keys.PACE) or {}


@pytest.fixture
def spent(world: World) -> World:
    """A send has used up what the day's quota of 1,000 allows it."""
    world.accounts.max_24h = 1_000
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.accounts.sent_24h = 950
    world.minutes(1)
    assert (pace(world)["budget"], pace(world)["spare"]) == (0, 24)
    return world


def test_a_send_that_has_spent_the_day_leaves_some_of_it_to_confirmations(spent: World) -> None:
    spent.subscribe("ben")
    spent.minutes(2)
    assert asked(spent, "ben") == 1
    assert pace(spent)["budget"] == 0


def test_one_that_was_refused_is_hinted_at_again_though_the_day_is_spent(spent: World) -> None:
    spent.mailer.next = [SLOW]
    spent.subscribe("ben")
    assert asked(spent, "ben") == 0
    spent.minutes(2)
    assert asked(spent, "ben") == 1


def test_no_issue_goes_out_of_what_is_spare(spent: World) -> None:
    spent.release(2)
    spent.minutes(5)
    spent.take({"series": "lantern", "walk": [keys.shard_of(spent.reader("ada"))]})  # a hint of before
    assert spent.got("ada") == [1]


def test_what_is_spare_is_spent_too(spent: World) -> None:
    spent.accounts.sent_24h = 973
    spent.minutes(1)
    for name in ("ben", "cleo"):
        spent.subscribe(name)
    spent.work()
    assert asked(spent, "ben") + asked(spent, "cleo") == 1
    spent.accounts.sent_24h = 974
    spent.minutes(5)
    assert asked(spent, "ben") + asked(spent, "cleo") == 1


def test_a_worker_whose_view_is_old_takes_no_more_than_is_spare(spent: World) -> None:
    """He keeps his slots' view over minutes, in which others took what was left."""
    spent.subscribe("ben")
    spent.work()
    spent.table.update(keys.PACE, set={"budget": 0, "spare": 0})
    spent.subscribe("cleo")
    spent.work()
    assert (asked(spent, "ben"), asked(spent, "cleo")) == (1, 0)


def test_when_ses_says_that_the_day_is_over_nothing_is_spare(spent: World) -> None:
    pacing.stop_for_quota(spent.table)
    spent.subscribe("ben")
    spent.work()
    assert asked(spent, "ben") == 0


def test_a_domain_that_warms_up_keeps_some_too() -> None:
    world = World(replace(SETTINGS, first_day=20))
    world.series()
    world.minutes(1)
    world.accounts.sent_24h = 20.0
    world.minutes(1)
    assert (pace(world)["budget"], pace(world)["spare"]) == (0, 1)
    world.subscribe("ben")
    world.minutes(2)
    assert asked(world, "ben") == 1


@pytest.mark.parametrize(
    ("sent", "budget", "spare"), [(0, 950, 24), (900, 50, 24), (950, 0, 24), (960, 0, 14), (974, 0, 0), (999, 0, 0)]
)
def test_what_is_spare_is_a_fortieth_of_what_may_be_sent(world: World, sent: int, budget: int, spare: int) -> None:
    told = Account(enabled=True, max_rate=14.0, max_24h=1_000.0, sent_24h=float(sent))
    for _ in range(2):  # the first sight has no budget yet
        account.adapt(world.table, told, settings=SETTINGS, now=world.time)
    assert (pace(world)["budget"], pace(world)["spare"]) == (budget, spare)


def test_letters_in_doubt_that_nobody_can_judge_hide_no_other(world: World) -> None:
    world.accounts.max_rate = 1.0  # the sandbox: 53 letters a minute are hinted at
    world.series()
    world.tick()
    world.feedback_queue.count = 1
    world.mailer.always = refuse(500, "InternalFailure")
    for number in range(60):
        if number % 10 == 0:
            world.time += 61 * MINUTE
        world.subscribe(f"r{number}")
    world.minutes(70)
    world.mailer.always = None
    world.time += 61 * MINUTE
    world.mailer.next = [SLOW]
    world.subscribe("ben")
    world.minutes(10)
    assert asked(world, "ben") == 1
