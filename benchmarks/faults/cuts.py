"""A send, cut at every step: one call to a port goes wrong, and the rest is recovery."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace

from benchmarks.faults.counts import wrong_counts
from benchmarks.faults.judge import Judge, Verdict
from benchmarks.faults.world import World
from benchmarks.stage.faults import DIES_AFTER, DIES_BEFORE, FREEZES_BEFORE, UNANSWERED, Fate
from benchmarks.stage.kernel import Kernel, Process
from benchmarks.stage.platform import SETTINGS

from cliffhanger.clock import HOUR, MINUTE

KINDS: dict[str, Fate] = {
    "dies before": DIES_BEFORE,
    "dies after": DIES_AFTER,
    "no answer": UNANSWERED,
    "freezes": FREEZES_BEFORE,
}
SETTINGS_OF_THE_SEND = replace(SETTINGS, workers=3, threads=4)
RATE = 100.0
SEED = 7


class Cut:
    """Lets one call go wrong, the `at`-th (from 0). With `at` None it only counts."""

    def __init__(self, at: int | None, fate: Fate | None) -> None:
        self.calls = self.calls_to_rest = 0
        self.struck_at: int | None = None
        self.name = ""
        self._at = at
        self._fate = fate

    def __call__(self, kernel: Kernel, process: Process, name: str) -> Fate | None:
        self.calls += 1
        if self.calls - 1 != self._at:
            return None
        self.struck_at, self.name = kernel.now, f"{process.name.partition('-')[0]} {name}"
        return self._fate


@dataclass(frozen=True, slots=True)
class Recovery:
    """`seconds` is from the fault to the last letter, in virtual time. `call` is whose call was cut, and which."""

    at: int
    kind: str
    call: str
    seconds: float
    letters: int
    verdict: Verdict
    wrong_counters: int
    said: tuple[str, ...]


def steps(readers: int) -> int:
    """How many calls the service makes until the send is closed, when nothing goes wrong."""
    cut = Cut(None, None)
    _send(readers, cut)
    return cut.calls_to_rest


def cut(readers: int, at: int, kind: str) -> Recovery:
    fates = Cut(at, KINDS[kind])
    world, rested = _send(readers, fates)
    letters = world.platform.office.letters
    verdict = Judge(world.history, world.platform.postman.heard, records={}).judge(letters)
    said = list(verdict.said)
    if not rested:
        said.append(f"not at rest: {world.unrest()}")
    said += world.unforeseen()
    wrong = wrong_counts(world, {})
    last = max(int(letter.at.timestamp() * 1_000_000) for letter in letters)
    return Recovery(
        at=at,
        kind=kind,
        call=fates.name,
        seconds=max(last - (fates.struck_at or last), 0) / 1_000_000,
        letters=len(letters),
        verdict=verdict,
        wrong_counters=len(wrong),
        said=(*said, *wrong),
    )


def cut_at(readers: int, at_and_kind: tuple[int, str]) -> Recovery:
    return cut(readers, *at_and_kind)


def _send(readers: int, fates: Cut) -> tuple[World, bool]:
    """One chapter to so many readers; the fault falls somewhere between its release and the closing."""
    world = World(SEED, SETTINGS_OF_THE_SEND, shards=4, rate=RATE)
    with ExitStack() as stack:
        for each in world.patches():
            stack.enter_context(each)
        world.series("lantern")
        for number in range(readers):
            world.settle_in(f"reader{number}@example.org", "lantern")
        world.kernel.fates = fates
        world.release("lantern")
        world.platform.start()
        world.platform.run(MINUTE)
        rested = world.run_to_rest(6 * HOUR)
        fates.calls_to_rest = fates.calls
        world.platform.run(5 * MINUTE)
        world.kernel.close()
    return world, rested
