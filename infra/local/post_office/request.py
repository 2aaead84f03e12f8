"""The body of SES v2 SendEmail, checked as SES checks it.

Source: API reference, SendEmail, Message, MessageHeader, MessageTag; the developer guide's list of header
fields that may not be set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import getaddresses
from functools import lru_cache
from typing import Any

from local.post_office.answers import RefusedError

MOST_RECIPIENTS = 50
MOST_HEADERS = 15
LONGEST_VALUE = 995
LONGEST_HEADER = 996
LARGEST_MAIL = 40 * 1024 * 1024
"""Bytes, of the mail as it is encoded for its way: base64, in the worst case."""
FORBIDDEN = re.compile(
    "bcc|cc|content-disposition|content-type|date|from|message-id|mime-version|reply-to|return-path|subject|to",
    re.IGNORECASE,
)
HEADER_NAME = re.compile(r"[!-9;-~]{1,126}")
HEADER_VALUE = re.compile(rf"[ -~]{{1,{LONGEST_VALUE}}}")
TAG = re.compile(r"[A-Za-z0-9_-]{1,256}|ses:feedback-id-[ab]")
BARE = re.compile(r"[A-Za-z0-9_+-]{1,30}(?:\.[A-Za-z0-9_+-]{1,30}|)@[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,60}){1,3}")
"""An address as most are: nothing to look for in it, and parsing takes ten times as long."""
TAG_VALUE = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True)
class Request:
    """A SendEmail that SES would take, were there room in the rate and the quota."""

    sender: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    hidden: tuple[str, ...]
    reply_to: tuple[str, ...]
    subject: str
    html: str | None
    text: str | None
    headers: tuple[tuple[str, str], ...]
    tags: Mapping[str, str]
    configuration_set: str | None

    @property
    def recipients(self) -> tuple[str, ...]:
        return self.to + self.copies + self.hidden


def read(body: Mapping[str, Any]) -> Request:
    """Raise RefusedError where SES would say no."""
    message = body.get("Content", {}).get("Simple")
    if message is None:
        raise RefusedError("BadRequestException", "This post office takes Simple content only.")
    destination = body.get("Destination", {})
    bodies = message.get("Body", {})
    request = Request(
        sender=_address(body.get("FromEmailAddress", "")),
        to=_addresses(destination.get("ToAddresses")),
        copies=_addresses(destination.get("CcAddresses")),
        hidden=_addresses(destination.get("BccAddresses")),
        reply_to=_addresses(body.get("ReplyToAddresses")),
        subject=_data(message.get("Subject")) or "",
        html=_data(bodies.get("Html")),
        text=_data(bodies.get("Text")),
        headers=tuple(_header(header) for header in message.get("Headers") or ()),
        tags=dict(_tag(tag) for tag in body.get("EmailTags") or ()),
        configuration_set=body.get("ConfigurationSetName"),
    )
    _check(request)
    return request


def bare(address: str) -> str:
    """Without a name and angle brackets."""
    return address if BARE.fullmatch(address) else _parsed(address)[0]


@lru_cache(256)
def _parsed(address: str) -> tuple[str, ...]:
    """Kept, as a sender is the same in every letter; one empty text for what nobody can read."""
    return tuple(found for _, found in getaddresses([address])) or ("",)


def domain_of(address: str) -> str:
    return bare(address).rpartition("@")[2].lower()


def _check(request: Request) -> None:
    if not 1 <= len(request.recipients) <= MOST_RECIPIENTS:
        raise RefusedError("BadRequestException", f"Recipient count must be 1 to {MOST_RECIPIENTS}.")
    if request.html is None and request.text is None:
        raise RefusedError("BadRequestException", "Missing required body: Html or Text.")
    if "\r" in request.subject or "\n" in request.subject:
        raise RefusedError("BadRequestException", "Subject must not hold a line break.")
    if len(request.headers) > MOST_HEADERS:
        raise RefusedError("BadRequestException", f"Message must not have more than {MOST_HEADERS} headers.")
    if sum(len(body.encode()) for body in (request.html, request.text) if body) * 4 / 3 > LARGEST_MAIL:
        raise RefusedError("MessageRejected", f"Message length is more than {LARGEST_MAIL} bytes long.")


def _data(content: Mapping[str, str] | None) -> str | None:
    return None if content is None else content["Data"]


def _addresses(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(_address(address) for address in given or ())


def _address(address: str) -> str:
    """The words are SES's own, as its users report them; but for the dots', which are nearly so."""
    if BARE.fullmatch(address):
        return address
    if not address:
        raise RefusedError("BadRequestException", "Invalid email address .")
    if re.search(r"[\r\n\0]", address) or len(_parsed(address)) != 1:
        raise RefusedError("BadRequestException", "Illegal address")
    local, at, domain = _parsed(address)[0].rpartition("@")
    if not at or not local or not domain:
        raise RefusedError("BadRequestException", "Missing final '@domain'")
    if not re.fullmatch(r"[!-~]{1,64}", local):
        raise RefusedError("BadRequestException", "Local address contains control or whitespace")
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,255}", domain):
        raise RefusedError("BadRequestException", "Domain contains illegal character")
    for part, text in (("Local address", local), ("Domain", domain)):
        if ".." in f".{text}." and not text.startswith('"'):
            raise RefusedError("BadRequestException", f"{part} contains dot-dot, or a dot at an end")
    return address


def _header(header: Mapping[str, str]) -> tuple[str, str]:
    name, value = header["Name"], header["Value"]
    if not HEADER_NAME.fullmatch(name) or FORBIDDEN.fullmatch(name):
        raise RefusedError("BadRequestException", f"Header name {name!r} is not allowed.")
    if not HEADER_VALUE.fullmatch(value):
        raise RefusedError(
            "BadRequestException", f"Header {name} must have 1 to {LONGEST_VALUE} printable ASCII characters."
        )
    if len(name) + len(value) > LONGEST_HEADER:
        raise RefusedError("BadRequestException", f"Header {name} must not be longer than {LONGEST_HEADER} characters.")
    return name, value


def _tag(tag: Mapping[str, str]) -> tuple[str, str]:
    name, value = tag["Name"], tag["Value"]
    if not TAG.fullmatch(name) or not TAG_VALUE.fullmatch(value):
        raise RefusedError("BadRequestException", f"Invalid message tag {name!r}: use letters, digits, '_' and '-'.")
    return name, value
