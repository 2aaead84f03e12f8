"""The addresses under the inbound domain: written into the headers of our mails, read when somebody writes to them.

A local part has at most 64 characters (RFC 5321, 4.5.3.1.1) and may come back in any case of letters. What stands
in a token's place was signed by us (links.py) or opens nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cliffhanger.links import Keys, sign

_SIGNED = "([a-z2-7]{33})"
_SUBSCRIBE = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)\+subscribe(-first)?")
_LEAVE = re.compile(f"leave-{_SIGNED}")
_REPLY = re.compile(f"reply-([0-9]{{1,6}})-{_SIGNED}")
_RELAY = re.compile(f"relay-([0-9]{{1,6}})-{_SIGNED}")


@dataclass(frozen=True, slots=True)
class Subscribe:
    """`first`: from chapter one."""

    series: str
    first: bool


@dataclass(frozen=True, slots=True)
class Leave:
    token: str


@dataclass(frozen=True, slots=True)
class Reply:
    """To the author, about the issue of this position."""

    position: int
    token: str


@dataclass(frozen=True, slots=True)
class Relay:
    """The author's answer, to the reader who wrote about this position."""

    position: int
    token: str


Box = Subscribe | Leave | Reply | Relay


def read(local_part: str) -> Box | None:
    """What an address of ours is for; None if it is for nothing."""
    local_part = local_part.lower()
    if found := _SUBSCRIBE.fullmatch(local_part):
        return Subscribe(found[1], first=bool(found[2]))
    if found := _LEAVE.fullmatch(local_part):
        return Leave(found[1])
    if found := _REPLY.fullmatch(local_part):
        return Reply(int(found[1]), found[2])
    if found := _RELAY.fullmatch(local_part):
        return Relay(int(found[1]), found[2])
    return None


def unsubscribe_mailto(series: str, reader: str, *, domain: str, keys: Keys) -> str:
    """The URL of List-Unsubscribe for mail programs that write a mail (RFC 2369, 3.2)."""
    return f"mailto:leave-{sign('unsubscribe', series, reader, keys)}@{domain}?subject=unsubscribe"


def reply_address(series: str, reader: str, position: int, *, domain: str, keys: Keys) -> str:
    """The Reply-To of an issue: what is written there goes on to the author."""
    return f"reply-{position}-{sign('reply', series, reader, keys)}@{domain}"


def relay_address(series: str, reader: str, position: int, *, domain: str, keys: Keys) -> str:
    """The Reply-To of a reader's letter to the author: what the author writes there goes on to the reader."""
    return f"relay-{position}-{sign('relay', series, reader, keys)}@{domain}"
