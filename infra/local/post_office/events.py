"""SES's events for one letter, by what its address promises.

Source: SES developer guide, "Contents of event data that SES publishes to SNS" and "The mailbox simulator".
Any address outside the simulator has a mailbox here, and its letters are delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Any

from local.post_office.letter import Letter

Event = dict[str, Any]

SIMULATOR = "simulator.amazonses.com"
MTA = "a8-50.smtp-out.amazonses.com"
ON_THE_WAY = timedelta(milliseconds=500)


def events_of(letter: Letter) -> list[Event]:
    """Send first, then what becomes of it, in the order in which SES would see it."""
    return [_event(letter, "Send", "send", {})] + [
        event for address in letter.request.recipients for event in _fate(letter, address)
    ]


def _fate(letter: Letter, address: str) -> list[Event]:
    mailbox, _, domain = parseaddr(address)[1].lower().rpartition("@")
    label = mailbox.partition("+")[0] if domain == SIMULATOR else "success"
    return [make(letter, address) for make in FATES.get(label, (delivery,))]


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


def complaint(letter: Letter, address: str) -> Event:
    detail = {
        "complainedRecipients": [{"emailAddress": address}],
        "timestamp": _stamp(letter.at + ON_THE_WAY),
        "feedbackId": f"{letter.message_id}-complaint",
        "complaintSubType": None,
        "userAgent": "Amazon SES Mailbox Simulator",
        "complaintFeedbackType": "abuse",
        "arrivalDate": _stamp(letter.at + ON_THE_WAY),
    }
    return _event(letter, "Complaint", "complaint", detail)


FATES: dict[str, tuple[Callable[[Letter, str], Event], ...]] = {
    "success": (delivery,),
    "bounce": (hard_bounce,),
    "complaint": (delivery, complaint),
    "suppressionlist": (suppressed,),
    "ooto": (delivery, out_of_office),
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
