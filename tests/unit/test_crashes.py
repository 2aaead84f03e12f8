"""A process that dies between any two steps loses nothing: what was begun is finished by whoever comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.world import KEYS, WorkerDied, World

from cliffhanger.clock import MINUTE
from cliffhanger.publishing import ingest
from cliffhanger.publishing.release import let_go
from cliffhanger.readers import leaving

STEPS = ("put", "update", "delete")
MOST_STEPS = 60


class Cut:
    """Kills the process at its n-th write: before the write, or after it but before its answer."""

    def __init__(self, world: World, at: int, *, after: bool) -> None:
        self.left = at
        self.done = False
        ports = (
            (world.table, STEPS),
            (world.content, ("put",)),
            (world.archive, ("put", "delete")),
            (world.hints, ("issues", "letter")),
        )
        for port, names in ports:
            for name in names:
                setattr(port, name, self._around(getattr(port, name), after))

    def _around(self, call: Callable[..., Any], after: bool) -> Callable[..., Any]:
        def cut(*args: Any, **kwargs: Any) -> Any:
            if self.done:
                return call(*args, **kwargs)
            self.left -= 1
            if self.left >= 0:
                return call(*args, **kwargs)
            self.done = True
            if after:
                call(*args, **kwargs)
            raise WorkerDied

        return cut


def every_cut(prepare: Callable[[], World], act: Callable[[World], None], recover: Callable[[World], None]) -> int:
    """Run `act` once for every write that it makes, dying there; returns how many there were."""
    for at in range(MOST_STEPS):
        for after in (False, True):
            world = prepare()
            Cut(world, at, after=after)
            try:
                act(world)
            except WorkerDied:
                recover(world)
            else:
                return at
    raise AssertionError("more steps than this test counts to")


def test_a_drop_cut_anywhere_is_finished_by_the_event_coming_again() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.join("ada")
        world.post_letters()
        return world

    def act(world: World) -> None:
        world.chapter(1)

    def recover(world: World) -> None:
        ingest.take(world.desk, "lantern/01.md")
        ingest.take(world.desk, "lantern/01.md")
        world.minutes(15)
        assert world.got("ada") == [1]
        assert sum("Night 1" in word.subject for word in world.words()) == 1

    assert every_cut(prepare, act, recover) >= 5


@pytest.mark.parametrize("front", ["", "---\nresend: true\n---\n"])
def test_a_correction_cut_anywhere_is_finished_too(front: str) -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.release(1)
        world.join("ada")
        world.work()
        return world

    def act(world: World) -> None:
        world.drop("lantern/01.md", f"{front}# Chapter 1: Night 1\n\nThe lamp glowed. It was night 1.\n")

    def recover(world: World) -> None:
        ingest.take(world.desk, "lantern/01.md")
        world.minutes(15)
        assert world.got("ada") == ([1, 2] if front else [1])
        world.join("ben")
        world.minutes(2)
        assert "glowed" in world.issues("ben")[0].text
        assert "01.md" in world.words()[-1].text

    assert every_cut(prepare, act, recover) >= 5


def test_holding_too_many_cut_anywhere_lets_none_overtake() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.join("ada")
        for number in (1, 2, 3, 4):
            world.chapter(number)
        world.post_letters()
        world.time += 11 * MINUTE
        return world

    def recover(world: World) -> None:
        world.minutes(3)
        assert any("/release/lantern/" in word.text for word in world.words())
        let_go(world.table, "lantern", world.time)
        world.minutes(5)
        assert world.got("ada") == [1, 2, 3, 4]

    assert every_cut(prepare, lambda world: world.tick(), recover) >= 4


def test_a_settings_drop_cut_anywhere_is_finished_too() -> None:
    def prepare() -> World:
        world = World()
        world.chapter(1)
        world.join("ada")
        return world

    def act(world: World) -> None:
        world.series()

    def recover(world: World) -> None:
        ingest.take(world.desk, "lantern/series.yaml")
        world.minutes(15)
        assert world.got("ada") == [1]
        assert "The Lantern Road" in world.issues("ada")[0].subject

    assert every_cut(prepare, act, recover) >= 5


def test_a_release_cut_anywhere_is_finished_by_the_next_minute() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.join("ada")
        world.chapter(1)
        world.chapter(2)
        world.post_letters()
        world.time += 11 * MINUTE
        return world

    def recover(world: World) -> None:
        world.minutes(15)
        assert world.got("ada") == [1, 2]
        assert world.meta()["newest"] == 2

    assert every_cut(prepare, lambda world: world.tick(), recover) >= 8


def test_a_send_cut_at_any_write_gives_everybody_one_letter() -> None:
    """Where the letter went out before the cut, SES's event settles it; where it did not, the hour passes."""
    names = ("ada", "ben", "cleo")

    def prepare() -> World:
        world = World()
        world.series()
        world.release(1)
        for name in names:
            world.join(name)
        world.work()
        world.release(2)
        return world

    def recover(world: World) -> None:
        world.hints.waiting_issues.clear()
        for mail in list(world.mailer.accepted):
            world.event(mail, "Send")
        world.minutes(90)
        for mail in [m for m in world.mailer.accepted if m.tags["kind"] == "probe"]:
            world.event(mail, "Send")
        world.minutes(30)
        assert [world.got(name) for name in names] == [[1, 2]] * 3
        assert world.meta()["closed"] == 2

    assert every_cut(prepare, lambda world: world.minutes(1), recover) >= 10


def test_a_confirmation_cut_anywhere_is_finished_by_a_second_click() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.release(1)
        world.subscribe("ada", start="first")
        return world

    def act(world: World) -> None:
        world.click_confirmation("ada")

    def recover(world: World) -> None:
        world.click_confirmation("ada")
        world.minutes(15)
        assert world.got("ada") == [1]

    assert every_cut(prepare, act, recover) >= 5


def test_a_suppression_cut_anywhere_is_finished_by_the_event_coming_again() -> None:
    def prepare() -> World:
        world = World()
        for slug in ("lantern", "harbour"):
            world.series(slug)
            world.release(1, slug=slug)
            world.time += 16 * MINUTE
            world.join("ada", slug=slug)
        world.work()
        world.time += MINUTE
        return world

    def act(world: World) -> None:
        leaving.suppress(world.table, "ada@example.org", reason="bounced", since=world.time, keys_=KEYS)

    def recover(world: World) -> None:
        act(world)
        states = {world.subscription("ada", slug).state for slug in ("lantern", "harbour")}
        assert states == {"suppressed"}

    assert every_cut(prepare, act, recover) == 3


@pytest.mark.parametrize("twice", [False, True])
def test_taking_a_file_back_while_it_is_released_ends_in_one_of_the_two(twice: bool) -> None:
    """The release's writes are cut one by one, and the author deletes the file just then."""
    for at in range(4):
        world = World()
        world.series()
        world.join("ada")
        world.chapter(1)
        world.post_letters()
        world.time += 11 * MINUTE
        Cut(world, at + 1, after=twice)  # the first write is the pace
        with pytest.raises(WorkerDied):
            world.tick()
        world.delete("lantern/01.md")
        world.minutes(15)
        withdrawn = any(position["withdrawn"] for position in world.table.query("SERIES#lantern", prefix="POSITION#"))
        released = bool(world.got("ada"))
        assert released is (world.meta().get("newest", 0) == 1 and not withdrawn)
        recalled = any(position["recalled"] for position in world.table.query("SERIES#lantern", prefix="POSITION#"))
        world.chapter(1)
        world.minutes(15)
        expected = [] if recalled else [True]  # who passed it by does not get it
        assert [mail.subject.endswith("Night 1") for mail in world.issues("ada")] == expected
