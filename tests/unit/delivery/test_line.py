"""Several readers are served at once, and nobody is passed over, whatever meets one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.support.inline_pool import InlinePool

from cliffhanger.delivery.line import LONGEST, Line
from cliffhanger.delivery.planner import Step
from cliffhanger.delivery.result import IDLE, Outcome, Result
from cliffhanger.errors import StoreBusy
from cliffhanger.mailbody import MailBody
from cliffhanger.pace import LIVE
from cliffhanger.subscription import State, Subscription

BODY = MailBody("", (), ())
Answer = Callable[[], Result]


class LatestFirst(Executor):
    """Threads at their worst: whoever began last is done first, and only when somebody waits."""

    def __init__(self) -> None:
        self.under_way: list[Callable[[], None]] = []
        self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        pool = self

        class Waiting(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                while not self.done():
                    pool.under_way.pop()()
                return super().result(timeout)

        future = Waiting()

        def run() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:
                future.set_exception(error)

        self.under_way.append(run)
        self.most = max(self.most, len(self.under_way))
        return future


@dataclass
class Scene:
    """Readers by name, and what comes of each letter. Names that have no letter need none."""

    letters: dict[str, Answer]
    free_slots: int = 1_000_000
    begun: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    noted: list[Result] = field(default_factory=list)
    leases: list[int] = field(default_factory=list)
    given_back: int = 0
    slots_fail: bool = False
    time_is_up: bool = False
    up_after_leases: int = 1_000_000

    @property
    def slots(self) -> Scene:
        return self

    def plan(self, subscription: Subscription) -> Result | Step:
        if subscription.reader == "nobody can plan for him":
            raise StoreBusy
        if subscription.reader not in self.letters:
            return IDLE
        return Step(subscription, 1, 1, False, BODY)

    def reserve(self, count: int) -> list[int]:
        if self.slots_fail:
            raise StoreBusy
        self.leases.append(count)
        self.time_is_up = self.time_is_up or len(self.leases) > self.up_after_leases
        count = min(count, self.free_slots)
        self.free_slots -= count
        return list(range(count))

    def give_back(self, slot: int) -> None:
        self.given_back += 1

    def send(self, step: Step, slot: int) -> Result:
        self.begun.append(step.subscription.reader)
        return self.letters[step.subscription.reader]()

    def line(self, pool: Executor, threads: int = 4) -> Line:
        return Line(self, self, pool, threads, self.noted.append, lambda: self.time_is_up)  # type: ignore[arg-type]


def go(line: Line, names: Iterable[str]) -> None:
    readers = ((name, Subscription("lantern", name, State.ACTIVE, "a@example.org", 0, 1, LIVE)) for name in names)
    line.serve(readers)


def sent() -> Result:
    return Result(Outcome.SENT, (1,))


def stop() -> Result:
    return Result(Outcome.REFUSED, (1,), stop=True)


def fail() -> Result:
    raise StoreBusy


NAMES = [f"reader{n:02}" for n in range(40)]
POOLS = pytest.mark.parametrize("pool", [InlinePool, LatestFirst])


@POOLS
def test_everybody_is_served_and_the_place_is_the_last(pool: type[Executor]) -> None:
    scene = Scene(dict.fromkeys(NAMES[::2], sent))
    line = scene.line(pool())
    go(line, NAMES)
    assert sorted(scene.begun) == NAMES[::2]
    assert len(scene.noted) == len(NAMES)
    assert line.place == NAMES[-1]
    assert not line.stopped


def test_no_more_than_the_threads_are_at_work_and_a_lease_is_for_half_of_them_at_least() -> None:
    scene, pool = Scene(dict.fromkeys(NAMES, sent)), LatestFirst()
    go(scene.line(pool, threads=8), NAMES)
    assert pool.most <= 8
    assert min(scene.leases) >= 4
    assert sum(scene.leases) == len(NAMES)


def test_a_single_thread_serves_one_after_the_other() -> None:
    scene, pool = Scene(dict.fromkeys(NAMES, sent)), LatestFirst()
    go(scene.line(pool, threads=1), NAMES)
    assert scene.begun == NAMES
    assert pool.most == 1


@POOLS
def test_a_stop_keeps_the_place_before_its_reader_and_counts_who_was_under_way(pool: type[Executor]) -> None:
    scene = Scene(dict.fromkeys(NAMES, sent) | {"reader05": stop})
    line = scene.line(pool())
    go(line, NAMES)
    assert line.stopped
    assert line.place == "reader04"
    assert len(scene.begun) < 20
    assert len(scene.noted) == len(scene.begun)


def test_who_was_not_begun_when_it_stopped_keeps_the_place_too() -> None:
    scene = Scene(dict.fromkeys(NAMES, sent), free_slots=6)
    line = scene.line(InlinePool())
    go(line, NAMES)
    assert line.stopped
    assert scene.begun == NAMES[:6]
    assert line.place == "reader05"


def test_slots_leased_for_those_who_are_not_begun_any_more_are_given_back() -> None:
    scene = Scene(dict.fromkeys(NAMES, sent) | {"reader04": stop})
    go(scene.line(InlinePool(), threads=8), NAMES)
    assert scene.begun == NAMES[:5]
    assert scene.given_back == 3


@POOLS
def test_an_error_of_one_letter_loses_no_other_and_the_place_stays_before_it(pool: type[Executor]) -> None:
    scene = Scene(dict.fromkeys(NAMES, sent) | {"reader07": fail})
    line = scene.line(pool())
    go(line, NAMES)
    assert sorted(scene.begun) == NAMES
    assert len(scene.noted) == len(NAMES) - 1
    assert line.place == "reader06"
    assert isinstance(line.error, StoreBusy)


@POOLS
def test_many_errors_are_no_single_letters_matter_and_stop_it(pool: type[Executor]) -> None:
    scene = Scene(dict.fromkeys(NAMES, fail))
    line = scene.line(pool())
    go(line, NAMES)
    assert line.stopped
    assert line.place == ""
    assert len(scene.begun) <= 8


def test_a_reader_who_can_t_be_planned_for_keeps_nobody_else_from_his_letter() -> None:
    scene = Scene(dict.fromkeys(NAMES, sent))
    line = scene.line(LatestFirst())
    go(line, ["reader00", "nobody can plan for him", "reader01"])
    assert sorted(scene.begun) == ["reader00", "reader01"]
    assert line.place == "reader00"
    assert isinstance(line.error, StoreBusy)


def test_where_no_slot_can_be_leased_for_an_error_it_stops_and_tells() -> None:
    scene = Scene(dict.fromkeys(NAMES, sent), slots_fail=True)
    line = scene.line(InlinePool())
    go(line, NAMES[:2])
    assert line.stopped
    assert isinstance(line.error, StoreBusy)
    assert line.place == ""


@pytest.mark.parametrize("first", [sent, fail])
def test_a_letter_that_takes_its_time_or_fails_lets_the_line_grow_only_so_long(first: Answer) -> None:
    scene, longest = Scene({"reader00": first}), 0
    line = scene.line(LatestFirst())

    def names() -> Iterator[str]:
        nonlocal longest
        for name in ["reader00", *(f"idle{n}" for n in range(3 * LONGEST))]:
            yield name
            longest = max(longest, len(line._standing))

    go(line, names())
    assert longest <= LONGEST + 1
    assert scene.begun == ["reader00"]


def test_a_stop_is_heeded_at_once_though_an_earlier_letter_hangs() -> None:
    scene = Scene(dict.fromkeys(NAMES, sent) | {"reader03": stop})
    line = scene.line(LatestFirst())
    go(line, NAMES)
    assert scene.begun == ["reader03", "reader02", "reader01", "reader00"]
    assert line.place == "reader02"


def test_an_error_in_reading_ends_it_and_loses_nobody_who_was_begun() -> None:
    def broken() -> Iterator[str]:
        yield from NAMES[:6]
        raise StoreBusy

    scene = Scene(dict.fromkeys(NAMES, sent))
    line = scene.line(LatestFirst(), threads=8)
    go(line, broken())
    assert sorted(scene.begun) == NAMES[:4]
    assert line.place == "reader03"
    assert line.stopped


def test_no_letter_is_begun_when_the_time_is_up_while_another_hangs() -> None:
    """SES may take twenty seconds for each of a crew: the worker's last ones are not for new letters."""

    def hang() -> Result:
        scene.time_is_up = True
        return sent()

    scene = Scene(dict.fromkeys("abcdefgh", hang))
    line = scene.line(LatestFirst())
    go(line, "abcdefgh")
    assert line.stopped
    assert len(scene.begun) == 4
    assert len(scene.leases) == 2


def test_slots_that_came_too_late_for_the_worker_are_given_back() -> None:
    scene = Scene(dict.fromkeys("abcd", sent), up_after_leases=0)
    line = scene.line(InlinePool())
    go(line, "abcd")
    assert scene.begun == []
    assert scene.given_back == 2
    assert line.place == ""
