"""Bytes from strangers -> a mail that is safe to look into, in bounded time and memory.

The standard library's parser is patient: it follows multiparts within multiparts until the stack ends, and its newer
header parser takes ten seconds over 80 KB of one. So the bytes are looked over first, headers are cut as they are read,
and those of parts are read by the older rules (`Compat32`), which only look for what is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.headerregistry import BaseHeader
from email.message import Message
from email.parser import BytesParser
from functools import cached_property

from cliffhanger.mailroom.reasons import Dropped, Reason

LARGEST = 1_000_000
"""Bytes of a mail, with its attachments. A letter of a thousand words has some ten thousand."""

LONGEST_HEADER = 4_000
LARGEST_HEAD = 100_000
MOST_HEADERS = 300
MOST_CONTAINERS = 20
"""Multiparts and mails within the mail: the depth can't be more."""

MOST_PARTS = 200
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_CONTAINER = re.compile(rb"boundary[\s*0-9]{0,20}=|message/", re.IGNORECASE)
_BOUNDARY_LINE = re.compile(rb"^--", re.MULTILINE)


class _ShortHeaders(policy.Compat32):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


@dataclass(frozen=True)
class Opened:
    """`headers` are (name in lower case, value on one line), in their order, as they were written."""

    message: Message
    headers: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        return [value for found, value in self.headers if found == name]

    def parsed(self, name: str) -> BaseHeader | None:
        """The first of this name, decoded and taken apart. The standard library raises all kinds of errors here."""
        return next((policy.default.header_factory(name, value) for value in self.all(name)), None)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.headers)


def open_mail(data: bytes) -> Opened:
    """Dropped, where the mail is too large, a bomb, or no mail."""
    if len(data) > LARGEST:
        raise Dropped(Reason.TOO_LARGE)
    if _is_bomb(data):
        raise Dropped(Reason.BOMB)
    try:
        message = BytesParser(policy=_ShortHeaders()).parsebytes(data)
    except Exception:  # whatever a stranger's bytes make the parser stumble over
        raise Dropped(Reason.UNREADABLE) from None
    return Opened(message, tuple((name.lower(), " ".join(value.split())) for name, value in message.raw_items()))


def _is_bomb(data: bytes) -> bool:
    end = _HEAD_ENDS.search(data)
    head = data[: end.start()] if end else data
    return (
        len(head) > LARGEST_HEAD
        or head.count(b"\n") > MOST_HEADERS
        or _more_than(MOST_CONTAINERS, _CONTAINER, data)
        or _more_than(MOST_PARTS, _BOUNDARY_LINE, data)
    )


def _more_than(most: int, pattern: re.Pattern[bytes], data: bytes) -> bool:
    return any(count >= most for count, _ in enumerate(pattern.finditer(data)))
