"""A new sender domain warms up; what SES allows is taken over each minute."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import SETTINGS, World

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import pacing
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Account, Item


@pytest.fixture
def new_domain() -> World:
    return World(replace(SETTINGS, first_day=2_000))


def pace(world: World) -> Item:
    item = world.table.get(keys.PACE)
    assert item
    return item


def test_a_new_domain_may_send_twice_as_much_each_day_until_ses_allows_less(new_domain: World) -> None:
    new_domain.tick()
    budgets = [pace(new_domain)["budget"]]
    for _ in range(6):
        new_domain.time += DAY
        new_domain.tick()
        budgets.append(pace(new_domain)["budget"])
    assert budgets == [2_000, 4_000, 8_000, 16_000, 32_000, 47_500, 47_500]
    assert "warming" not in pace(new_domain)


def test_what_went_out_in_the_last_24_hours_counts_for_the_day_of_the_ramp(new_domain: World) -> None:
    new_domain.tick()
    assert pace(new_domain)["warming"] == 2_000
    new_domain.accounts.sent_24h = 1_990
    new_domain.time += 23 * HOUR
    new_domain.tick()
    assert pace(new_domain)["budget"] == 10
    new_domain.accounts.sent_24h = 2_001
    new_domain.tick()
    assert pace(new_domain)["budget"] == 0


def test_the_ramp_goes_on_where_ses_knows_no_quota(new_domain: World) -> None:
    new_domain.accounts.max_24h = -1
    new_domain.tick()
    assert pace(new_domain)["budget"] == 2_000
    new_domain.time += 1_000 * DAY
    new_domain.tick()
    assert pace(new_domain)["budget"] == 1_000_000_000


def test_in_the_sandbox_the_quota_is_less_than_the_ramp(new_domain: World) -> None:
    new_domain.accounts.max_24h = 200
    new_domain.tick()
    assert pace(new_domain)["budget"] == 190
    assert "warming" not in pace(new_domain)


def test_a_domain_that_is_not_new_uses_its_quota_from_the_start(world: World) -> None:
    world.tick()
    assert pace(world)["budget"] == 47_500


def test_a_stack_that_sent_before_there_was_a_ramp_is_not_throttled_by_it(new_domain: World) -> None:
    new_domain.tick()
    new_domain.table.update(keys.PACE, remove=("since", "warming"))
    new_domain.tick()
    assert pace(new_domain)["budget"] == 47_500


def test_a_minute_in_which_ses_does_not_answer_leaves_the_pace_as_it_is(
    new_domain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_domain.tick()
    before = pace(new_domain)

    def too_many_requests() -> Account:
        raise CliffhangerError("SES is asked too often", permanent=False)

    monkeypatch.setattr(new_domain.accounts, "account", too_many_requests)
    new_domain.time += MINUTE
    new_domain.tick()
    assert pace(new_domain) == before


@pytest.mark.parametrize("account_first", [True, False])
def test_an_operators_pause_outlives_the_accounts(world: World, *, account_first: bool) -> None:
    world.tick()
    if not account_first:
        pacing.pause(world.table, pacing.OPERATOR)
    world.accounts.enabled = False
    world.tick()
    if account_first:
        pacing.pause(world.table, pacing.OPERATOR)
    world.accounts.enabled = True
    world.tick()
    assert pace(world)["paused"] == "operator"
