"""What the domain asks of the world. The adapters answer it from AWS, the tests from memory.

Times are integers: milliseconds since 1970-01-01 UTC, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Clock = Callable[[], int]
Sleep = Callable[[float], None]
"""Waits so many seconds."""


class Each(Protocol):
    """`map`, or one that asks several at a time."""

    def __call__(self, ask: Callable[[T], R], of: Iterable[T], /) -> Iterator[R]: ...


Item = dict[str, Any]
"""Attribute names to str, int, bool, list, dict, frozenset of int or of str. Never None: an attribute is absent."""


class Key(NamedTuple):
    pk: str
    sk: str


class Presence(Enum):
    ABSENT = "absent"
    PRESENT = "present"


ABSENT = Presence.ABSENT
PRESENT = Presence.PRESENT


@dataclass(frozen=True, slots=True)
class Below:
    """The attribute is absent or less than `limit`."""

    limit: int


@dataclass(frozen=True, slots=True)
class OneOf:
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """The attribute is a set of integers with `member` in it."""

    member: int


@dataclass(frozen=True, slots=True)
class Between:
    """The attribute is a number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The attribute is a number of `limit` or more."""

    limit: int


Condition = str | int | bool | Presence | Below | OneOf | Contains | Between | AtLeast
When = Mapping[str, Condition]
"""Attribute paths ("claim.id") and what each must be; all must hold. A plain value asks for equality."""


class Table(Protocol):
    """One table of items; each write is atomic on its item. ConditionFailed where `when` does not hold."""

    def get(self, key: Key) -> Item | None:
        """Strongly consistent."""
        ...

    def put(self, key: Key, item: Item, *, when: When | None = None) -> None: ...

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
        """Change attributes, making the item if there is none; returns the item as it is then."""
        ...

    def delete(self, key: Key, *, when: When | None = None) -> None:
        """Without `when`, deleting what is not there changes nothing."""
        ...

    def query(self, pk: str, *, prefix: str = "", after: str = "", only: Sequence[str] = ()) -> Iterator[Item]:
        """A partition's items in the order of `sk`, strongly consistent, read page by page as they are asked for.

        With `only`, no other attributes need be there: a store may leave them out.
        """
        ...

    def due(self, due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        """The keys in the sparse index with `due_at` <= until, earliest first; may lag behind the table.

        With `most`, no more of them are read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Object:
    data: bytes
    version: str


class Manuscripts(Protocol):
    def current(self, key: str) -> Object | None:
        """The key's object as it is now; None if the author took it away."""
        ...


class Content(Protocol):
    """Issues, sheets and letters, each under a key that holds the hash of what it says."""

    def put(self, key: str, data: bytes) -> None: ...

    def get(self, key: str) -> bytes | None: ...


class Archive(Protocol):
    """The public site: what lies at a path is what a browser gets there. Paths begin without a slash."""

    def put(self, path: str, data: bytes, *, media_type: str, lasting: bool = False) -> None:
        """`lasting`: the path holds the hash of what lies there, so that nobody need ever ask again."""
        ...

    def get(self, path: str) -> bytes | None: ...

    def delete(self, path: str) -> None:
        """Deleting what is not there changes nothing."""
        ...


class Hints(Protocol):
    """The two queues to the senders. A hint may be lost or come twice: the table knows better."""

    def issues(self, messages: list[dict[str, Any]]) -> None: ...

    def letter(self, letter_id: str) -> None: ...

    def waiting(self) -> int:
        """Roughly how many hints lie in the issues queue."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient, as it goes to SES. Header values are printable ASCII of at most 995 characters."""

    sender: str
    recipient: str
    subject: str
    html: str
    text: str
    headers: Mapping[str, str]
    tags: Mapping[str, str]
    reply_to: str | None = None


class MailError(Exception):
    """SES did not say yes. `status` is None where no HTTP answer came; `code` then is NoConnection or NoAnswer."""

    def __init__(self, status: int | None, code: str, message: str = "") -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Account:
    """SES GetAccount: letters per second, letters in any 24 hours (-1: no limit), and those of the last 24 hours."""

    enabled: bool
    max_rate: float
    max_24h: float
    sent_24h: float


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """One network attempt, never more. MailError unless SES accepted."""
        ...

    def forget(self, address: str) -> None:
        """Take an address off SES's own suppression list, whether it is on it or not."""
        ...


class Accounts(Protocol):
    def account(self) -> Account: ...


class FeedbackQueue(Protocol):
    def unread(self) -> int:
        """Roughly how many events wait to be read, or could not be. Those being read just now are not counted, nor
        those that were met with a failure and wait for their next try (feedback_health.note_failure)."""
        ...
