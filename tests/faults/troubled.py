"""A series in trouble, drawn from a seed: what benchmarks/faults has not. Letters that SES refuses, or takes and then
rejects, halts and resumes, `resend`, chapters withdrawn, notices, bundles, pauses, changes of mind.

A worker may die at any write. All runs in one thread, a minute at a time. Then trouble ends, and all must come to rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.support.world import SETTINGS, WorkerDied, World, refuse

from cliffhanger.clock import HOUR, MINUTE, SECOND
from cliffhanger.delivery import breaker
from cliffhanger.delivery.misses import Missed
from cliffhanger.pace import ASKED, LIVE, Kind, Pace
from cliffhanger.ports import Mail
from cliffhanger.publishing import release
from cliffhanger.readers import life

SLUG = "lantern"
NOTICE = "Chapter 99: Author’s Note\n\nA/N: I am on holiday until spring. No chapter this time {}!\n"
DAILY = Pace(Kind.DAYS)

REFUSED = refuse(400, "BadRequestException", "no")
THROTTLED = refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
NO_ANSWER = refuse(None, "NoAnswer")


@dataclass(frozen=True, slots=True)
class Coming:
    """An event of SES's that comes at `at` (ms)."""

    at: int
    mail: Mail
    kind: str
    accepted_at: int


class Troubled:
    """`good` counts the letters that SES took and kept, by reader and position."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.world = World(replace(SETTINGS, spacing=self.chance.choice([0, 10 * MINUTE]), day=HOUR))
        self.good: Counter[tuple[str, int]] = Counter()
        self.names: list[str] = []
        self._coming: list[Coming] = []
        self._troubled = False
        self._dies = 0.0
        self._in_process = False
        for name in ("put", "update", "delete"):
            setattr(self.world.table, name, self._mortal(getattr(self.world.table, name)))
        self.world.mailer.always = self._answer

    def run(self) -> None:
        """Trouble, and then none."""
        world, chance = self.world, self.chance
        world.series()
        world.release(1)
        for number in range(chance.randint(2, 5)):
            world.join(f"r{number}", chance.choice(["first", "newest"]))
            self.names.append(f"r{number}")
        self._minute()
        self._troubled, self._dies = True, chance.choice([0, 0.01, 0.03])
        for _ in range(chance.randint(60, 200)):
            if chance.random() < 0.08:
                self._publish()
            if chance.random() < 0.25:
                chance.choice(self._acts())()
            self._minute()
        self._troubled, self._dies = False, 0.0
        self._come_to_rest()

    # What people do ----------------------------------------------------------------------------------------

    def _publish(self) -> None:
        number = self.world.meta().get("newest", 1) + 1
        if number > 6:
            return
        if self.chance.random() < 0.2:
            self.world.drop(f"{SLUG}/away{number}.txt", NOTICE.format(number))
        else:
            self.world.chapter(number)
        release.let_go(self.world.table, SLUG, self.world.time)

    def _acts(self) -> list[Callable[[], object]]:
        table, now, chance = self.world.table, self.world.time, self.chance
        reader = self.world.reader(chance.choice(self.names))
        newest = max(self.world.meta().get("newest", 1), 1)
        pace, bundle = chance.choice([LIVE, ASKED, DAILY]), chance.choice([1, 3])
        until = chance.choice([None, now + 5 * MINUTE, now + 70 * MINUTE])
        return [
            lambda: life.pause(table, SLUG, reader, until=until, now=now),
            lambda: life.resume(table, SLUG, reader, to_newest=False, now=now, day=HOUR),
            lambda: life.set_pace(table, SLUG, reader, pace, bundle=bundle, now=now, day=HOUR),
            lambda: life.next_now(table, SLUG, reader, now),
            lambda: life.leave(table, SLUG, reader, now=now),
            lambda: life.undo_leave(table, SLUG, reader, now, day=HOUR),
            lambda: breaker.resume(table, SLUG, now),
            lambda: breaker.owe_missed(table, SLUG, chance.randint(1, newest), now, reasons=(Missed.REJECTED,)),
            self._withdraw,
        ]

    def _withdraw(self) -> None:
        chapters = [key for key in self.world.manuscripts.objects if key.endswith(".md")]
        if chapters and self.chance.random() < 0.4:
            self.world.delete(self.chance.choice(chapters))

    def _come_to_rest(self) -> None:
        """The operator resumes what is halted; readers undo and end what they began."""
        for _ in range(100):
            self._minute()
        for hour in range(40):
            breaker.resume(self.world.table, SLUG, self.world.time)
            for name in self.names if hour == 6 else ():
                table, reader, now = self.world.table, self.world.reader(name), self.world.time
                life.undo_leave(table, SLUG, reader, now, day=HOUR)
                life.resume(table, SLUG, reader, to_newest=False, now=now, day=HOUR)
                life.set_pace(table, SLUG, reader, DAILY, bundle=1, now=now, day=HOUR)
            for _ in range(4):
                self._minute()
            self.world.time += HOUR

    # What AWS does -----------------------------------------------------------------------------------------

    def _mortal(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def mortal(*args: Any, **more: Any) -> Any:
            if self._in_process and self.chance.random() < self._dies:
                if self.chance.random() < 0.5:
                    write(*args, **more)
                raise WorkerDied
            return write(*args, **more)

        return mortal

    def _process(self, work: Callable[[], object]) -> bool:
        """False if it died."""
        self._in_process = True
        try:
            work()
        except WorkerDied:
            return False
        finally:
            self._in_process = False
        return True

    def _answer(self, mail: Mail) -> None:
        """SES's, to each letter."""
        lot = self.chance.random()
        if mail.tags["kind"] != "issue" or not self._troubled or lot >= 0.27:
            return self._accept(mail)
        if lot < 0.06:
            return REFUSED(mail)
        if lot < 0.12:
            return THROTTLED(mail)
        if lot >= 0.18:
            self._accept(mail)
        if lot >= 0.24:
            raise WorkerDied
        return NO_ANSWER(mail)

    def _accept(self, mail: Mail) -> None:
        now, chance = self.world.time, self.chance
        kind, late = "Send", 2 * SECOND
        if self._troubled and mail.tags["kind"] == "issue":
            kind = "Reject" if chance.random() < 0.08 else "Send"
            late = chance.choice([2 * SECOND, 30 * SECOND, 10 * MINUTE, 40 * MINUTE])
            if chance.random() < 0.3:
                again = chance.choice([SECOND, 5 * MINUTE, 90 * MINUTE])
                self._coming.append(Coming(now + late + again, mail, kind, now))
        self._coming.append(Coming(now + late, mail, kind, now))
        if kind == "Send" and mail.tags["kind"] == "issue":
            for position in (*filter(None, mail.tags.get("before", "").split("_")), mail.tags["position"]):
                self.good[mail.tags["reader"], int(position)] += 1

    def _minute(self) -> None:
        world = self.world
        world.time += MINUTE
        self._process(world.tick)
        for _ in range(200):
            if world.hints.waiting_letters:
                hint: dict[str, Any] = {"letter": world.hints.waiting_letters.pop(0)}
            elif world.hints.waiting_issues:
                hint = world.hints.waiting_issues.pop(0)
            else:
                break
            self._process(lambda hint=hint: world.take(hint))  # type: ignore[misc]
        self._bring_events()

    def _bring_events(self) -> None:
        """In any order; what dies over one has it again six minutes later."""
        due = [one for one in self._coming if one.at <= self.world.time]
        self._coming = [one for one in self._coming if one.at > self.world.time]
        self.chance.shuffle(due)
        for one in due:
            more = {"accepted_at": one.accepted_at, "reject": {"reason": "Bad content"}}
            if not self._process(lambda one=one, more=more: self.world.event(one.mail, one.kind, **more)):  # type: ignore[misc]
                self._coming.append(replace(one, at=self.world.time + 6 * MINUTE))
