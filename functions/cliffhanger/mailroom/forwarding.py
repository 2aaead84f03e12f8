"""Letters between a reader and the author of a series: each hears the other, neither sees the other's address."""

from __future__ import annotations

from cliffhanger import catalogue, keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery.envelope import mailbox
from cliffhanger.links import Purpose, verify
from cliffhanger.mailboxes import Relay, Reply, relay_address, reply_address
from cliffhanger.mailroom.new_text import NewText, new_text
from cliffhanger.mailroom.opening import Opened
from cliffhanger.mailroom.reasons import Dropped, Reason
from cliffhanger.mailroom.room import Room
from cliffhanger.mailroom.words import words_of
from cliffhanger.outbox import Letter
from cliffhanger.ports import Item, Table
from cliffhanger.readers import limits
from cliffhanger.readers.leaving import is_suppressed
from cliffhanger.rendering.letters import render_letter

AUTHORS_LANGUAGE = "en"


def find(room: Room, purpose: Purpose, token: str) -> tuple[str, str] | None:
    """The series and the reader that a token was signed for: the reader's own series are tried, and no other."""
    reader = token[1:17]
    profile = room.table.get(keys.profile(reader)) or {}
    for series in sorted(profile.get("series", frozenset())):
        if verify(purpose, series, token, room.keys):
            return series, reader
    return None


def to_author(room: Room, box: Reply, mail: Opened, *, mail_id: str) -> None:
    """A reader's answer to an issue. Whoever holds the token may write: readers have more than one address."""
    shelf, reader, heading = _about(room, "reply", box)
    author = shelf.series.author_address
    if not author:
        raise Dropped(Reason.NO_AUTHOR)
    _count(room, "reply", shelf, reader)
    back = relay_address(shelf.series.slug, reader, box.position, domain=room.inbound_domain, keys=room.keys)
    _hand_on(room, "reply", shelf, mail, recipient=author, reply_to=back, heading=heading, mail_id=mail_id)


def to_reader(room: Room, box: Relay, mail: Opened, *, sender: str, mail_id: str) -> None:
    """The author's answer to a reader; from the author's own address alone."""
    shelf, reader, heading = _about(room, "relay", box)
    if sender.lower() != (shelf.series.author_address or "").lower():
        raise Dropped(Reason.NOT_THE_AUTHOR)
    _count(room, "relay", shelf, reader)
    back = reply_address(shelf.series.slug, reader, box.position, domain=room.inbound_domain, keys=room.keys)
    address = _address_of(room.table, reader)
    _hand_on(room, "relay", shelf, mail, recipient=address, reply_to=back, heading=heading, mail_id=mail_id)


def _about(room: Room, purpose: Purpose, box: Reply | Relay) -> tuple[Shelf, str, str]:
    """The series, the reader, and the chapter in words."""
    found = find(room, purpose, box.token)
    shelf = catalogue.find(room.table, found[0]) if found else None
    if not found or not shelf:
        raise Dropped(Reason.UNKNOWN_ADDRESS)
    position = positions.find(room.table, shelf.series.slug, box.position)
    heading = ": ".join(part for part in (position.label, position.title) if part) if position else ""
    return shelf, found[1], heading or shelf.series.title


def _count(room: Room, purpose: Purpose, shelf: Shelf, reader: str) -> None:
    correspondence = f"{purpose}#{shelf.series.slug}#{reader}"
    if not limits.allow(room.table, correspondence, limits.PER_CORRESPONDENCE, room.clock()):
        raise Dropped(Reason.TOO_OFTEN)


def _address_of(table: Table, reader: str) -> str:
    profile: Item = table.get(keys.profile(reader)) or {}
    return str(profile["address"])


def _hand_on(
    room: Room, kind: str, shelf: Shelf, mail: Opened, *, recipient: str, reply_to: str, heading: str, mail_id: str
) -> None:
    """From the series' own address; nothing of the mail but its new words, and these only as text."""
    if is_suppressed(room.table, recipient, room.keys):
        raise Dropped(Reason.SUPPRESSED)
    series, words = shelf.series, words_of(mail.message)
    new: NewText = new_text(words.text, ours=room.hosts)
    if not new.paragraphs:
        raise Dropped(Reason.EMPTY)
    body = render_letter(
        kind,
        environment=room.templates,
        language=series.language if kind == "relay" else AUTHORS_LANGUAGE,
        series=series.title,
        author=series.author or series.title,
        heading=heading,
        paragraphs=new.paragraphs,
        cut=new.cut,
        attachments=words.attachments,
    )
    sender = mailbox(series.title, f"{series.slug}@{room.settings.sender_domain}")
    room.post(Letter(id=mail_id, kind=kind, sender=sender, recipient=recipient, body=body, reply_to=reply_to))
