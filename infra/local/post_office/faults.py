"""What can be ordered to go wrong with a letter, and what SES says then.

Source of the texts: SES developer guide, "Errors related to the sending quotas" and "Amazon SES email sending errors".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from local.post_office.answers import Answer, Manner, RefusedError
from local.post_office.request import Request


class Fault(StrEnum):
    """Those without "accept" in their names are before acceptance: no letter is kept."""

    THROTTLE = "throttle"
    QUOTA = "quota"
    QUOTA_AS_THROTTLE = "quota as throttle"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    MAIL_FROM = "mail from"
    MESSAGE_REJECTED = "message rejected"
    BAD_REQUEST = "bad request"
    NO_CONFIGURATION_SET = "no configuration set"
    HANG = "hang"
    RESET = "reset"
    ERROR = "error"
    UNAVAILABLE = "unavailable"
    ACCEPT_THEN_HANG = "accept then hang"
    ACCEPT_THEN_RESET = "accept then reset"
    ACCEPT_THEN_ERROR = "accept then error"
    LOSE_EVENTS = "lose events"
    DOUBLE_EVENTS = "double events"


TOO_FAST = RefusedError("TooManyRequestsException", "Maximum sending rate exceeded.")
TOO_MANY_CALLS = RefusedError("TooManyRequestsException", "Too many requests.")
QUOTA_USED = RefusedError("LimitExceededException", "Daily message quota exceeded.")
PAUSED = RefusedError("SendingPausedException", "Sending is paused for this account.")
SUSPENDED = RefusedError("AccountSuspendedException", "Your account has been suspended.")
MAIL_FROM = RefusedError("MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified.")
BROKEN = RefusedError("InternalServiceErrorException", "Internal failure.").answer()
UNAVAILABLE = Answer(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>", {"Content-Type": "text/html"})
"""From something in front of SES: no error type, no JSON."""


def no_such_configuration_set(name: str | None) -> RefusedError:
    return RefusedError("NotFoundException", f"Configuration set <{name}> does not exist.")


INSTEAD_OF_ACCEPTING = {
    Fault.THROTTLE: TOO_FAST.answer(),
    Fault.QUOTA: QUOTA_USED.answer(),
    Fault.QUOTA_AS_THROTTLE: RefusedError(TOO_FAST.code, QUOTA_USED.message).answer(),
    Fault.PAUSED: PAUSED.answer(),
    Fault.SUSPENDED: SUSPENDED.answer(),
    Fault.MAIL_FROM: MAIL_FROM.answer(),
    Fault.MESSAGE_REJECTED: RefusedError("MessageRejected", "Message failed validation.").answer(),
    Fault.BAD_REQUEST: RefusedError("BadRequestException", "Bad request.").answer(),
    Fault.NO_CONFIGURATION_SET: no_such_configuration_set("ordered").answer(),
    Fault.HANG: BROKEN.unspoken(Manner.NEVER),
    Fault.RESET: BROKEN.unspoken(Manner.RESET),
    Fault.ERROR: BROKEN,
    Fault.UNAVAILABLE: UNAVAILABLE,
}
AFTER_ACCEPTING = {
    Fault.ACCEPT_THEN_HANG: BROKEN.unspoken(Manner.NEVER),
    Fault.ACCEPT_THEN_RESET: BROKEN.unspoken(Manner.RESET),
    Fault.ACCEPT_THEN_ERROR: BROKEN,
}
COPIES_OF_EVENTS = {Fault.LOSE_EVENTS: 0, Fault.DOUBLE_EVENTS: 2}


@dataclass(slots=True)
class Order:
    """The next `times` letters after `after` others; `to` None means anybody's."""

    fault: Fault
    times: int
    to: str | None
    after: int

    def concerns(self, request: Request) -> bool:
        return self.times > 0 and (self.to is None or self.to in request.to)

    def strikes(self) -> bool:
        """Count a letter that this order concerns; does it go wrong?"""
        if self.after:
            self.after -= 1
            return False
        self.times -= 1
        return True
