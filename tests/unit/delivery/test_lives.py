"""Any life, with releases, crashes and events: nobody gets a chapter twice, out of order, or not at all."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from tests.support.world import WorkerDied, World, die

from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.pace import ASKED, LIVE, Pace, every_days, on_weekdays
from cliffhanger.ports import Mail
from cliffhanger.readers import life
from cliffhanger.readers.changing import find
from cliffhanger.subscription import FOLLOWING, State

SLUG = "lantern"
NAMES = ("ada", "ben", "cleo")
PACES = (LIVE, ASKED, every_days("1", at="07:00", zone="UTC"), on_weekdays("024", at="20:00", zone="Europe/Lisbon"))
LONGEST_LIFE = 60

names = st.sampled_from(NAMES)


class Lives(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.told = 0
        self.released = 0
        self.world.series()
        self.release()
        for name in NAMES:
            self.world.join(name, start="first" if name == "ada" else "newest")
        self.pass_minutes(3)

    @rule()
    def release(self) -> None:
        self.released += 1
        with suppress(WorkerDied):
            self.world.release(self.released)

    @rule(minutes=st.integers(1, 4))
    def pass_minutes(self, minutes: int) -> None:
        for _ in range(minutes):
            with suppress(WorkerDied):
                self.world.minutes(1)
            self.tell_events()

    @rule(hours=st.sampled_from([1, 5, 24, 100]))
    def pass_hours(self, hours: int) -> None:
        self.world.time += hours * HOUR
        self.pass_minutes(2)

    @rule(accepted=st.booleans())
    def crash_at_the_next_letter(self, accepted: bool) -> None:
        def accept_and_die(mail: Mail) -> None:
            self.world.mailer.accepted.append(mail)
            raise WorkerDied

        self.world.mailer.next = [accept_and_die if accepted else die]

    @rule(name=names, pace=st.sampled_from(PACES), bundle=st.integers(1, 3))
    def choose_a_pace(self, name: str, pace: Pace, bundle: int) -> None:
        life.set_pace(self.world.table, SLUG, self.world.reader(name), pace, bundle=bundle, now=self.world.time)

    @rule(name=names, days=st.sampled_from([None, 1, 10]))
    def pause(self, name: str, days: int | None) -> None:
        until = self.world.time + days * DAY if days else None
        life.pause(self.world.table, SLUG, self.world.reader(name), until=until, now=self.world.time)

    @rule(name=names, to_newest=st.booleans())
    def resume(self, name: str, to_newest: bool) -> None:
        life.resume(self.world.table, SLUG, self.world.reader(name), to_newest=to_newest, now=self.world.time)

    @rule(name=names)
    def ask(self, name: str) -> None:
        life.next_now(self.world.table, SLUG, self.world.reader(name), self.world.time)

    @rule(name=names, position=st.integers(1, 8))
    def move(self, name: str, position: int) -> None:
        life.move_to(self.world.table, SLUG, self.world.reader(name), position, self.world.time)

    @rule(name=names)
    def leave(self, name: str) -> None:
        life.leave(self.world.table, SLUG, self.world.reader(name), now=self.world.time)

    @rule(name=names)
    def take_it_back(self, name: str) -> None:
        life.undo_leave(self.world.table, SLUG, self.world.reader(name), self.world.time)

    def tell_events(self) -> None:
        """SES's events come within a minute."""
        accepted = self.world.mailer.accepted
        while self.told < len(accepted):
            self.world.event(accepted[self.told])
            self.told += 1

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        self.go_on_until_everybody_is_level()
        self.everybody_got_each_chapter_once_and_in_order()

    def go_on_until_everybody_is_level(self) -> None:
        table = self.world.table
        for name in NAMES:
            self.resume(name, to_newest=False)
        for _ in range(LONGEST_LIFE):
            for name in NAMES:
                self.ask(name)
            self.world.time += 2 * HOUR + 15 * MINUTE
            self.pass_minutes(4)
            places = [find(table, SLUG, self.world.reader(name)) for name in NAMES]
            behind = [p for p in places if p and p.state in FOLLOWING and p.bookmark < self.world.meta()["newest"]]
            if not behind and self.world.meta()["newest"] == self.world.meta().get("closed"):
                break
        else:
            raise AssertionError("somebody is forgotten, or a send stays open")

    def everybody_got_each_chapter_once_and_in_order(self) -> None:
        newest = self.world.meta()["newest"]
        for name in NAMES:
            stays: dict[int, list[int]] = defaultdict(list)
            for mail in self.world.issues(name):
                before = map(int, filter(None, mail.tags.get("before", "").split("_")))
                stays[int(mail.tags["epoch"])] += [*before, int(mail.tags["position"])]
            for got in stays.values():
                assert all(later == earlier + 1 for earlier, later in pairwise(got))
            found = self.world.subscription(name)
            if found.state is State.ACTIVE and found.epoch in stays:
                assert stays[found.epoch][-1] == newest


Lives.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLives = Lives.TestCase
