"""The writes that keep each letter to one: claim, settle, release.

The subscription's bookmark is the ledger. Each move is one conditional write, so a crash falls between two
moves and never inside one:

    nothing ──claim──▶ claimed ──settle──▶ decided       the bookmark has moved
                          │ └────release──▶ nothing      SES definitely refused
                          └── a crash, no answer: the claim stays, the letter is in doubt

Joining again and moving one's place raise the epoch and drop the claim; whatever comes late then finds no
claim of its own and changes nothing. Pausing and leaving leave the claim to be settled: the place is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from cliffhanger import keys
from cliffhanger.delivery import misses
from cliffhanger.delivery.misses import Missed
from cliffhanger.errors import ConditionFailed, StoreBusy
from cliffhanger.ports import ABSENT, Below, Contains, Table, When
from cliffhanger.subscription import Claim, State, Subscription

NextDue = Callable[[Subscription], int | None]
"""When a reader gets the letter after the one that is claimed (ms); None: at a release, or when he asks."""


def claim(
    table: Table,
    subscription: Subscription,
    *,
    start: int,
    to: int,
    owed: bool,
    at: int,
    before: tuple[int, ...] = (),
    goes_on: bool = False,
) -> Subscription | None:
    """Take the letter for this worker, or None: somebody else has it, or the reader has moved or left.

    An open claim in `subscription` is taken over: the caller has decided that its letter never went out. Where the
    store can't say whether it took the claim, nothing goes out, so it is taken back, as far as the store can.
    """
    mine = Claim(secrets.token_hex(8), subscription.epoch, start, to, at, owed, before, goes_on)
    when: When = {
        "state": State.ACTIVE.value,
        "epoch": subscription.epoch,
        "bookmark": subscription.bookmark,
        **({"claim.id": subscription.claim.id} if subscription.claim else {"claim": ABSENT}),
        # An owed letter moves no bookmark: that it is still owed says that nobody has sent it since we looked.
        **({"owed": Contains(to)} if owed else {}),
    }
    try:
        item = table.update(subscription.key, set={"claim": mine.to_item()}, when=when)
    except ConditionFailed:
        # The write may have been ours: its answer was lost, and the client asked again.
        found = table.get(subscription.key)
        if not found or found.get("claim", {}).get("id") != mine.id:
            return None
        item = found
    except StoreBusy:
        abandon(table, replace(subscription, claim=mine))
        raise
    return Subscription.from_item(item)


def settle(table: Table, claimed: Subscription, *, due: NextDue, sent: bool = True) -> bool:
    """The letter's position is decided. False if the claim is no longer there: an event or the reader was faster."""
    assert claimed.claim
    return _decide(table, claimed, due, {"claim.id": claimed.claim.id}, sent=sent)


def settle_by_event(
    table: Table, found: Subscription, *, epoch: int, to: int, due: NextDue, rejected: str | None = None
) -> bool:
    """SES has taken a letter for this epoch and position: that decides it, whichever worker's claim is open for it.

    `rejected` is the id of a claim whose letter SES took and then refused. That says nothing of a letter under another
    claim. A worker who gave a letter up may have died before he could settle: then his record of a miss is wrong.
    """
    if not found.claim or (found.claim.epoch, found.claim.to) != (epoch, to):
        return False
    if rejected is not None:
        return _decide(table, found, due, {"claim.id": rejected}, sent=False)
    if not _decide(table, found, due, {"claim.epoch": epoch, "claim.to": to}, sent=True):
        return False
    misses.found_after_all(table, found)
    return True


def release(table: Table, claimed: Subscription) -> None:
    """The letter definitely did not go out, and anybody may try it again."""
    assert claimed.claim
    with suppress(ConditionFailed):
        table.update(claimed.key, remove=("claim",), when={"claim.id": claimed.claim.id})


def abandon(table: Table, claimed: Subscription) -> None:
    """Release a claim before its attempt, as far as a busy store can. Where it can't, the letter is in doubt."""
    with suppress(StoreBusy):
        release(table, claimed)


def miss(
    table: Table, claimed: Subscription, reason: Missed, *, due: NextDue, now: int, said: str | None = None
) -> bool:
    """Decide the position without a letter. `said` is SES's code, for the operator.

    Steps: the record of each position missed, then the bookmark. A crash between leaves the claim, and whoever takes
    that over takes the records back first.
    """
    assert claimed.claim
    if not table.get(claimed.key):
        return False  # he was erased meanwhile
    misses.write(table, claimed, claimed.claim.positions, reason, now=now, said=said)
    if settle(table, claimed, due=due, sent=False):
        return True
    if not _missed_by_another(table, claimed):
        misses.take_back(table, claimed, written_at=now)
    return False


def _missed_by_another(table: Table, claimed: Subscription) -> bool:
    """Somebody else has decided the letter, and gave it up too: so the record is right."""
    assert claimed.claim
    return bool((table.get(claimed.key) or {}).get("missed_at", 0) >= claimed.claim.at)


def skip(table: Table, subscription: Subscription, *, to: int) -> None:
    """Every position up to `to` was withdrawn: there is nothing to send."""
    when: When = {"bookmark": subscription.bookmark, "epoch": subscription.epoch, "claim": ABSENT}
    try:
        table.update(subscription.key, set={"bookmark": to}, when=when)
    except ConditionFailed:
        return


def forgive(table: Table, subscription: Subscription, positions: frozenset[int]) -> None:
    """What is owed and was withdrawn is owed no more."""
    with suppress(ConditionFailed):
        when: When = {"epoch": subscription.epoch, "claim": ABSENT}
        table.update(subscription.key, discard={"owed": positions}, when=when)


def go_live(table: Table, subscription: Subscription) -> None:
    """No time wakes a reader who has read everything, or asks for each letter, unless he was just made due."""
    assert subscription.due_at is not None
    when: When = {"bookmark": subscription.bookmark, "due_at": subscription.due_at, "claim": ABSENT}
    try:
        table.update(subscription.key, remove=("due_pk", "due_at", "asked_at"), when=when)
    except ConditionFailed:
        return


def _decide(table: Table, found: Subscription, due: NextDue, mine: When, *, sent: bool) -> bool:
    """Where the reader has meanwhile chosen otherwise of when his letters come, the next one's time is found anew."""
    assert found.claim
    claim, due_at = found.claim, due(found)
    changes: dict[str, object] = {} if claim.owed else {"bookmark": claim.to}
    changes["sent_at" if sent else "missed_at"] = claim.at
    remove: tuple[str, ...] = ("claim",)
    if found.asked_at is not None and found.asked_at <= claim.at:
        remove += ("asked_at",)
    if due_at is None:
        remove += ("due_pk", "due_at")
    else:
        changes |= {"due_pk": keys.due_pk(keys.shard_of(found.reader)), "due_at": due_at}
    discard = {"owed": frozenset({claim.to})} if claim.owed else {}
    when: When = {**mine, "choices": Below(found.choices + 1)}
    try:
        table.update(found.key, set=changes, remove=remove, discard=discard, when=when)
    except ConditionFailed:
        item = table.get(found.key)
        now = Subscription.from_item(item) if item else None
        if not now or now.choices == found.choices or not now.claim or now.claim.id != claim.id:
            return False
        return _decide(table, now, due, mine, sent=sent)
    return True
