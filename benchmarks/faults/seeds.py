"""A random run: one seed, one small world, whatever may happen to it in three hours, and then its recovery."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from random import Random

from benchmarks.faults.counts import wrong_counts
from benchmarks.faults.judge import Judge, Verdict
from benchmarks.faults.misfortune import CRASHED, Misfortune
from benchmarks.faults.story import REFUSED, STORM, Story
from benchmarks.faults.world import World
from benchmarks.stage.platform import SETTINGS

from cliffhanger.clock import DAY, HOUR, MINUTE

PATIENCE = 14 * HOUR
HELPED = 0.5
DAYS = 6 * DAY
"""With a small quota."""


@dataclass(slots=True)
class Outcome:
    """What came of one seed. `expected_doubles` is promise 3's formula: the letters `in_doubt`, of which SES took each,
    times the share `lost_events`.
    """

    seed: int
    verdict: Verdict
    faults: dict[str, int]
    lost_events: float
    in_doubt: int
    expected_doubles: float
    wrong_counters: int
    said: list[str]

    @property
    def crashes(self) -> int:
        return sum(times for what, times in self.faults.items() if what in CRASHED)


def run(seed: int) -> Outcome:
    chance = Random(seed)
    story = Story.draw(chance)
    settings = replace(
        SETTINGS,
        workers=chance.randint(1, 4),
        threads=chance.randint(1, 4),
        day=20 * MINUTE,
        spacing=chance.choice((0, 0, 10 * MINUTE)),
    )
    world = World(seed, settings, shards=chance.choice((1, 2, 4)), rate=chance.choice((1.0, 5.0, 14.0, 100.0)))
    misfortune = world.kernel.fates = _misfortune(world, chance)
    with ExitStack() as stack:
        for each in world.patches():
            stack.enter_context(each)
        story.lay(world)
        world.platform.start()
        if chance.random() < HELPED:
            world.call_helpers()
        world.platform.run(STORM + HOUR // 2)
        rested = world.run_to_rest(DAYS if story.small_quota else PATIENCE)
        world.platform.run(5 * MINUTE)
        outcome = _judge(seed, world, story, misfortune, rested=rested)
        world.kernel.close()
    return outcome


def _misfortune(world: World, chance: Random) -> Misfortune:
    """Four kinds of faults, each often, rarely or not at all; and for some a time when the store is flooded."""
    often = chance.choice((0.0, 0.002, 0.01, 0.03))
    rates = {kind: often * chance.choice((0.0, 0.5, 1.0)) for kind in ("crash", "freeze", "store", "ses")}
    rates["freeze"] /= 4
    rates["ses"] *= 5  # few calls are letters
    now, flood = world.kernel.now, (0, 0)
    if chance.random() < 0.2:
        begins = now + int(chance.random() * STORM) * 1_000
        flood = begins, begins + 10 * MINUTE * 1_000
    return Misfortune(chance, rates, now + STORM * 1_000, flood)


def _judge(seed: int, world: World, story: Story, misfortune: Misfortune, *, rested: bool) -> Outcome:
    records = world.records()
    judge = Judge(
        history=world.history,
        heard=world.platform.postman.heard,
        records=records,
        refused=frozenset({REFUSED}),
        holds=frozenset(story.slugs) if story.holds else frozenset(),
    )
    verdict = judge.judge(world.platform.office.letters)
    said = verdict.said + world.unforeseen()
    if not rested:
        said.append(f"never at rest: {world.unrest()}")
    # What was counted before a restore is of another life.
    wrong = wrong_counts(world, records) if rested and not world.history.restore else []
    return Outcome(
        seed=seed,
        verdict=verdict,
        faults=dict(misfortune.struck),
        lost_events=story.lost,
        in_doubt=len(world.unsure),
        expected_doubles=0.0 if story.holds else len(world.unsure) * story.lost,
        wrong_counters=len(wrong),
        said=said + wrong,
    )
