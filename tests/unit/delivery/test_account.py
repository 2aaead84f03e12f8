"""A new sender domain warms up; what SES allows is taken over each minute."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.world import SETTINGS, START, World

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import account, pacing
from cliffhanger.delivery.capacity import carried_by_one
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Account, Item
from local.memory_table import MemoryTable


@pytest.fixture
def new_domain() -> World:
    return World(replace(SETTINGS, first_day=2_000))


def pace(world: World) -> Item:
    item = world.table.get(keys.PACE)
    assert item
    return item


def use_the_day_up(world: World) -> None:
    """All that may go out goes out, and a day later SES counts none of it."""
    world.accounts.sent_24h += pace(world)["budget"]
    world.tick()
    world.accounts.sent_24h = 0
    world.time += DAY
    world.tick()


def test_a_new_domain_may_send_twice_as_much_each_day_until_ses_allows_less(new_domain: World) -> None:
    new_domain.tick()
    budgets = [pace(new_domain)["budget"]]
    for _ in range(6):
        use_the_day_up(new_domain)
        budgets.append(pace(new_domain)["budget"])
    assert budgets == [2_000, 4_000, 8_000, 16_000, 32_000, 47_500, 47_500]
    assert "warming" not in pace(new_domain)


@pytest.mark.parametrize("sent", [0, 1, 1_999])
def test_days_on_which_less_than_the_ramp_allows_went_out_prove_nothing(new_domain: World, sent: int) -> None:
    for _ in range(30):
        new_domain.tick()
        new_domain.accounts.sent_24h = sent
        new_domain.time += DAY
    new_domain.accounts.sent_24h = 0
    new_domain.tick()
    assert pace(new_domain)["budget"] == 2_000


HOURS_AND_SHARES = st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1)), min_size=5, max_size=60)


@given(HOURS_AND_SHARES)
def test_nothing_goes_out_but_twice_what_went_out_in_a_day_that_is_a_day_ago(life: list[tuple[int, float]]) -> None:
    """However a domain is used: more of its allowance or less, with pauses or without."""
    table, now, sent = MemoryTable(), START, dict[int, int]()
    most_by: dict[int, int] = {}  # letters in the 24 hours before a moment

    def in_a_day() -> int:
        return sum(count for at, count in sent.items() if at > now - DAY)

    for hours, share in life:
        now += hours * HOUR
        for used in (share, 0.0):  # in the first minute, and in the second
            told = Account(enabled=True, max_rate=100, max_24h=-1, sent_24h=in_a_day())
            account.adapt(table, told, settings=replace(SETTINGS, first_day=100), now=now)
            budget = (table.get(keys.PACE) or {})["budget"]
            sent[now] = sent.get(now, 0) + int(budget * used)
        most_by[now] = in_a_day()
        long_ago = max((most for at, most in most_by.items() if at <= now - DAY), default=0)
        assert most_by[now] <= max(100, 2 * long_ago)


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
    for _ in range(20):
        use_the_day_up(new_domain)
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
    new_domain.table.update(keys.PACE, remove=("doublings", "warming"))
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


def test_each_minute_says_what_the_workers_carry(world: World) -> None:
    """With it `status` and the alarm of a send that lasts too long tell the truth of a rate that is out of reach."""
    world.tick()
    assert pace(world)["carried"] == int(world.settings.workers * carried_by_one(world.settings) * 1000)
