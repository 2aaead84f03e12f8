"""The links that mails carry, and the tokens that make them ours.

A token is `<key id><identifier><mac>` in lower-case base32: no address, nothing that the case of a letter
changes, and bound to one purpose, so that a link to leave can never be used to do anything else. Tokens
never expire (a reader may leave by a mail of years ago); keys rotate by their id. RFC 4648, RFC 2104.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Purpose = Literal["unsubscribe", "preferences", "release", "reply", "relay", "next", "pause", "resume"]

FIRST_KEY = "a"
"""The id of the key that a stack is made with (infra/template.yaml). It is never taken away."""

IDENTIFIER_LENGTH = 16
MAC_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Keys:
    """`current` signs; `known` maps each key id, a letter, to its key, so that old links still open.

    FIRST_KEY is among them.
    """

    current: str
    known: Mapping[str, bytes]


def new_identifier() -> str:
    """80 random bits: a reader's id."""
    return _base32(secrets.token_bytes(10))


def new_secret() -> str:
    """160 random bits: a token that is stored only as its digest."""
    return _base32(secrets.token_bytes(20))


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def address_digest(address: str, keys: Keys) -> str:
    """The name of an address in the table: keyed with the first key ever, so that it outlives a rotation."""
    return hmac.new(keys.known[FIRST_KEY], b"address\0" + address.lower().encode(), hashlib.sha256).hexdigest()


def sign(purpose: Purpose, series: str, identifier: str, keys: Keys) -> str:
    return keys.current + identifier + mac(keys.known[keys.current], purpose, series, identifier)


def verify(purpose: Purpose, series: str, token: str, keys: Keys) -> str | None:
    """The identifier in the token, or None if we never signed it for this purpose and series."""
    token = token.lower()
    key_id, identifier, given = token[:1], token[1:-MAC_LENGTH], token[-MAC_LENGTH:]
    if len(identifier) != IDENTIFIER_LENGTH or key_id not in keys.known or not token.isascii():
        return None
    expected = mac(keys.known[key_id], purpose, series, identifier)
    return identifier if hmac.compare_digest(given, expected) else None


def mac(key: bytes, *parts: str) -> str:
    """MAC_LENGTH characters over the parts, of which at most one may hold a NUL."""
    return _base32(hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).digest()[:10])


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().lower().rstrip("=")
