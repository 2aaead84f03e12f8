"""What SES tells of a letter after it took it (the event records of "Amazon SES event publishing").

Events come late, twice, in any order, or never. They read first and write only where something is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from cliffhanger import keys, outbox
from cliffhanger.clock import as_milliseconds
from cliffhanger.delivery import breaker, due, feedback_health, ledger, misses, reputation
from cliffhanger.delivery.misses import Missed
from cliffhanger.errors import CliffhangerError, ConditionFailed
from cliffhanger.links import Keys
from cliffhanger.ports import ABSENT, Clock, Table, When
from cliffhanger.readers import leaving, life
from cliffhanger.settings import Settings
from cliffhanger.subscription import Subscription


class Meaning(StrEnum):
    ACCEPTED = "accepted"
    NOT_SENT = "not sent"
    BOUNCED = "bounced"
    CAME_BACK = "came back"
    """For now: the mailbox is full, or the like."""
    COMPLAINED = "complained"
    NOTHING = "nothing"


SIMPLE = {
    "Send": Meaning.ACCEPTED,
    "Delivery": Meaning.ACCEPTED,
    "DeliveryDelay": Meaning.ACCEPTED,
    "Reject": Meaning.NOT_SENT,
    "Rendering Failure": Meaning.NOT_SENT,
    "Subscription": Meaning.NOTHING,
}

REPUTATION = {Meaning.BOUNCED: "bounces", Meaning.COMPLAINED: "complaints"}


@dataclass(frozen=True, slots=True)
class Event:
    """`accepted_at` is when SES took the letter (ms). `recipients`: whom one was sent to that bounced or displeased."""

    meaning: Meaning
    accepted_at: int
    tags: Mapping[str, str]
    recipients: tuple[str, ...] = ()


def parse(document: Mapping[str, Any]) -> Event:
    """CliffhangerError for what is no SES event: the queue will lay it aside and the alarm will tell."""
    try:
        mail = document["mail"]
        tags = {name: values[0] for name, values in mail.get("tags", {}).items()}
        accepted_at = as_milliseconds(datetime.fromisoformat(mail["timestamp"]))
        meaning = _meaning(document)
        # Not those that the event names: of a bounce the other mail server wrote them, and might end anybody's series.
        recipients = tuple(map(str, mail["destination"])) if meaning in REPUTATION else ()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise CliffhangerError(f"not an SES event: {type(error).__name__}", permanent=False) from None
    return Event(meaning, accepted_at, tags, recipients)


def take(
    event: Event, *, table: Table, keys_: Keys, settings: Settings, clock: Clock, newest: feedback_health.Newest
) -> None:
    """Settle what is open for this letter, and suppress an address that bounced or complained."""
    if event.meaning is Meaning.NOTHING:
        return
    if event.tags.get("kind") == "issue":
        _take_issue(event, table, settings, clock())
    elif letter_id := event.tags.get("letter"):
        outbox.settle(table, letter_id, "rejected" if event.meaning is Meaning.NOT_SENT else "sent")
    if event.meaning in (Meaning.BOUNCED, Meaning.COMPLAINED):
        for address in event.recipients:
            if leaving.suppress(table, address, reason=event.meaning.value, since=event.accepted_at, keys_=keys_):
                reputation.count(table, REPUTATION[event.meaning], event.accepted_at)
    feedback_health.note_event(table, event.accepted_at, newest)


def _take_issue(event: Event, table: Table, settings: Settings, now: int) -> None:
    tags = event.tags
    item = table.get(keys.subscription(tags["series"], tags["reader"]))
    if not item:
        return
    found = Subscription.from_item(item)
    epoch, to = int(tags["epoch"]), int(tags["position"])
    positions = (*map(int, filter(None, tags.get("before", "").split("_"))), to)
    sent = event.meaning is not Meaning.NOT_SENT
    if not sent and found.epoch == epoch:
        for position in positions:
            _count_rejection(table, found, position, event.accepted_at, now)
    if event.meaning is Meaning.CAME_BACK and found.epoch == epoch:
        life.note_soft_bounce(table, found, start=int(tags.get("from", to)), to=to)
    if found.claim:
        # Whether nothing more is due, the next worker who comes by finds out, and makes the reader live.
        next_due = partial(due.next_due, settings=settings, is_level=lambda _: False)
        rejected = None if sent else tags["claim"]
        ledger.settle_by_event(table, found, epoch=epoch, to=to, due=next_due, rejected=rejected)
    if sent and found.epoch == epoch and "missed_at" in item:  # most readers never missed one
        breaker.accepted_after_all(table, found, positions)


def _count_rejection(table: Table, found: Subscription, position: int, accepted_at: int, now: int) -> None:
    """Once per letter, however often the event comes; a record that was dealt with stays as it is.

    But if the letter that was owed since is rejected too, that is a miss of its own: SES took it after the first.
    """
    key = keys.missed(found.series, position, found.reader)
    earlier = table.get(key)
    if earlier and not (earlier["reason"] in (misses.OWED, misses.SENT_LATER) and accepted_at > earlier["at"]):
        return
    when: When = {"reason": earlier["reason"], "at": earlier["at"]} if earlier else {"pk": ABSENT}
    with suppress(ConditionFailed):
        record = misses.item(Missed.REJECTED, found, now=now, said="Reject")
        table.put(key, record, when=when)
        breaker.count(table, found.series, position, rejected=1)


def _meaning(document: Mapping[str, Any]) -> Meaning:
    kind = document["eventType"]
    if kind == "Bounce":
        bounce = document["bounce"]
        if bounce["bounceType"] != "Permanent":
            # An automatic answer comes as a bounce of nobody's letter: there nothing has failed.
            failed = any(recipient.get("action") == "failed" for recipient in bounce["bouncedRecipients"])
            return Meaning.CAME_BACK if failed else Meaning.ACCEPTED
        return Meaning.BOUNCED
    if kind == "Complaint":
        not_spam = document["complaint"].get("complaintFeedbackType") == "not-spam"
        return Meaning.ACCEPTED if not_spam else Meaning.COMPLAINED
    return SIMPLE[kind]
