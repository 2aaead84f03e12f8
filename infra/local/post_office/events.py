"""SES's events for one letter.

Source: SES developer guide, "Contents of event data that Amazon SES publishes to Amazon SNS".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from local.post_office.fates import Fate, Fates
from local.post_office.letter import Letter

Event = dict[str, Any]

MTA = "a8-50.smtp-out.amazonses.com"
ON_THE_WAY = timedelta(milliseconds=500)
ORDINARY = Fates().draw
ON_THE_LIST = "OnAccountSuppressionList"


def events_of(letter: Letter, draw: Callable[[str], Fate] = ORDINARY) -> list[Event]:
    """Send first, then what becomes of it, in the order in which SES would see it."""
    return [_event(letter, "Send", "send", {})] + [
        make(letter, address) for address in letter.request.recipients for make in MAKERS[draw(address)]
    ]


def made_at(event: Event) -> datetime:
    """When SES saw what it tells."""
    detail = event.get("delivery") or event.get("bounce") or event.get("complaint") or event["mail"]
    return datetime.fromisoformat(detail["timestamp"])


def delivery(letter: Letter, address: str) -> Event:
    detail = {
        "timestamp": _stamp(letter.at + ON_THE_WAY),
        "processingTimeMillis": 500,
        "recipients": [address],
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": MTA,
    }
    return _event(letter, "Delivery", "delivery", detail)


def hard_bounce(letter: Letter, address: str) -> Event:
    said = {"action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    return _bounce(letter, address, "Permanent", "General", said)


def suppressed(letter: Letter, address: str) -> Event:
    why = "Amazon SES has suppressed sending to this address because it has a recent history of bouncing"
    said = {"action": "failed", "status": "5.1.1", "diagnosticCode": why}
    return _bounce(letter, address, "Permanent", "Suppressed", said)


def out_of_office(letter: Letter, address: str) -> Event:
    return _bounce(letter, address, "Transient", "General", {})


def soft_bounce(letter: Letter, address: str) -> Event:
    said = {"action": "failed", "status": "4.2.2", "diagnosticCode": "smtp; 452 4.2.2 mailbox full"}
    return _bounce(letter, address, "Transient", "MailboxFull", said)


def bounced_before(letter: Letter, address: str) -> Event:
    why = "Amazon SES did not send the message to this address because it is on the suppression list for your account."
    said = {"action": "failed", "status": "5.1.1", "diagnosticCode": why}
    return _bounce(letter, address, "Permanent", ON_THE_LIST, said)


def complaint(letter: Letter, address: str) -> Event:
    return _complaint(letter, address, None, _report(letter, "abuse"))


def not_spam(letter: Letter, address: str) -> Event:
    return _complaint(letter, address, None, _report(letter, "not-spam"))


def complained_before(letter: Letter, address: str) -> Event:
    """Nobody has reported anything this time."""
    return _complaint(letter, address, ON_THE_LIST, {})


def reject(letter: Letter, _: str) -> Event:
    return _event(letter, "Reject", "reject", {"reason": "Bad content"})


MAKERS: dict[Fate, tuple[Callable[[Letter, str], Event], ...]] = {
    Fate.DELIVERED: (delivery,),
    Fate.HARD_BOUNCE: (hard_bounce,),
    Fate.SUPPRESSED: (suppressed,),
    Fate.SOFT_BOUNCE: (soft_bounce,),
    Fate.OUT_OF_OFFICE: (delivery, out_of_office),
    Fate.COMPLAINT: (delivery, complaint),
    Fate.NOT_SPAM: (delivery, not_spam),
    Fate.REJECTED: (reject,),
    Fate.BOUNCED_BEFORE: (bounced_before,),
    Fate.COMPLAINED_BEFORE: (complained_before,),
}


def _complaint(letter: Letter, address: str, sub_kind: str | None, report: dict[str, str]) -> Event:
    detail = {
        "complainedRecipients": [{"emailAddress": address}],
        "timestamp": _stamp(letter.at + ON_THE_WAY),
        "feedbackId": f"{letter.message_id}-complaint",
        "complaintSubType": sub_kind,
        **report,
    }
    return _event(letter, "Complaint", "complaint", detail)


def _report(letter: Letter, kind: str) -> dict[str, str]:
    return {
        "userAgent": "Amazon SES Mailbox Simulator",
        "complaintFeedbackType": kind,
        "arrivalDate": _stamp(letter.at + ON_THE_WAY),
    }


def _bounce(letter: Letter, address: str, kind: str, sub_kind: str, said: dict[str, str]) -> Event:
    detail = {
        "bounceType": kind,
        "bounceSubType": sub_kind,
        "bouncedRecipients": [{"emailAddress": address, **said}],
        "timestamp": _stamp(letter.at + ON_THE_WAY),
        "feedbackId": f"{letter.message_id}-bounce",
        "reportingMTA": f"dns; {MTA}",
    }
    return _event(letter, "Bounce", "bounce", detail)


def _event(letter: Letter, kind: str, key: str, detail: dict[str, Any]) -> Event:
    return {"eventType": kind, "mail": _mail(letter), key: detail}


def _mail(letter: Letter) -> dict[str, Any]:
    request = letter.request
    own = (("From", request.sender), ("To", ", ".join(request.to)), ("Subject", request.subject))
    tags = {"ses:configuration-set": request.configuration_set, **request.tags}
    return {
        "timestamp": _stamp(letter.at),
        "source": request.sender,
        "sendingAccountId": "000000000000",
        "messageId": letter.message_id,
        "destination": list(request.recipients),
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in (*own, *request.headers)],
        "commonHeaders": {
            "from": [request.sender],
            "to": list(request.to),
            "messageId": letter.message_id,
            "subject": request.subject,
        },
        "tags": {name: [value] for name, value in tags.items() if value},
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
