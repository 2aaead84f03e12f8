"""The service's ports, each call of which goes through the kernel: what a process sees of the world.

Behind each wire is a real port (the table in memory, the post office) or a queue of this stage. One set of wires
serves every process: the kernel knows who calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from random import Random
from typing import Any

from benchmarks.stage.kernel import Kernel, T

from cliffhanger.errors import CliffhangerError, StoreBusy
from cliffhanger.ports import (
    Account,
    Accounts,
    Archive,
    Content,
    Item,
    Key,
    Mail,
    Mailer,
    MailError,
    Object,
    Table,
    When,
)

SECOND = 1_000_000
LATENCY = {
    "table.get": 4_000,
    "table.put": 5_000,
    "table.update": 5_000,
    "table.delete": 5_000,
    "table.query": 8_000,
    "table.due": 8_000,
    "content.get": 25_000,
    "content.put": 40_000,
    "hints.issues": 10_000,
    "hints.letter": 10_000,
    "hints.waiting": 8_000,
    "feedback.unread": 8_000,
    "ses.send": 60_000,
    "ses.account": 50_000,
    "ses.forget": 50_000,
}
"""Microseconds from the call to its answer: usual figures within one region."""

SIGNATURE_LIFE = 300 * SECOND
PAGE = 1_000
BATCH = 10


@dataclass(slots=True)
class Line:
    """The kernel and how long each call takes. With `chance` a call takes from half to double its usual time."""

    kernel: Kernel
    latency: Mapping[str, int]
    chance: Random | None = None

    def call(self, name: str, effect: Callable[[], T], lost: Callable[[], Exception] = StoreBusy) -> T:
        whole = self.latency[name]
        if self.chance:
            whole = int(whole * (0.5 + 1.5 * self.chance.random() ** 2))
        there = whole // 2
        return self.kernel.call(name, effect, there=there, back=whole - there, lost=lost)


def no_answer() -> MailError:
    return MailError(None, "NoAnswer")


@dataclass(slots=True)
class TableWire:
    line: Line
    behind: Table

    def get(self, key: Key) -> Item | None:
        return self.line.call("table.get", lambda: self.behind.get(key))

    def put(self, key: Key, item: Item, *, when: When | None = None) -> None:
        self.line.call("table.put", lambda: self.behind.put(key, item, when=when))

    def update(
        self,
        key: Key,
        *,
        set: Mapping[str, Any] | None = None,
        remove: tuple[str, ...] = (),
        add: Mapping[str, int | frozenset[int] | frozenset[str]] | None = None,
        discard: Mapping[str, frozenset[int] | frozenset[str]] | None = None,
        when: When | None = None,
    ) -> Item:
        change = partial(self.behind.update, key, set=set, remove=remove, add=add, discard=discard, when=when)
        return self.line.call("table.update", change)

    def delete(self, key: Key, *, when: When | None = None) -> None:
        self.line.call("table.delete", lambda: self.behind.delete(key, when=when))

    def query(self, pk: str, *, prefix: str = "", after: str = "", only: Sequence[str] = ()) -> Iterator[Item]:
        return self._pages("table.query", self.behind.query(pk, prefix=prefix, after=after, only=only))

    def due(self, due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        return self._pages("table.due", self.behind.due(due_pk, until=until, most=most))

    def _pages(self, name: str, items: Iterator[T]) -> Iterator[T]:
        """One call a page, when its first item is asked for. A page that is asked for twice is the same page."""
        while True:
            page = self.line.call(name, cache(lambda: list(islice(items, PAGE))))
            yield from page
            if len(page) < PAGE:
                return


@dataclass(slots=True)
class ContentWire:
    line: Line
    behind: Content

    def put(self, key: str, data: bytes) -> None:
        self.line.call("content.put", lambda: self.behind.put(key, data))

    def get(self, key: str) -> bytes | None:
        return self.line.call("content.get", lambda: self.behind.get(key))


@dataclass(slots=True)
class ArchiveWire:
    line: Line
    behind: Archive

    def put(self, path: str, data: bytes, *, media_type: str, lasting: bool = False) -> None:
        self.line.call("content.put", lambda: self.behind.put(path, data, media_type=media_type, lasting=lasting))

    def get(self, path: str) -> bytes | None:
        return self.line.call("content.get", lambda: self.behind.get(path))

    def delete(self, path: str) -> None:
        self.line.call("content.put", lambda: self.behind.delete(path))


@dataclass(slots=True)
class MailerWire:
    line: Line
    behind: Mailer

    def send(self, mail: Mail) -> None:
        signed_at = self.line.kernel.now
        self.line.call("ses.send", lambda: self._arrive(mail, signed_at), no_answer)

    def forget(self, address: str) -> None:
        self.line.call("ses.forget", lambda: self.behind.forget(address))

    def _arrive(self, mail: Mail, signed_at: int) -> None:
        """A request that was long on its way is refused (AWS Signature Version 4: five minutes)."""
        if self.line.kernel.now - signed_at > SIGNATURE_LIFE:
            raise MailError(403, "InvalidSignatureException", "Signature expired")
        self.behind.send(mail)


@dataclass(slots=True)
class AccountsWire:
    line: Line
    behind: Accounts

    def account(self) -> Account:
        return self.line.call("ses.account", self.behind.account)


@dataclass(slots=True)
class HintsWire:
    """`issues` and `letters` take one message into their queues; `lying` says how many lie in the issues queue."""

    line: Line
    put_issues: Callable[[dict[str, Any]], None]
    put_letter: Callable[[dict[str, Any]], None]
    lying: Callable[[], int]

    def issues(self, messages: list[dict[str, Any]]) -> None:
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            self.line.call("hints.issues", lambda batch=batch: self._put(batch))  # type: ignore[misc]

    def letter(self, letter_id: str) -> None:
        self.line.call("hints.letter", lambda: self.put_letter({"letter": letter_id}))

    def waiting(self) -> int:
        return self.line.call("hints.waiting", self.lying)

    def _put(self, batch: list[dict[str, Any]]) -> None:
        for message in batch:
            self.put_issues(message)


@dataclass(slots=True)
class FeedbackWire:
    line: Line
    lying: Callable[[], int]

    def unread(self) -> int:
        return self.line.call("feedback.unread", self.lying)


@dataclass(slots=True)
class Sleeper:
    """The domain's `sleep`, in seconds of virtual time."""

    kernel: Kernel

    def __call__(self, seconds: float) -> None:
        self.kernel.pause(round(seconds * SECOND))


class NoManuscripts:
    """The stage lays chapters into the table as ingest would have; nobody reads a file."""

    def current(self, key: str) -> Object | None:
        raise CliffhangerError(f"no file {key} on this stage", permanent=True)
