"""What an answer of SES means for the letter, for the reader and for the send: one table.

Sources: the SES v2 API reference ("Errors" of SendEmail), and its quotas page. A 4xx says that the mail was not
taken. An answer that never came, or a 5xx, says nothing at all.
"""

from __future__ import annotations

from enum import StrEnum

from cliffhanger.ports import MailError


class Verdict(StrEnum):
    THROTTLED = "throttled"
    """Not sent: too fast. Release, slow down, go on later."""

    QUOTA = "quota"
    """Not sent: today's quota is spent. Release, and wait for the rolling day."""

    UNREACHABLE = "unreachable"
    """Not sent: no connection. Release, and leave the rest to the next round."""

    HALT = "halt"
    """Not sent, nor would any other letter be. Release, and pause all sending until somebody mends it."""

    REJECTED = "rejected"
    """Not sent: SES will never take this letter to this reader."""

    DOUBT = "doubt"
    """Nobody knows. Keep the claim."""


BY_CODE = {
    "TooManyRequestsException": Verdict.THROTTLED,
    "Throttling": Verdict.THROTTLED,
    "ThrottlingException": Verdict.THROTTLED,
    "LimitExceededException": Verdict.THROTTLED,
    "BadRequestException": Verdict.REJECTED,
    "MessageRejected": Verdict.REJECTED,
    "InvalidParameterValue": Verdict.REJECTED,
    "ValidationException": Verdict.REJECTED,
    "SendingPausedException": Verdict.HALT,
    "AccountSuspendedException": Verdict.HALT,
    "MailFromDomainNotVerifiedException": Verdict.HALT,
    "NotFoundException": Verdict.HALT,
    "AccessDeniedException": Verdict.HALT,
    # A process that was frozen, or whose clock is wrong: its own trouble, and no reason to stop the others.
    "ExpiredTokenException": Verdict.UNREACHABLE,
    "InvalidSignatureException": Verdict.UNREACHABLE,
    "RequestExpired": Verdict.UNREACHABLE,
    "NoConnection": Verdict.UNREACHABLE,
    "NoAnswer": Verdict.DOUBT,
}

QUOTA_MESSAGE = "Daily message quota"
SENDER_MESSAGE = "Email address is not verified"
"""In a MessageRejected: our own identity, or the sandbox; no letter would go out."""


def verdict(error: MailError) -> Verdict:
    if error.status is not None and error.status >= 500:
        return Verdict.DOUBT
    if error.message.startswith(QUOTA_MESSAGE):
        return Verdict.QUOTA
    if error.message.startswith(SENDER_MESSAGE):
        return Verdict.HALT
    if error.status == 429:
        return Verdict.THROTTLED
    # A 4xx that nobody knows is not this reader's fault: better that an operator looks than that all are rejected.
    return BY_CODE.get(error.code, Verdict.HALT if error.status else Verdict.DOUBT)
