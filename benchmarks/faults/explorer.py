"""Every interleaving of a few actors over real code: an explicit-state search.

An actor's code is deterministic given what it has seen. So a state is the store and, of each actor, a digest of all
answers that it had. Code can't be copied in the middle, so a state is reached again from the root by its path of
choices; a state that was visited before is not gone into again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, TypeVar

from greenlet import GreenletExit, getcurrent, greenlet  # type: ignore[import-untyped]

T = TypeVar("T")
Choice = tuple[str, str]
"""What happens next, and to whom."""


class Player(greenlet):  # type: ignore[misc]
    """An actor of the search. `at` names the call that it is about to make; None before `begin` and when it is done."""

    def __init__(self, name: str, run: Callable[[], object]) -> None:
        super().__init__(self._live, _director())
        self.name = name
        self.seen = 0
        self.at: str | None = None
        self.done = False
        self.alive = True
        self.frozen = False
        self.error: Exception | None = None
        self._run = run

    def begin(self) -> None:
        """To its first point; once, and not by another player. What lies before no other can see or change."""
        if self.at is None and not self.done:
            self.switch()

    def go_on(self, told: str) -> None:
        """To its next point."""
        self.switch(told)

    def _live(self) -> None:
        try:
            self._run()
        except Exception as error:
            self.error = error
        self.at, self.done = None, True

    def note(self, answer: object) -> None:
        self.seen = hash((self.seen, repr(answer)))

    @property
    def digest(self) -> Hashable:
        """What the future may depend on: of one who will not act again, only that."""
        if self.done or not self.alive:
            return self.name
        return self.name, self.seen, self.at, self.frozen

    @property
    def is_ready(self) -> bool:
        return self.alive and not self.frozen and not self.done


def _director() -> greenlet:
    """Who moves the players: a player hands over to him, though another player may have made him."""
    me = getcurrent()
    return me.parent if isinstance(me, Player) else me


def point(name: str, effect: Callable[[], T], lost: Callable[[], Exception]) -> T:
    """A call at which others may come first. What is told there says how it goes: "step", "lost" or "unheard"."""
    me = getcurrent()
    if not isinstance(me, Player):
        return effect()
    me.at = name
    told = me.parent.switch()
    try:
        if told == "unheard":
            raise lost()
        answer = effect()
        if told == "lost":
            raise lost()
    except Exception as error:
        me.note(error)
        raise
    me.note(answer)
    return answer


def begin_anew(time: int) -> None:
    """Whoever calls carries nothing over from before: what he has seen till now matters no more. `time`: how often."""
    me = getcurrent()
    if isinstance(me, Player):
        me.seen = time


def private(effect: Callable[[], T]) -> T:
    """A call that nobody else's doing can change: no point of interleaving."""
    answer = effect()
    me = getcurrent()
    if isinstance(me, Player):
        me.note(answer)
    return answer


class Scene(Protocol):
    """One world of the search, at its root when it is made."""

    def choices(self) -> Sequence[Choice]:
        """What may happen next; none at an end."""
        ...

    def do(self, choice: Choice) -> None: ...

    def digest(self) -> Hashable: ...

    def wrong(self) -> str | None:
        """What must never be, if it is."""
        ...

    def end(self) -> str | None:
        """Called once at an end, after which the scene is used no more: what is wrong with it."""
        ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Found:
    """`schedules` are the ends that were reached; `wrong` holds sentences with the choices that lead there."""

    states: int = 0
    schedules: int = 0
    steps: int = 0
    complete: bool = True
    wrong: list[tuple[str, tuple[Choice, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    parent: _Node | None
    choice: Choice

    def path(self) -> list[Choice]:
        node: _Node | None = self
        found: list[Choice] = []
        while node:
            found.append(node.choice)
            node = node.parent
        return found[::-1]


def explore(make: Callable[[], Any], *, most_states: int | None = None) -> Found:
    """Go through all states that can be reached, depth first.

    `most_states` cuts the search short; then it goes on from anywhere each time, so that it sees something of all.
    """
    found, visited, chance = Found(), set[Hashable](), Random(most_states)
    stack: list[_Node | None] = [None]
    while stack:
        if most_states is not None:
            if found.states >= most_states:
                found.complete = False
                break
            at = chance.randrange(len(stack))
            stack[at], stack[-1] = stack[-1], stack[at]
        node = stack.pop()
        scene = make()
        for choice in node.path() if node else ():
            scene.do(choice)
            found.steps += 1
        _go_on(scene, node, visited, stack, found)
        scene.close()
    return found


def _go_on(scene: Any, node: _Node | None, visited: set[Hashable], stack: list[_Node | None], found: Found) -> None:
    """From a state on, by its first choice each time; the others are laid by.

    What is wrong may lie in the way to a state, not in the state: it is asked for first.
    """
    while True:
        sentence, digest = scene.wrong(), scene.digest()
        if digest in visited and not sentence:
            return
        visited.add(digest)
        found.states += 1
        choices = scene.choices()
        sentence = sentence or (None if choices else scene.end())
        if sentence:
            found.wrong.append((sentence, tuple(node.path() if node else ())))
        if sentence or not choices:
            found.schedules += not choices
            return
        stack.extend(_Node(node, choice) for choice in choices[1:])
        node = _Node(node, choices[0])
        scene.do(choices[0])
        found.steps += 1


def let_go(players: Sequence[Player]) -> None:
    for player in players:
        if not player.dead:
            player.throw(GreenletExit)
