"""Every minute: release what is due, feed the walks, wake readers, adapt the rate. Every step is safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cliffhanger import catalogue, keys, outbox
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import account, breaker, feeder
from cliffhanger.mailbody import MailBody
from cliffhanger.outbox import Letter
from cliffhanger.ports import Accounts
from cliffhanger.publishing import answers
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.release import release_due

PROBE_ADDRESS = "success@simulator.amazonses.com"


def tick(desk: Desk, accounts: Accounts) -> None:
    """What fails for one series, or in asking SES for the account, stops nothing else: it is counted and told."""
    now = desk.clock()
    _apart(desk, partial(_ask_ses, desk, accounts, now))
    for shelf in list(catalogue.every_series(desk.table)):
        _apart(desk, partial(_look_after, desk, shelf, now))
    if "paused" in (desk.table.get(keys.PACE) or {}):
        desk.tally("SendingPaused")
        return
    _send_probe(desk, now)
    feeder.feed_due(desk.table, desk.hints, now)
    feeder.feed_walks(desk.table, desk.hints, catalogue.every_series(desk.table), now)


def _ask_ses(desk: Desk, accounts: Accounts, now: int) -> None:
    """Where SES doesn't answer, the pace of the last minute stays."""
    settings = desk.settings
    account.adapt(desk.table, accounts.account(), generation=settings.generation, first_day=settings.first_day, now=now)


def _apart(desk: Desk, step: Callable[[], object]) -> None:
    try:
        step()
    except Exception as error:
        desk.tally("TickStepFailed")
        desk.tell(error)


def _look_after(desk: Desk, shelf: Shelf, now: int) -> None:
    """Releases of one series, and what stands in their way."""
    if waiting := release_due(desk.table, shelf, now):
        answers.too_many(desk, shelf.series, waiting)
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
