"""The stage itself: what runs on it can be trusted only if it treats its actors as the world treats processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from benchmarks.stage import faults
from benchmarks.stage.functions import Function, Source
from benchmarks.stage.kernel import Kernel, Process
from benchmarks.stage.pool import Pool
from benchmarks.stage.post import Counter
from benchmarks.stage.queues import Queue

from cliffhanger.ports import Mail
from local.post_office.fates import Fate, Fates
from local.post_office.office import PostOffice

SECOND = 1_000_000
FOR_EVER = 1 << 60


def call(kernel: Kernel, done: list[str], name: str) -> None:
    kernel.call(name, lambda: done.append(name), there=SECOND, back=SECOND, lost=TimeoutError)


def test_actors_take_turns_in_virtual_time() -> None:
    kernel, seen = Kernel(0), []

    def live(name: str, pace: int) -> None:
        for _ in range(3):
            kernel.pause(pace)
            seen.append((name, kernel.now))

    kernel.spawn(Process("slow"), lambda: live("slow", 5))
    kernel.spawn(Process("quick"), lambda: live("quick", 2))
    kernel.run(12)
    assert seen == [("quick", 2), ("quick", 4), ("slow", 5), ("quick", 6), ("slow", 10)]
    assert kernel.now == 12


@pytest.mark.parametrize(("fate", "effects"), [(faults.DIES_BEFORE, []), (faults.DIES_AFTER, ["table.put"])])
def test_a_dead_process_runs_nothing_more_not_even_its_clean_up(fate: faults.Fate, effects: list[str]) -> None:
    kernel = Kernel(0, lambda kernel, process, name: fate if name == "table.put" else None)
    done: list[str] = []

    def live() -> None:
        try:
            call(kernel, done, "table.put")
        except BaseException:
            done.append("except")
        finally:
            done.append("finally")

    died: list[str] = []
    process = Process("worker")
    process.on_death = lambda: died.append("told once")
    kernel.spawn(process, live)
    kernel.spawn(process, lambda: call(kernel, done, "a thread of it"), after=3 * SECOND)
    kernel.run(FOR_EVER)
    assert done == effects
    assert died == ["told once"]


def test_a_lost_answer_took_effect_and_the_caller_sees_an_error() -> None:
    kernel = Kernel(0, lambda kernel, process, name: faults.UNANSWERED)
    done: list[str] = []

    def live() -> None:
        with pytest.raises(TimeoutError):
            call(kernel, done, "ses.send")
        done.append("went on")

    kernel.spawn(Process("worker"), live)
    kernel.run(FOR_EVER)
    assert done == ["ses.send", "went on"]


def test_a_frozen_process_sleeps_and_goes_on_with_what_it_knew() -> None:
    kernel = Kernel(0, lambda kernel, process, name: faults.FREEZES_AFTER if name == "table.get" else None)
    woke: list[int] = []

    def live() -> None:
        call(kernel, [], "table.get")
        woke.append(kernel.now)

    kernel.spawn(Process("worker"), live)
    kernel.run(FOR_EVER)
    assert woke[0] > faults.HOUR


def test_a_clock_may_be_wrong_for_one_process_alone() -> None:
    kernel, said = Kernel(5_000), []
    kernel.spawn(Process("early", skew=-1_000), lambda: said.append(kernel.clock()))
    kernel.spawn(Process("right"), lambda: said.append(kernel.clock()))
    kernel.run(FOR_EVER)
    assert said == [4_000, 5_000]


def test_a_pool_works_with_its_threads_at_once_and_hands_on_what_is_raised() -> None:
    kernel = Kernel(0)
    process, ended, out = Process("worker"), [], []
    pool = Pool(kernel, process, 2)

    def work(number: int) -> int:
        kernel.pause(SECOND)
        ended.append((number, kernel.now))
        return 10 // number

    def live() -> None:
        out.extend(pool.map(work, [1, 2, 5]))
        with pytest.raises(ZeroDivisionError):
            pool.submit(work, 0).result()

    kernel.spawn(process, live)
    kernel.run(FOR_EVER)
    assert out == [10, 5, 2]
    assert ended == [(1, SECOND), (2, SECOND), (5, 2 * SECOND), (0, 3 * SECOND)]


def queue_and_function(kernel: Kernel, handle: object, *, timeout: int = 60 * SECOND) -> tuple[Queue[str], Function]:
    queue: Queue[str] = Queue(kernel, visibility=360 * SECOND, most_receives=2, chance=Random(1))
    function = Function(kernel, "f", lambda process: handle, timeout)  # type: ignore[arg-type, return-value]
    Source(kernel, queue, function, batch=2, concurrency=1)
    return queue, function


def test_a_message_that_fails_comes_again_and_is_laid_aside_in_the_end() -> None:
    kernel, tried = Kernel(0), []

    def handle(body: str, _: object) -> None:
        tried.append((body, kernel.now // SECOND))
        if body == "bad":
            raise ValueError

    queue, _ = queue_and_function(kernel, handle)
    for body in ("bad", "good"):
        queue.send(body)
    kernel.run(3_000 * SECOND)
    assert tried == [("bad", 0), ("good", 0), ("bad", 360)]
    assert [message.body for message in queue.dead] == ["bad"]
    assert queue.redrive() == 1


def test_a_function_that_takes_too_long_is_killed_and_its_messages_come_again() -> None:
    kernel, began = Kernel(0), []

    def handle(body: str, _: object) -> None:
        began.append(kernel.now // SECOND)
        kernel.pause(90 * SECOND)
        began.append("ended")

    queue, function = queue_and_function(kernel, handle)
    queue.send("slow")
    kernel.run(3_000 * SECOND)
    assert began == [0, 360]
    assert function.timeouts == 2
    assert len(queue.dead) == 1


def test_closing_lets_go_of_everybody_and_nothing_takes_effect_any_more() -> None:
    kernel, done = Kernel(0), []

    def live() -> None:
        try:
            call(kernel, done, "first")
        finally:
            call(kernel, done, "second")

    kernel.spawn(Process("worker"), live)
    kernel.run(SECOND // 2)
    kernel.close()
    assert done == []


def test_the_counter_takes_an_address_off_the_list_of_the_post_office_as_the_adapter_does() -> None:
    seconds = count()
    office = PostOffice(clock=lambda: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=next(seconds)))
    counter = Counter(office, lambda: None)
    mail = Mail("lantern@example.org", "ada@example.org", "Chapter 1", "<p>Once.</p>", "Once.", {}, {})
    counter.forget(mail.recipient)
    for fate in (Fate.HARD_BOUNCE, Fate.DELIVERED):
        office.fates = Fates(of={mail.recipient: fate})
        counter.send(mail)
    assert len(office.letters) == 1
    counter.forget(mail.recipient)
    counter.send(mail)
    assert len(office.letters) == 2
