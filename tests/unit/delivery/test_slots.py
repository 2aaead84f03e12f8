"""Promise 6: whoever leases slots, and however many do, no second holds more of them than the rate allows."""

from __future__ import annotations

import itertools
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.world import SETTINGS, World

from cliffhanger import keys
from cliffhanger.clock import MINUTE, SECOND
from cliffhanger.delivery.slots import FIRST_LEAD, LEAD, Horizon, Slots
from cliffhanger.ports import Item, Key

GENERATION = SETTINGS.generation


class Counting:
    """A table that counts what is asked of it."""

    def __init__(self, world: World) -> None:
        self.reads = self.writes = 0
        self._get, self._update = world.table.get, world.table.update
        world.table.get = self.get  # type: ignore[method-assign]
        world.table.update = self.update  # type: ignore[method-assign]

    def get(self, key: Key) -> Item | None:
        self.reads += 1
        return self._get(key)

    def update(self, key: Key, **change: object) -> Item:
        self.writes += 1
        return self._update(key, **change)  # type: ignore[arg-type]


def at_rate(letters: float) -> World:
    """A world whose pacing item allows so many letters a second."""
    world = World()
    world.table.put(
        keys.PACE,
        {"generation": GENERATION, "rate": int(letters * 1000), "tat": world.time * 1000, "budget": 1_000_000_000},
    )
    return world


def pace(world: World) -> Item:
    item = world.table.get(keys.PACE)
    assert item
    return item


def worker(world: World, horizon: Horizon = Horizon.ISSUES) -> Slots:
    return Slots(world.table, GENERATION, world.clock, world.pass_seconds, horizon)


def in_the_fullest_second(slots: list[int]) -> int:
    ordered = sorted(slots)
    return max((bisect_left(ordered, slot + SECOND) - n for n, slot in enumerate(ordered)), default=0)


STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 16), st.integers(0, 1500)), min_size=1, max_size=60)


@given(st.sampled_from([1, 7, 180, 333, 9000]), STEPS)
def test_no_second_holds_more_slots_than_the_rate(rate: int, steps: list[tuple[int, int, int]]) -> None:
    world = at_rate(rate)
    workers = [worker(world) for _ in range(4)]
    slots: list[int] = []
    for who, count, pause in steps:
        world.time += pause
        slots += workers[who].reserve(count)
    assert in_the_fullest_second(slots) <= rate


@pytest.mark.parametrize("rate", [0.9, 12.6, 180, 9000])
def test_workers_who_want_all_there_is_get_all_there_is(rate: float) -> None:
    world = at_rate(rate)
    began = world.time
    slots: list[int] = []
    for who in itertools.cycle([worker(world) for _ in range(3)]):
        slots += who.reserve(8)
        if len(slots) > 30 * rate:
            break
    assert (len(slots) - 1) / (max(slots) - began) * SECOND >= 0.99 * rate
    assert in_the_fullest_second(slots) <= -(-rate // 1)


def test_a_lease_is_one_write_and_no_read() -> None:
    world = at_rate(180)
    slots = worker(world)
    slots.reserve(8)
    slots.reserve(8)
    counting = Counting(world)
    for _ in range(10):
        assert len(slots.reserve(8)) == 8
    assert (counting.writes, counting.reads) == (10, 0)


def test_two_workers_in_turn_read_only_at_first() -> None:
    world = at_rate(100)
    first, second = worker(world), worker(world)
    for slots in (first, second) * 2:
        slots.reserve(4)
    counting = Counting(world)
    for slots in (first, second) * 3:
        assert len(slots.reserve(4)) == 4
    assert (counting.writes, counting.reads) == (6, 0)


def test_who_was_idle_begins_anew_and_nothing_was_saved_up() -> None:
    world = at_rate(10)
    slots = worker(world)
    slots.reserve(1)
    world.time += MINUTE
    assert slots.reserve(3) == [world.time + FIRST_LEAD + LEAD + n * 100 for n in range(3)]


def test_who_comes_a_moment_after_the_first_since_a_rest_goes_on_from_his_lease() -> None:
    """Else each of a crowd would set the item anew, and all but one find that another did."""
    world = at_rate(1_000)
    first, second = worker(world), worker(world)
    (slot,) = first.reserve(1)
    world.time += LEAD
    assert second.reserve(1) == [slot + 1]


def test_a_letter_that_is_late_by_a_moment_takes_another_slot() -> None:
    """It would go out together with the next one, and a second hold one letter too many."""
    world = at_rate(10)
    slots = worker(world)
    first, second = slots.reserve(2)
    world.time = first + 1
    assert slots.wait(first)
    assert world.time > second


def test_a_changed_rate_is_heard_of() -> None:
    world = at_rate(100)
    slots = worker(world)
    slots.reserve(1)
    world.table.update(keys.PACE, set={"rate": 10_000})
    first, second = slots.reserve(2)
    assert second - first == 100


@pytest.mark.parametrize(
    "change", [{"paused": "operator"}, {"generation": "2:table"}, {"budget": 0}], ids=["paused", "restored", "quota"]
)
def test_nobody_leases_where_sending_is_stopped(change: Item) -> None:
    world = at_rate(100)
    slots = worker(world)
    slots.reserve(1)
    world.table.update(keys.PACE, set=change)
    assert slots.reserve(1) == []


def test_the_last_of_the_days_quota_is_leased_too() -> None:
    world = at_rate(100)
    world.table.update(keys.PACE, set={"budget": 3})
    slots = worker(world)
    assert len(slots.reserve(8)) == 3
    assert slots.reserve(8) == []


def test_a_store_without_a_pacing_item_sends_nothing() -> None:
    assert worker(World()).reserve(1) == []


def test_issues_lease_two_seconds_ahead_and_letters_still_find_slots() -> None:
    world = at_rate(0.9)
    began = world.time
    issues = [worker(world).reserve(1) for _ in range(2)]
    assert world.time == began
    assert all(slot <= began + 2 * SECOND for (slot,) in issues)
    assert worker(world, Horizon.LETTERS).reserve(1)
    assert world.time == began


def test_a_worker_waits_while_others_have_every_slot() -> None:
    world = at_rate(10)
    other = worker(world)
    while pace(world)["tat"] // 1000 < world.time + 2 * SECOND:
        other.reserve(1)
    began = world.time
    slots = worker(world).reserve(4)
    assert len(slots) == 4
    assert world.time > began
    assert slots[-1] <= world.time + 2 * SECOND


def test_who_would_wait_for_long_leaves_it_to_the_next_round() -> None:
    world = at_rate(0.1)
    letters = worker(world, Horizon.LETTERS)
    assert len([letters.reserve(1) for _ in range(3)]) == 3
    began = world.time
    assert letters.reserve(1) == []
    assert world.time == began


def test_a_slot_given_back_is_anothers() -> None:
    world = at_rate(100)
    slots = worker(world)
    first, second = slots.reserve(2)
    slots.give_back(second)
    slots.give_back(first)
    tat = pace(world)["tat"]
    assert slots.reserve(5) == [first, second]
    assert pace(world)["tat"] == tat


def test_a_slot_given_back_too_late_is_nobodys() -> None:
    world = at_rate(100)
    slots = worker(world)
    (slot,) = slots.reserve(1)
    world.time = slot + 1
    slots.give_back(slot)
    assert slots.reserve(1) > [slot]


def test_a_worker_waits_for_its_slot_to_the_millisecond() -> None:
    world = at_rate(0.9)
    slots = worker(world)
    (slot,) = slots.reserve(1)
    assert slots.wait(slot)
    assert world.time == slot


def test_a_slot_that_is_long_past_is_not_used() -> None:
    world = at_rate(100)
    slots = worker(world)
    (slot,) = slots.reserve(1)
    world.time += MINUTE
    late = world.time
    assert slots.wait(slot)
    assert world.time > late
    assert pace(world)["tat"] // 1000 > world.time


def test_nobody_sends_by_an_old_slot_once_sending_is_paused() -> None:
    world = at_rate(100)
    slots = worker(world)
    (slot,) = slots.reserve(1)
    world.time = slot + 1
    world.table.update(keys.PACE, set={"paused": "operator"})
    assert not slots.wait(slot)


def test_a_worker_learns_how_long_before_a_slot_it_must_lease_it() -> None:
    world = at_rate(10)
    slots = worker(world)
    late = []
    for _ in range(20):
        (slot,) = slots.reserve(1)
        world.time += 400  # the claim and the mail
        late.append(world.time > slot)
        slots.wait(slot)
    assert late == [True] + [False] * 19


def test_a_slow_moment_is_forgotten() -> None:
    world = at_rate(100)
    slots = worker(world)
    (slot,) = slots.reserve(1)
    world.time += 900
    slots.wait(slot)
    for _ in range(500):
        (slot,) = slots.reserve(1)
        began = world.time
        slots.wait(slot)
    assert world.time - began <= FIRST_LEAD


def test_a_slow_store_s_slots_are_still_to_come_when_it_answers() -> None:
    world = at_rate(100)
    update = world.table.update

    def slowly(key: Key, **change: object) -> Item:
        world.time += 300
        return update(key, **change)  # type: ignore[arg-type]

    world.table.update = slowly  # type: ignore[method-assign]
    slots = worker(world)
    slots.wait(*slots.reserve(1))
    world.time += MINUTE
    (slot,) = slots.reserve(1)
    assert slot >= world.time


def test_a_worker_remembers_nothing_of_the_slots_that_it_has_used() -> None:
    world = at_rate(10)
    slots = worker(world)
    for late in (True, False) * 20:
        (slot,) = slots.reserve(1)
        world.time = slot + late
        assert slots.wait(slot)
    assert not slots._leased
