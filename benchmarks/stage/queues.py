"""SQS as its users meet it: at least once, hidden while somebody works on it, laid aside after too many tries.

Times are microseconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Generic, TypeVar

from benchmarks.stage.kernel import Kernel

Body = TypeVar("Body")


@dataclass(slots=True, eq=False)
class Message(Generic[Body]):
    body: Body
    receives: int = 0
    hidden_until: int = 0
    deleted: bool = False


@dataclass(slots=True)
class Queue(Generic[Body]):
    """`doubles` is the share of messages that come twice. `on_arrival` is called when something can be received."""

    kernel: Kernel
    visibility: int
    most_receives: int
    chance: Random
    doubles: float = 0.0
    on_arrival: Callable[[], None] = lambda: None
    dead: list[Message[Body]] = field(default_factory=list)
    received: int = 0
    _visible: deque[Message[Body]] = field(default_factory=deque)
    _hidden: deque[Message[Body]] = field(default_factory=deque)
    _watching: bool = False

    def send(self, body: Body) -> None:
        copies = 2 if self.doubles and self.chance.random() < self.doubles else 1
        self._visible.extend(Message(body) for _ in range(copies))
        self.on_arrival()

    @property
    def visible(self) -> int:
        return len(self._visible)

    @property
    def in_flight(self) -> int:
        return sum(not message.deleted for message in self._hidden)

    @property
    def unread(self) -> int:
        """What waits, and what could not be read: in flight is not counted."""
        return len(self._visible) + len(self.dead)

    def receive(self, most: int) -> list[Message[Body]]:
        batch: list[Message[Body]] = []
        while self._visible and len(batch) < most:
            message = self._visible.popleft()
            if message.receives >= self.most_receives:
                self.dead.append(message)
                continue
            message.receives += 1
            message.hidden_until = self.kernel.now + self.visibility
            self._hidden.append(message)
            batch.append(message)
        self.received += len(batch)
        self._watch()
        return batch

    def delete(self, message: Message[Body]) -> None:
        message.deleted = True
        while self._hidden and self._hidden[0].deleted:
            self._hidden.popleft()

    def redrive(self) -> int:
        """An operator lays what is in the dead-letter queue back. Returns how many messages."""
        back, self.dead = self.dead, []
        self._visible.extend(Message(message.body) for message in back)
        if back:
            self.on_arrival()
        return len(back)

    def _watch(self) -> None:
        if self._hidden and not self._watching:
            self._watching = True
            self.kernel.at(self._hidden[0].hidden_until, self._show_again)

    def _show_again(self) -> None:
        """All messages are hidden for the same time, so the first hidden is the first to be seen again."""
        self._watching = False
        shown = False
        while self._hidden and (self._hidden[0].deleted or self._hidden[0].hidden_until <= self.kernel.now):
            message = self._hidden.popleft()
            if not message.deleted:
                self._visible.append(message)
                shown = True
        self._watch()
        if shown:
            self.on_arrival()
