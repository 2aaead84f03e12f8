"""What is going to happen in a small world: readers, authors and the world outside, all drawn from the seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from benchmarks.faults.history import Membership
from benchmarks.faults.world import World

from cliffhanger.clock import HOUR, MINUTE, SECOND
from cliffhanger.readers.joining import Start
from cliffhanger.series import InDoubt
from local.post_office.mischief import Mischief

STORM = 3 * HOUR
NAMES = ("ada", "ben", "cleo", "dan", "eve", "finn", "gwen", "hal")
REFUSED = "zoë@example.org"
"""SES takes no such local part: a reader whom every letter is refused."""

BOUNCES = "bounce+ivy@simulator.amazonses.com"
BACKUP = 40 * MINUTE
"""How old a backup is when it is put back, and then how long until the operator resumes. Nobody acts meanwhile."""

FEW = 20
"""Letters a day, in a world with a small quota."""


@dataclass(slots=True)
class Story:
    """`lost` is the share of events that are lost. `restores_at`: when a backup is put back, ms after the beginning."""

    chance: Random
    lost: float
    holds: bool
    slugs: tuple[str, ...]
    readers: int
    restores_at: int | None
    small_quota: bool

    @classmethod
    def draw(cls, chance: Random) -> Story:
        return cls(
            chance=chance,
            lost=chance.choice((0.0, 0.0, 0.0, 0.1, 0.3, 0.6)),
            holds=chance.random() < 0.2,
            slugs=("lantern", "harbour")[: chance.randint(1, 2)],
            readers=chance.randint(3, len(NAMES)),
            restores_at=int(STORM * (0.4 + chance.random() * 0.3)) if chance.random() < 0.05 else None,
            small_quota=chance.random() < 0.02,
        )

    def lay(self, world: World) -> None:
        self._cloud(world)
        world.history.suppressed = frozenset({BOUNCES})
        together = self.chance.random() < 0.3
        first = self.moment()
        for slug in self.slugs:
            world.series(slug, InDoubt.HOLD if self.holds else InDoubt.RESEND)
            for number in range(self.chance.randint(1, 4)):
                at = first + number * MINUTE if together else self.moment()
                world.at(at, lambda slug=slug: world.release(slug))  # type: ignore[misc]
            for name in NAMES[: self.readers]:
                self._reader(world, f"{name}@example.org", slug)
            for address in (REFUSED, BOUNCES):
                if self.chance.random() < 0.2:
                    self._reader(world, address, slug)
        if self.restores_at is not None:
            self._restore(world, self.restores_at)

    def moment(self, after: int = 0) -> int:
        """A time at which somebody does something: ms after the beginning. Not between a backup and its restore."""
        at = after + int(self.chance.random() * (STORM * 0.9 - after))
        if self.restores_at is not None and -5 * MINUTE < at - (self.restores_at - BACKUP) < 2 * BACKUP:
            return self.restores_at + BACKUP + self.chance.randint(MINUTE, 20 * MINUTE)
        return at

    def _cloud(self, world: World) -> None:
        """What AWS does: events astray, messages twice, clocks wrong, throttles, an index behind."""
        chance, platform = self.chance, world.platform
        platform.skew = chance.choice((0, SECOND))
        for queue in (platform.issues, platform.letters, platform.feedback):
            queue.doubles = chance.choice((0.0, 0.2))
        platform.office.mischief = Mischief(
            random=Random(chance.random()),
            lost=self.lost,
            doubled=chance.choice((0.0, 0.3)),
            late=chance.choice(((0.0, timedelta(0)), (0.3, timedelta(minutes=20)))),
            unordered=chance.random() < 0.5,
        )
        quota = FEW if self.small_quota else platform.quota
        platform.office.allow(rate=platform.rate, quota=quota)
        if chance.random() < 0.3:
            office, begins = platform.office, self.moment()
            world.at(begins, lambda: office.allow(rate=max(platform.rate / 5, 1), quota=quota))
            world.at(begins + 20 * MINUTE, lambda: office.allow(rate=platform.rate, quota=quota))
        if chance.random() < 0.2:
            begins = self.moment()
            world.at(begins, world.table.let_index_lag)
            world.at(begins + 3 * MINUTE, world.table.let_index_see)

    def _reader(self, world: World, address: str, slug: str) -> None:
        """One joins, at once or later; some leave, and some of them come back."""
        chance = self.chance
        start = Start.FIRST if chance.random() < 0.3 else Start.NEWEST
        joins = self.moment() if chance.random() < 0.5 else 0
        leaves = self.moment(joins) if chance.random() < 0.3 else None
        returns = self.moment(leaves) if leaves and chance.random() < 0.5 else None

        def join() -> None:
            stay = world.join(address, slug, start)
            if leaves is not None:
                world.at(leaves - joins, lambda: leave(stay))

        def leave(stay: Membership) -> None:
            if stay.epoch:
                world.leave(stay)
                if leaves is not None and returns is not None:
                    world.at(returns - leaves, lambda: come_back(stay))

        def come_back(stay: Membership) -> None:
            if stay.left_at < world.now:
                world.join(address, slug, start)

        world.at(joins, join)

    def _restore(self, world: World, at: int) -> None:
        """A backup is put back, and the stack is raised to a new generation; later an operator resumes."""
        world.at(at - BACKUP, world.back_up)
        world.at(at, lambda: world.restore(resumes_in=BACKUP))
