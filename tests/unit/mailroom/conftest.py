"""A service that can be written to: The Lantern Road, chapter 1 out, and Ada on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from tests.support.mails import INBOUND
from tests.support.world import KEYS, SETTINGS, World

from cliffhanger import mailboxes
from cliffhanger.links import sign
from cliffhanger.mailroom.reasons import Reason
from cliffhanger.mailroom.room import Room
from cliffhanger.mailroom.take import take
from cliffhanger.ports import Mail
from cliffhanger.rendering.environment import environment


@dataclass
class Mailroom:
    """Takes mails in, and posts what they are answered with."""

    world: World
    dropped: Counter[Reason] = field(default_factory=Counter)
    taken: int = 0

    def __post_init__(self) -> None:
        world = self.world
        self.room = Room(
            table=world.table,
            content=world.content,
            hints=world.hints,
            clock=world.clock,
            count=lambda reason: self.dropped.update([reason]),
            keys=KEYS,
            templates=environment(SETTINGS.templates),
            settings=replace(SETTINGS, inbound_domain=INBOUND),
            inbound_domain=INBOUND,
        )

    def take(self, data: bytes, key: str | None = None) -> list[Mail]:
        """The mails that went out for it."""
        self.taken += 1
        before = len(self.world.mailer.accepted)
        take(self.room, key or f"mail-{self.taken}", data)
        self.world.post_letters()
        return self.world.mailer.accepted[before:]

    def leave_box(self, name: str = "ada", slug: str = "lantern") -> str:
        return f"leave-{sign('unsubscribe', slug, self.world.reader(name), KEYS)}"

    def reply_box(self, name: str = "ada", position: int = 1) -> str:
        return self._local(mailboxes.reply_address, name, position)

    def relay_box(self, name: str = "ada", position: int = 1) -> str:
        return self._local(mailboxes.relay_address, name, position)

    def _local(self, address: Callable[..., str], name: str, position: int) -> str:
        whole = address("lantern", self.world.reader(name), position, domain=INBOUND, keys=KEYS)
        return whole.removesuffix(f"@{INBOUND}")


@pytest.fixture
def mailroom() -> Mailroom:
    world = World()
    world.series()
    world.release(1)
    world.minutes(1)
    world.subscribe("ada")
    world.click_confirmation("ada")
    world.work()
    return Mailroom(world)
