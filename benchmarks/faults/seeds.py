"""A random run: one seed, one small world, whatever may happen to it in three hours, and then its recovery."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from benchmarks.faults.counts import wrong_counts
from benchmarks.faults.history import Membership
from benchmarks.faults.judge import Judge, Verdict
from benchmarks.faults.misfortune import CRASHED, Misfortune
from benchmarks.faults.reasons import reasons
from benchmarks.faults.world import World
from benchmarks.stage.platform import SETTINGS

from cliffhanger.clock import HOUR, MINUTE, SECOND
from cliffhanger.readers.joining import Start
from cliffhanger.series import InDoubt
from local.post_office.mischief import Mischief

STORM = 3 * HOUR
PATIENCE = 14 * HOUR
NAMES = ("ada", "ben", "cleo", "dan", "eve", "finn", "gwen", "hal")
REFUSED = "zoë@example.org"
"""SES takes no such local part: a reader whom every letter is refused."""

BOUNCES = "bounce+ivy@simulator.amazonses.com"


@dataclass(slots=True)
class Outcome:
    """What came of one seed. `expected_doubles` is promise 3's formula."""

    seed: int
    verdict: Verdict
    faults: dict[str, int]
    rested: bool
    in_doubt: int
    expected_doubles: float
    wrong_counters: int
    said: list[str] = field(default_factory=list)

    @property
    def crashes(self) -> int:
        return sum(times for what, times in self.faults.items() if what in CRASHED)


@dataclass(slots=True)
class Story:
    """What is going to happen, drawn from the seed."""

    chance: Random
    rates: dict[str, float]
    lost: float
    holds: bool
    slugs: tuple[str, ...]
    readers: int

    @classmethod
    def draw(cls, chance: Random) -> Story:
        often = chance.choice((0.0, 0.002, 0.01, 0.03))
        rates = {kind: often * chance.choice((0.0, 0.5, 1.0)) for kind in ("crash", "freeze", "store", "ses")}
        rates["freeze"] /= 4
        return cls(
            chance=chance,
            rates=rates,
            lost=chance.choice((0.0, 0.0, 0.0, 0.1, 0.3, 0.6)),
            holds=chance.random() < 0.2,
            slugs=("lantern", "harbour")[: chance.randint(1, 2)],
            readers=chance.randint(3, len(NAMES)),
        )


def run(seed: int) -> Outcome:
    chance = Random(seed)
    story = Story.draw(chance)
    settings = replace(
        SETTINGS,
        workers=chance.randint(1, 4),
        threads=chance.randint(1, 4),
        day=20 * MINUTE,
        spacing=chance.choice((0, 0, MINUTE)),
    )
    shards = chance.choice((1, 2, 4))
    world = World(seed, settings, shards=shards, rate=chance.choice((1.0, 5.0, 14.0, 100.0)))
    misfortune = Misfortune(chance, story.rates, world.kernel.now + STORM * 1_000)
    world.kernel.fates = misfortune
    with ExitStack() as stack:
        for each in world.patches():
            stack.enter_context(each)
        _lay(world, story)
        world.platform.start()
        world.platform.run(STORM)
        rested = world.run_to_rest(PATIENCE)
        world.platform.run(5 * MINUTE)
        outcome = _judge(seed, world, story, misfortune, rested)
        world.kernel.close()
    return outcome


def _lay(world: World, story: Story) -> None:
    """Everything that readers, authors and the world outside will do."""
    chance, platform = story.chance, world.platform
    platform.skew = chance.choice((0, SECOND))
    for queue in (platform.issues, platform.letters, platform.feedback):
        queue.doubles = chance.choice((0.0, 0.2))
    platform.office.mischief = Mischief(
        random=Random(chance.random()),
        lost=story.lost,
        doubled=chance.choice((0.0, 0.3)),
        late=chance.choice(((0.0, timedelta(0)), (0.3, timedelta(minutes=20)))),
        unordered=chance.random() < 0.5,
    )
    world.history.suppressed = frozenset({BOUNCES})
    for slug in story.slugs:
        world.series(slug, InDoubt.HOLD if story.holds else InDoubt.RESEND)
        for _ in range(chance.randint(1, 4)):
            world.at(int(chance.random() * STORM * 0.8), lambda slug=slug: world.release(slug))  # type: ignore[misc]
        for name in NAMES[: story.readers]:
            _reader(world, story, f"{name}@example.org", slug)
        for address in (REFUSED, BOUNCES):
            if chance.random() < 0.2:
                _reader(world, story, address, slug)
    if chance.random() < 0.3:
        _throttle_storm(world, chance)
    if chance.random() < 0.2:
        _lagging_index(world, chance)


def _reader(world: World, story: Story, address: str, slug: str) -> None:
    """One joins, at once or later; some leave, and some of them come back."""
    chance = story.chance
    start = Start.FIRST if chance.random() < 0.3 else Start.NEWEST
    joins = int(chance.choice((0.0, 0.5)) * chance.random() * STORM)
    goes = joins + int(chance.random() * STORM) if chance.random() < 0.3 else None
    back = goes is not None and chance.random() < 0.5

    def leave(stay: Membership) -> None:
        if stay.epoch:
            world.leave(stay)
            if back:
                world.at(int(chance.random() * HOUR), lambda: _rejoin(world, stay, address, slug, start))

    def join() -> None:
        stay = world.join(address, slug, start)
        if goes is not None:
            world.at(goes - joins, lambda: leave(stay))

    world.at(joins, join)


def _rejoin(world: World, stay: Membership, address: str, slug: str, start: Start) -> None:
    if stay.left_at < world.now:
        world.join(address, slug, start)


def _throttle_storm(world: World, chance: Random) -> None:
    """SES takes a fifth of what it has promised, for a while."""
    office, rate = world.platform.office, world.platform.rate
    begins = int(chance.random() * STORM)
    world.at(begins, lambda: office.allow(rate=max(rate / 5, 1), quota=50_000))
    world.at(begins + 20 * MINUTE, lambda: office.allow(rate=rate, quota=50_000))


def _lagging_index(world: World, chance: Random) -> None:
    begins = int(chance.random() * STORM)
    world.at(begins, world.table.let_index_lag)
    world.at(begins + 3 * MINUTE, world.table.let_index_see)


def _judge(seed: int, world: World, story: Story, misfortune: Misfortune, rested: bool) -> Outcome:
    platform, records = world.platform, reasons(world)
    judge = Judge(
        history=world.history,
        heard=platform.postman.heard,
        reasons=records,
        refused=frozenset({REFUSED}),
        holds=frozenset(story.slugs) if story.holds else frozenset(),
    )
    verdict = judge.judge(platform.office.letters)
    said = list(verdict.said)
    if not rested:
        said.append(f"not at rest after {PATIENCE // HOUR} hours: {world.unrest()}")
    said += world.unforeseen()
    wrong = wrong_counts(world, records) if rested else []
    return Outcome(
        seed=seed,
        verdict=verdict,
        faults=dict(misfortune.struck),
        rested=rested,
        in_doubt=len(world.unsure),
        expected_doubles=0.0 if story.holds else len(world.unsure) * story.lost,
        wrong_counters=len(wrong),
        said=said + wrong,
    )
