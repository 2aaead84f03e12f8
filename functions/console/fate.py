"""What became of one position for one reader, as the store tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cliffhanger.clock import as_datetime
from cliffhanger.delivery.feedback_health import LATEST_POST
from cliffhanger.delivery.misses import LEFT, OWED, Missed, as_if_he_stayed
from cliffhanger.ports import Item
from cliffhanger.positions import Position
from cliffhanger.subscription import FOLLOWING, State, Subscription


class What(StrEnum):
    SENT = "sent"
    PASSED = "passed"
    """Decided while its chapter is withdrawn."""
    REJECTED = "rejected"
    HELD = "held"
    UNDER_WAY = "under way"
    IN_DOUBT = "in doubt"
    OWED = "owed"
    NOT_YET = "not yet"
    JOINED_LATER = "joined later"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Fate:
    """`was` is what became of it before, of a letter that is owed since."""

    what: What | None
    text: str
    was: What | None = None


def of_claim(subscription: Subscription, now: int) -> Fate | None:
    """The letter that a worker has in hand, or died over: no worker holds one for longer than a minute."""
    if not (claim := subscription.claim):
        return None
    if now - claim.at < LATEST_POST:
        return Fate(What.UNDER_WAY, f"under way since {moment(claim.at)}")
    return Fate(What.IN_DOUBT, f"in doubt since {moment(claim.at)}")


def of_position(subscription: Subscription, position: Position, missed: Item | None, *, halted: bool, now: int) -> Fate:
    """`missed` is the reader's record of this position, if there is one. `halted`: the series is."""
    claim, number = subscription.claim, position.number
    in_hand = of_claim(subscription, now) if claim and claim.start <= number <= claim.to else None
    return (
        in_hand
        or _before_joining(subscription, number)
        or _owed(subscription, position, missed, halted=halted)
        or _recorded(subscription, position, missed)
        or _decided(subscription, position)
        or _ahead(subscription, now)
    )


def moment(milliseconds: int) -> str:
    return f"{as_datetime(milliseconds):%Y-%m-%d %H:%M:%S} UTC"


def _before_joining(subscription: Subscription, position: int) -> Fate | None:
    if position >= subscription.first:
        return None
    return Fate(What.JOINED_LATER, f"joined later: began with {subscription.first}")


def _recorded(subscription: Subscription, position: Position, missed: Item | None) -> Fate | None:
    """What a miss left behind. A record of an earlier epoch says nothing of a reader who has joined again.

    Nor does one of a position that is undecided: the letter is tried anew.
    """
    follows = subscription.state in FOLLOWING
    if not missed or (follows and (missed["epoch"] != subscription.epoch or subscription.bookmark < position.number)):
        return None
    missed = as_if_he_stayed(missed) if follows else missed
    if missed["reason"] == OWED and (position.withdrawn or position.recalled):
        return Fate(What.PASSED, "passed: was owed when the chapter was withdrawn")
    at, why = moment(missed["at"]), _why(missed)
    said = {
        Missed.REJECTED.value: Fate(What.REJECTED, f"rejected at {at}{why}"),
        Missed.HELD.value: Fate(What.HELD, f"held at {at}: nobody knows whether the letter went out"),
        Missed.SPARED.value: Fate(What.PASSED, "passed: a notice, and later chapters were out"),
        LEFT: Fate(What.LEFT, f"left, and is owed nothing: was missed at {at}"),
    }
    said |= {} if follows else {OWED: said[LEFT]}
    return said.get(missed["reason"], Fate(What.SENT, f"sent later: was missed at {at}"))


def _why(missed: Item) -> str:
    return f": SES said {missed['said']}" if "said" in missed else ""


def _owed(subscription: Subscription, position: Position, missed: Item | None, *, halted: bool) -> Fate | None:
    """It waits for the author, an operator or the reader, or for nobody."""
    if position.number not in subscription.owed or subscription.state not in FOLLOWING:
        return None
    if position.withdrawn:
        return Fate(What.PASSED, "passed: was owed when the chapter was withdrawn")
    if subscription.state is not State.ACTIVE:
        when = "when he goes on"
    else:
        when = "when the series is resumed" if halted else "next"
    text = f"owed, and goes out {when}"
    if not missed:
        return Fate(What.OWED, text)
    was = What(missed["was"]) if "was" in missed else None
    return Fate(What.OWED, f"{text}: was {was or 'missed'} at {moment(missed['at'])}{_why(missed)}", was)


def _decided(subscription: Subscription, position: Position) -> Fate | None:
    """`sent_at` is the time of the reader's last letter; earlier ones left none."""
    if position.number > subscription.bookmark:
        return None
    if position.withdrawn or position.recalled:
        return Fate(What.PASSED, "passed: sent before the chapter was withdrawn, or not at all")
    if subscription.sent_at is None:
        return Fate(What.SENT, "sent")
    when = "at" if position.number == subscription.bookmark else "before"
    return Fate(What.SENT, f"sent {when} {moment(subscription.sent_at)}")


def _ahead(subscription: Subscription, now: int) -> Fate:
    if subscription.state is not State.ACTIVE:
        return Fate(What.LEFT, f"{subscription.state.value} before it")
    text = f"not yet: is at {subscription.bookmark}"
    if subscription.due_at and subscription.due_at > now:
        text += f", catches up, next one at {moment(subscription.due_at)}"
    return Fate(What.NOT_YET, text)
