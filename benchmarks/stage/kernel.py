"""Actors on a virtual clock.

An actor is a greenlet that belongs to a process. It runs until its next call to a port; there it hands over to the
kernel, and goes on when the call's virtual time has passed. Nothing runs at the same time as anything else, nothing
sleeps, and the same seed gives the same run.

A process dies as a machine does: its actors are never resumed. They are kept, so that Python doesn't unwind them:
no `finally` and no `except` of a dead process runs. Times are microseconds; `clock` gives the domain's milliseconds.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import NoReturn, TypeVar

from benchmarks.stage.faults import Fate, Fates, Reached
from greenlet import GreenletExit, getcurrent, greenlet  # type: ignore[import-untyped]

T = TypeVar("T")

MICROSECONDS = 1_000
"""In a millisecond."""

NEVER = 1 << 62


class Process:
    """`skew` is how far its clock is from the true one (ms). `on_death` is called once, by whoever kills it."""

    __slots__ = ("actors", "alive", "frozen_until", "name", "on_death", "skew")

    def __init__(self, name: str, *, skew: int = 0) -> None:
        self.name = name
        self.skew = skew
        self.alive = True
        self.frozen_until = 0
        self.actors: set[Actor] = set()
        self.on_death: Callable[[], None] = lambda: None


class Actor(greenlet):  # type: ignore[misc]
    """One thread of a process. It blocks in `Kernel.pause`, `Kernel.block` and nowhere else."""

    def __init__(self, process: Process, run: Callable[[], object], hub: greenlet) -> None:
        super().__init__(self._live, hub)
        self.process = process
        self._run = run
        process.actors.add(self)

    def _live(self) -> None:
        self._run()
        self.process.actors.discard(self)


class Kernel:
    def __init__(self, start: int = 1_800_000_000_000, fates: Fates | None = None) -> None:
        """`start` is milliseconds since 1970. `fates` says what becomes of each call to a port; None: all go well."""
        self.now = start * MICROSECONDS
        self.fates = fates
        self.switches = 0
        self._hub = getcurrent()
        self._queue: list[tuple[int, int, Actor | Callable[[], None]]] = []
        self._order = count()
        self._until = 0
        self._dead: list[Process] = []
        self._closed = False

    # For actors ----------------------------------------------------------------------------------------

    def clock(self) -> int:
        """Milliseconds, by the clock of the process that asks."""
        me = getcurrent()
        return self.now // MICROSECONDS + (me.process.skew if isinstance(me, Actor) else 0)

    def pause(self, microseconds: int) -> None:
        """Hand over, and go on so much later. Outside of any actor, where a scene is laid, it does nothing."""
        me = getcurrent()
        if not isinstance(me, Actor):
            return
        if self._closed:
            raise GreenletExit
        at, queue = self.now + microseconds, self._queue
        if at <= self._until and (not queue or queue[0][0] > at) and me.process.frozen_until <= at:
            self.now = at  # nobody is before this actor: no need to leave it
            return
        heapq.heappush(queue, (at, next(self._order), me))
        self._hub.switch()
        if self._closed:
            raise GreenletExit

    def block(self) -> None:
        """Hand over until somebody calls `wake`."""
        self._hub.switch()
        if self._closed:
            raise GreenletExit

    def wake(self, actor: Actor) -> None:
        heapq.heappush(self._queue, (self.now, next(self._order), actor))

    def call(self, name: str, effect: Callable[[], T], *, there: int, back: int, lost: Callable[[], Exception]) -> T:
        """A call to a port: `there` and `back` are the request's and the answer's time (µs).

        `lost` makes the error that the caller sees where no answer comes. `name` is "port.operation".
        """
        me = getcurrent()
        fate = self.fates(self, me.process, name) if self.fates and isinstance(me, Actor) else None
        if fate is None:
            self.pause(there)
            result = effect()
            self.pause(back)
            return result
        return self._call_badly(fate, me.process, effect, there + back, lost)

    def _call_badly(
        self, fate: Fate, process: Process, effect: Callable[[], T], latency: int, lost: Callable[[], Exception]
    ) -> T:
        self.pause(latency)
        self._strike(fate, Reached.NOTHING, process)
        answer = _ask(effect, fate.effects)
        self._strike(fate, Reached.EFFECT, process)
        self.pause(fate.silence)
        if not fate.answered:
            raise fate.error or lost()
        return answer()

    def _strike(self, fate: Fate, reached: Reached, process: Process) -> None:
        if fate.dies is reached:
            self.die()
        if fate.freezes is reached:
            self.freeze(process, fate.freeze_for)

    # For the stage -------------------------------------------------------------------------------------

    def spawn(self, process: Process, run: Callable[[], object], *, after: int = 0) -> Actor:
        actor = Actor(process, run, self._hub)
        heapq.heappush(self._queue, (self.now + after, next(self._order), actor))
        return actor

    def at(self, moment: int, act: Callable[[], None]) -> None:
        """Call `act` at that moment (µs). It is no actor: it must not wait."""
        heapq.heappush(self._queue, (max(moment, self.now), next(self._order), act))

    def after(self, microseconds: int, act: Callable[[], None]) -> None:
        self.at(self.now + microseconds, act)

    def kill(self, process: Process) -> None:
        if process.alive:
            process.alive = False
            self._dead.append(process)
            process.on_death()

    def die(self) -> None:
        """Kill the process of the actor that calls, there and then."""
        me = getcurrent()
        assert isinstance(me, Actor)
        self.kill(me.process)
        self.block()

    def freeze(self, process: Process, microseconds: int) -> None:
        """Keep a process from running for so long. It goes on with whatever it believed then."""
        process.frozen_until = self.now + microseconds
        self.pause(0)

    def run(self, until: int) -> None:
        """Run everything that happens up to that moment (µs)."""
        queue, self._until = self._queue, until
        while queue and queue[0][0] <= until:
            at, order, who = heapq.heappop(queue)
            if not isinstance(who, Actor):
                self.now = at
                who()
                continue
            process = who.process
            if not process.alive:
                continue
            if process.frozen_until > at:
                heapq.heappush(queue, (process.frozen_until, order, who))
                continue
            self.now = at
            self.switches += 1
            who.switch()
        self.now = max(self.now, until)

    def close(self) -> None:
        """The run is over and judged: let go of the actors that still wait. From here on every port call ends them."""
        self._closed = True
        waiting = {who for _, _, who in self._queue if isinstance(who, Actor)}
        self._queue.clear()
        for actor in waiting.union(*(process.actors for process in self._dead)):
            actor.throw(GreenletExit)


def _ask(effect: Callable[[], T], times: int) -> Callable[[], T]:
    """Have it done so many times (once at least for an answer). What comes back gives the last answer, or raises it."""
    try:
        for _ in range(times):
            result = effect()
    except Exception as error:
        return partial(_raise, error)
    return lambda: result


def _raise(error: Exception) -> NoReturn:
    raise error
