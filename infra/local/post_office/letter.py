"""One letter as the post office keeps it, and the mail that SES would make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from local.post_office.request import Request, bare

REGION = "us-east-1"
UNFOLDED = SMTP.clone(max_line_length=998)  # RFC 5322, 2.1.1: a header may be this long, and ours are read by eye


@dataclass(frozen=True, slots=True)
class Letter:
    """`number` counts from 1 in the order of acceptance, and only what is kept; `request` is what the sender asked."""

    number: int
    message_id: str
    at: datetime
    request: Request

    @property
    def reader(self) -> str:
        """The bare address of the first recipient."""
        return bare(self.request.recipients[0])

    @property
    def subject(self) -> str:
        return self.request.subject


def headers(letter: Letter) -> list[tuple[str, str]]:
    """The headers as the sender wrote them, and those that SES sets: Date, Message-ID. Hidden recipients stay out.

    No value is parsed and written anew: a judge must show what was sent, also where it is wrong.
    """
    request = letter.request
    named = {
        "From": request.sender,
        "To": ", ".join(request.to),
        "Cc": ", ".join(request.copies),
        "Reply-To": ", ".join(request.reply_to),
        "Date": format_datetime(letter.at),
        "Message-ID": f"<{letter.message_id}@{REGION}.amazonses.com>",
    }
    return [*((name, value) for name, value in named.items() if value), *request.headers]


def eml(letter: Letter) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letter.request.subject
    _add_bodies(mail, letter.request)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers(letter))
    return head.encode() + mail.as_bytes(policy=UNFOLDED)


def file_name(letter: Letter) -> str:
    """Sorts by acceptance, safe for any address: `000001-ada@example.test-chapter-1.eml`."""
    reader = re.sub(r"[^A-Za-z0-9@._+-]+", "_", letter.reader)[:80]
    subject = re.sub(r"[^a-z0-9]+", "-", letter.subject.lower()).strip("-")[:50]
    return f"{letter.number:06d}-{reader}-{subject or 'no-subject'}.eml"


def keep_in(folder: Path, letter: Letter) -> None:
    """Written beside and moved over, so that nobody who looks into the folder reads half a letter."""
    beside = folder / f"{letter.number}.new"
    beside.write_bytes(eml(letter))
    beside.replace(folder / file_name(letter))


def _add_bodies(mail: EmailMessage, request: Request) -> None:
    both = ((request.text, "plain"), (request.html, "html"))
    bodies = [(body, kind) for body, kind in both if body is not None]
    first, *others = bodies
    mail.set_content(first[0], subtype=first[1], cte="quoted-printable")
    for body, kind in others:
        mail.add_alternative(body, subtype=kind, cte="quoted-printable")
