"""A mail came in: to subscribe, to leave, for an author or for a reader. Whatever else it is, it is dropped."""

from __future__ import annotations

import hashlib

from cliffhanger import mailboxes
from cliffhanger.links import address_digest
from cliffhanger.mailboxes import Leave, Relay, Reply, Subscribe
from cliffhanger.mailroom import forwarding, screening, subscribing, trace
from cliffhanger.mailroom.opening import Opened, open_mail
from cliffhanger.mailroom.reasons import Dropped, Reason
from cliffhanger.mailroom.room import Room
from cliffhanger.mailroom.trace import Trace
from cliffhanger.mailroom.words import words_of
from cliffhanger.readers import life, limits


def take(room: Room, key: str, data: bytes) -> None:
    """`key` is the mail's own in the inbound bucket: the letter that answers it is named by it, and written once."""
    try:
        _take(room, hashlib.sha256(f"mail\0{key}".encode()).hexdigest()[:32], data)
    except Dropped as dropped:
        room.count(dropped.reason)


def _take(room: Room, mail_id: str, data: bytes) -> None:
    """Leaving comes before all questions of who wrote and how: a From can be forged, the token can't."""
    mail = open_mail(data)
    seen = trace.read(mail)
    box = mailboxes.read(_recipient(mail, seen, room.inbound_domain))
    if isinstance(box, Leave):
        _leave(room, box)
        return
    if not box:
        raise Dropped(Reason.UNKNOWN_ADDRESS)
    sender = screening.sender_of(mail, seen, ours=room.domains)
    if not limits.allow(room.table, f"sender#{address_digest(sender, room.keys)}", limits.PER_SENDER, room.clock()):
        raise Dropped(Reason.TOO_OFTEN)
    match box:
        case Subscribe():
            subscribing.subscribe(room, box, sender=sender, said=_said(mail), mail_id=mail_id)
        case Reply():
            forwarding.to_author(room, box, mail, mail_id=mail_id)
        case Relay():
            forwarding.to_reader(room, box, mail, sender=sender, mail_id=mail_id)


def _leave(room: Room, box: Leave) -> None:
    found = forwarding.find(room, "unsubscribe", box.token)
    if not found:
        raise Dropped(Reason.UNKNOWN_ADDRESS)
    life.leave(room.table, *found, now=room.clock())


def _recipient(mail: Opened, seen: Trace, domain: str) -> str:
    """The local part that the mail was for: as SES took it in, else the one address of ours that it names."""
    named = {
        word.strip("<>,;\"'").lower()
        for text in ((seen.recipient,) if seen.recipient else (*mail.all("to"), *mail.all("cc")))
        for word in text.replace(",", " ").replace("<", " <").split()
    }
    found = {word.removesuffix(f"@{domain}") for word in named if word.endswith(f"@{domain}")}
    return found.pop() if len(found) == 1 else ""


def _said(mail: Opened) -> str:
    lines = (line.strip() for line in words_of(mail.message).text.split("\n"))
    return f"{screening.subject_of(mail)}\n{next(filter(None, lines), '')}"
