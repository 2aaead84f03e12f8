"""Every minute: adapt the rate, release what is due, feed walks and wake readers, close what is done.

Every step is safe to repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cliffhanger import catalogue, keys, outbox
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE, SECOND
from cliffhanger.delivery import account, breaker, closing, feeder, progress, reputation, vitals
from cliffhanger.mailbody import MailBody
from cliffhanger.outbox import Letter
from cliffhanger.ports import Accounts
from cliffhanger.publishing import answers, archive, house
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.plan import next_slot
from cliffhanger.publishing.release import release_due
from cliffhanger.series import Weekly

PROBE_ADDRESS = "success@simulator.amazonses.com"


def tick(desk: Desk, accounts: Accounts) -> None:
    """What fails for one series, or in asking SES for the account, stops nothing else: it is counted and told."""
    now = desk.clock()
    _apart(desk, partial(_ask_ses, desk, accounts, now))
    _apart(desk, partial(_judge, desk, now))
    for shelf in list(catalogue.every_series(desk.table)):
        _apart(desk, partial(_look_after, desk, shelf, now))
    _apart(desk, partial(house.repair, desk))
    shelves = list(catalogue.every_series(desk.table))  # as the releases have left them
    if "paused" in (desk.table.get(keys.PACE) or {}):
        desk.tally("SendingPaused")
    else:
        _apart(desk, partial(_send_probe, desk, now))
        _apart(desk, partial(feeder.feed, desk.table, desk.hints, shelves, desk.settings, now, each=desk.each))
    under_way = [shelf for shelf in shelves if shelf.newest > shelf.closed]
    for shelf in under_way:
        _apart(desk, partial(_finish, desk, shelf, len(under_way), now))


def _ask_ses(desk: Desk, accounts: Accounts, now: int) -> None:
    """Where SES doesn't answer, the pace of the last minute stays."""
    account.adapt(desk.table, accounts.account(), settings=desk.settings, now=now)


def _judge(desk: Desk, now: int) -> None:
    """By the number of letters that SES told last, though it may be silent now."""
    sent = (desk.table.get(keys.PACE) or {}).get("sent_24h")
    if sent is not None and reputation.judge(desk.table, sent, now):
        desk.tally("ReputationAtRisk")


def _finish(desk: Desk, shelf: Shelf, sharing: int, now: int) -> None:
    """Close a send that is done; tell of one that will still run when the next chapter's time has come."""
    series = shelf.series.slug
    if closed := closing.close(desk.table, shelf, now):
        if sends := progress.of_closed(desk.table, series, closed, now):
            desk.measure(series, vitals.vitals(sends))
        return
    sends = progress.of(desk.table, shelf, now, sharing=sharing)
    if not sends:
        return  # all of them withdrawn
    desk.measure(series, vitals.vitals(sends))
    if vitals.is_stuck(desk.table, sends, longest=2 * desk.settings.doubt, now=now):
        desk.tally("SendStuck")
    left = sends[-1].left_s
    if left is not None and outlasts(shelf, now + int(left * SECOND)):
        desk.tally("SendOutlastsRelease")


def outlasts(shelf: Shelf, done_at: int) -> bool:
    """Whether a send that is done at `done_at` runs into the slot after its own. Without slots there is none."""
    rule = shelf.series.rule
    return isinstance(rule, Weekly) and done_at > next_slot(rule, after=shelf.last_slot)


def _apart(desk: Desk, step: Callable[[], object]) -> None:
    try:
        step()
    except Exception as error:
        desk.tally("TickStepFailed")
        desk.tell(error)


def _look_after(desk: Desk, shelf: Shelf, now: int) -> None:
    """Releases of one series, what stands in their way, and what its pages don't show yet."""
    if waiting := release_due(desk.table, shelf, now, show=partial(archive.release, desk)):
        answers.too_many(desk, shelf.series, waiting)
    archive.repair(desk, shelf.series.slug)
    breaker.owe_the_rest(desk.table, shelf.series.slug, shelf.owing, now)
    if shelf.halted:
        desk.tally("SeriesHalted")
        for position in range(shelf.closed + 1, shelf.newest + 1):
            breaker.owe_missed(desk.table, shelf.series.slug, position, now)


def _send_probe(desk: Desk, now: int) -> None:
    """A letter in doubt can't be judged while no later letter's events have come: send one that makes events."""
    asked = (desk.table.get(keys.FEEDBACK) or {}).get("probe")
    if asked is None:
        return
    letter = Letter(
        id=f"probe-{asked // MINUTE}",
        kind="probe",
        sender=f"probe@{desk.settings.sender_domain}",
        recipient=PROBE_ADDRESS,
        body=MailBody("Do events still come?", ("<p>A probe.</p>",), ("A probe.\n",)),
    )
    if outbox.post(desk.table, desk.content, letter, now=now):
        desk.hints.letter(letter.id)
