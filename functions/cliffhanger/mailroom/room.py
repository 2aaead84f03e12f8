"""What the mailroom works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from jinja2 import Environment

from cliffhanger.links import Keys
from cliffhanger.mailroom.reasons import Reason
from cliffhanger.outbox import Letter, post
from cliffhanger.ports import Clock, Content, Hints, Table
from cliffhanger.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """The ports and settings of the mailroom. `inbound_domain` is what follows the @ of its addresses.

    `count` counts one more mail that was dropped.
    """

    table: Table
    content: Content
    hints: Hints
    clock: Clock
    count: Callable[[Reason], None]
    keys: Keys
    templates: Environment
    settings: Settings
    inbound_domain: str

    @property
    def domains(self) -> tuple[str, ...]:
        """Ours: where mail comes from and goes to."""
        return (self.inbound_domain, self.settings.sender_domain)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Ours: whose links hold a reader's tokens."""
        host = urlsplit(self.settings.base_url).hostname
        return (*self.domains, host) if host else self.domains

    def post(self, letter: Letter) -> None:
        """Lay a letter down; for a mail that comes again, the one that lies there already."""
        post(self.table, self.content, letter, now=self.clock())
        self.hints.letter(letter.id)
