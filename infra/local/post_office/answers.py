"""What the post office says back: SES v2's own statuses, error types and bodies.

Source: the sesv2 model of botocore 1.44.5 (types and statuses) and the SES developer guide's list of
sending errors (texts).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

STATUS = {
    "TooManyRequestsException": 429,
    "LimitExceededException": 400,
    "AccountSuspendedException": 400,
    "SendingPausedException": 400,
    "MessageRejected": 400,
    "MailFromDomainNotVerifiedException": 400,
    "BadRequestException": 400,
    "NotFoundException": 404,
    "InternalServiceErrorException": 500,
}


class Manner(StrEnum):
    """How an answer goes back to the sender."""

    SPOKEN = "spoken"
    NEVER = "never"  # the connection stays open and silent: the sender runs into its time-out
    RESET = "reset"  # the connection is reset before a byte of the answer


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = Manner.SPOKEN

    def unspoken(self, manner: Manner) -> Answer:
        return replace(self, manner=manner)


class RefusedError(Exception):
    """A request that SES would not accept. `code` is one of STATUS."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def answer(self) -> Answer:
        body = json.dumps({"message": self.message}).encode()
        return Answer(STATUS[self.code], body, {"x-amzn-ErrorType": self.code})


def spoken(body: Mapping[str, Any]) -> Answer:
    return Answer(200, json.dumps(body).encode())
