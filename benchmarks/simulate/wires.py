"""The ports as the adapters use them: each call is counted with what AWS bills for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from benchmarks.simulate.machines import Line
from benchmarks.simulate.meter import Meter

from cliffhanger.adapters.dynamodb import ITEMS_OF_A_PAGE
from cliffhanger.ports import Account, Accounts, Archive, Content, Item, Key, Mail, MailError, Table, When
from local.memory_values import size_of

PAGE = 1024 * 1024
"""Bytes that a Query reads at most."""

CPU_AN_ITEM = 80
"""Microseconds of a whole processor to parse one item of a page (botocore 1.44, measured on x86_64)."""

WIRE_A_MB = 60_000
"""Microseconds for a whole page to come."""

BATCH = 10
EVENT = 3_000
"""Bytes, roughly, of what SES tells of a letter: its headers and tags are in it."""

T = TypeVar("T")


@dataclass(slots=True)
class TableWire:
    """Items of one kind with the same attributes are nearly as large as each other: one of them is measured.

    `raised_at` is when `newest` was last raised (microseconds): the release.
    """

    line: Line
    behind: Table
    meter: Meter
    raised_at: int = 0
    _sizes: dict[tuple[str, ...], int] = field(default_factory=dict)

    def get(self, key: Key) -> Item | None:
        item = self.line.call("table.get", lambda: self.behind.get(key))
        self.meter.read("DynamoDB GetItem", self._size(item) if item else 0)
        return item

    def put(self, key: Key, item: Item, *, when: When | None = None) -> None:
        self.line.call("table.put", lambda: self._write("DynamoDB PutItem", key, partial(self._put, key, item, when)))

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
        name = _name(key, set or {}, remove)
        return self.line.call(name, lambda: self._write("DynamoDB UpdateItem", key, change))

    def query(self, pk: str, *, prefix: str = "", after: str = "", only: Sequence[str] = ()) -> Iterator[Item]:  # noqa: ARG002
        """All of each item is read, and billed, whatever is asked for."""
        while True:
            page, more = self._page(self.behind.query(pk, prefix=prefix, after=after))
            yield from page
            if not more:
                return
            after = page[-1]["sk"]

    def due(self, due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        """One page: an entry is small."""
        most = min(most or PAGE // 100, PAGE // 100)
        keys = self.line.call("table.due", lambda: list(self.behind.due(due_pk, until=until, most=most)))
        self.meter.read("DynamoDB Query (index)", 100 * len(keys), consistent=False)
        yield from keys

    def _page(self, items: Iterator[Item]) -> tuple[list[Item], bool]:
        """Is there more? The size decides how long the call takes, so it is read first."""
        page, size = [], 0
        for item in items:
            page.append(item)
            size += self._size(item)
            if size >= PAGE or len(page) == ITEMS_OF_A_PAGE:
                break
        self.meter.read("DynamoDB Query", size)
        cpu, wire = CPU_AN_ITEM * len(page), WIRE_A_MB * size // PAGE
        more = size >= PAGE or len(page) == ITEMS_OF_A_PAGE
        return self.line.call("table.query", lambda: page, cpu=cpu, wire=wire), more

    def _put(self, key: Key, item: Item, when: When | None) -> Item:
        self.behind.put(key, item, when=when)
        return self.behind.get(key) or {}

    def _write(self, api: str, key: Key, change: Callable[[], Item]) -> Item:
        """A write that its condition forbids is billed as well."""
        old = self.behind.get(key) or {}
        new = old
        try:
            new = change()
        finally:
            self.meter.write(api, key.pk, max(self._size(old), self._size(new)))
        if old.get("newest") != new.get("newest"):
            self.raised_at = self.line.kernel.now
        before, after = _place(old), _place(new)
        for place in {before, after} - {None} if before != after else ():
            self.meter.index(place[0])
        return new

    def _size(self, item: Item) -> int:
        if not item:
            return 0
        kind = (item["pk"][:6], *item)
        if kind not in self._sizes:
            self._sizes[kind] = size_of(item)
        return self._sizes[kind]


@dataclass(slots=True)
class ContentWire:
    line: Line
    behind: Content
    meter: Meter

    def put(self, key: str, data: bytes) -> None:
        self.line.call("content.put", lambda: self.behind.put(key, data))
        self.meter.count("S3 PutObject", "s3_put", size=len(data))

    def get(self, key: str) -> bytes | None:
        data = self.line.call("content.get", lambda: self.behind.get(key))
        self.meter.count("S3 GetObject", "s3_get", size=len(data or b""))
        return data


@dataclass(slots=True)
class ArchiveWire:
    line: Line
    behind: Archive
    meter: Meter

    def put(self, path: str, data: bytes, *, media_type: str, lasting: bool = False) -> None:
        self.line.call("content.put", lambda: self.behind.put(path, data, media_type=media_type, lasting=lasting))
        self.meter.count("S3 PutObject", "s3_put", size=len(data))

    def get(self, path: str) -> bytes | None:
        data = self.line.call("content.get", lambda: self.behind.get(path))
        self.meter.count("S3 GetObject", "s3_get", size=len(data or b""))
        return data

    def delete(self, path: str) -> None:
        """S3 charges nothing for it."""
        self.line.call("content.put", lambda: self.behind.delete(path))


@dataclass(slots=True)
class MailerWire:
    line: Line
    office: Callable[[Mail], None]
    meter: Meter

    def send(self, mail: Mail) -> None:
        self.line.call("ses.send", lambda: self.office(mail), lambda: MailError(None, "NoAnswer"))
        self.meter.count("SES SendEmail", size=len(mail.html) + len(mail.text))


@dataclass(slots=True)
class AccountsWire:
    line: Line
    behind: Accounts
    meter: Meter

    def account(self) -> Account:
        self.meter.count("SES GetAccount")
        return self.line.call("ses.account", self.behind.account)


@dataclass(slots=True)
class HintsWire:
    """`issues` and `letters` take one message into their queues; `lying` says how many lie in the issues queue."""

    line: Line
    put_issues: Callable[[dict[str, Any]], None]
    put_letter: Callable[[dict[str, Any]], None]
    lying: Callable[[], int]
    meter: Meter

    def issues(self, messages: list[dict[str, Any]]) -> None:
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            self.line.call("hints.issues", partial(self._put, batch))
            self.meter.count("SQS SendMessageBatch", "sqs")

    def letter(self, letter_id: str) -> None:
        self.line.call("hints.letter", lambda: self.put_letter({"letter": letter_id}))
        self.meter.count("SQS SendMessage", "sqs")

    def waiting(self) -> int:
        self.meter.count("SQS GetQueueAttributes", "sqs")
        return self.line.call("hints.waiting", self.lying)

    def _put(self, batch: list[dict[str, Any]]) -> None:
        for message in batch:
            self.put_issues(message)


@dataclass(slots=True)
class FeedbackWire:
    """The queue and its dead letters are asked one after the other."""

    line: Line
    lying: Callable[[], int]
    meter: Meter

    def unread(self) -> int:
        for _ in range(2):
            self.meter.count("SQS GetQueueAttributes", "sqs")
        return self.line.call("feedback.unread", self.lying)


def _name(key: Key, changes: Mapping[str, Any], remove: tuple[str, ...]) -> str:
    """The two writes of a letter carry its whole cost of processor."""
    if "claim" in changes:
        return "table.claim"
    return "table.settle" if "claim" in remove and changes and key.sk.startswith("READER#") else "table.update"


def _place(item: Item) -> tuple[str, int] | None:
    return (item["due_pk"], item["due_at"]) if "due_pk" in item and "due_at" in item else None
