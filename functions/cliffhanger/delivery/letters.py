"""Confirmations and words to authors, sent: each with the same claim, one attempt and settle as an issue."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cliffhanger import keys, links, outbox
from cliffhanger.clock import DAY, HOUR, MINUTE, SECOND
from cliffhanger.delivery import feedback_health, pacing
from cliffhanger.delivery.feedback_health import Silence
from cliffhanger.delivery.outcomes import Verdict, verdict
from cliffhanger.delivery.slots import Slots
from cliffhanger.errors import CliffhangerError, ConditionFailed, StoreBusy
from cliffhanger.links import Keys
from cliffhanger.mailbody import MailBody, Place, fill
from cliffhanger.ports import ABSENT, Clock, Content, Item, Mail, Mailer, MailError, Table
from cliffhanger.readers import leaving
from cliffhanger.settings import Settings

CONFIRMATION_LIFE = 7 * DAY
ONCE_LIFE = 30 * MINUTE
"""Of a link to change the address, to download, or to erase (web/once.py): such items have a `kind`."""


@dataclass(frozen=True, slots=True)
class LetterSender:
    table: Table
    content: Content
    mailer: Mailer
    silence: Silence
    slots: Slots
    clock: Clock
    keys: Keys
    settings: Settings

    def send(self, letter_id: str) -> None:
        """Send one letter, if it still waits.

        Steps: slot, claim, confirmation token, wait for the slot's time, the attempt, settle.
        """
        item = self.table.get(keys.letter(letter_id))
        if not item or item["state"] != outbox.WAITING or not self._may_try(item):
            return
        body = self.content.get(item["body"])
        if body is None:
            raise CliffhangerError(f"the body of letter {letter_id} is missing", permanent=False)
        if "confirms" in item:
            # Else SES takes the letter and drops it. Our own table stays as it is until the click.
            for address in leaving.suppressed_spellings(self.table, item["recipient"], self.keys):
                self.mailer.forget(address)
        for slot in self.slots.reserve(1):
            self._send_at(slot, letter_id, item, MailBody.from_json(body))

    def _send_at(self, slot: int, letter_id: str, item: Item, body: MailBody) -> None:
        claim: Item = {"id": secrets.token_hex(8), "at": max(slot, self.clock())}
        try:
            if not self._claim(letter_id, item, claim):
                self.slots.give_back(slot)
                return
            mail = self._mail(letter_id, item, body)
            may_send = self.slots.wait(slot)
        except StoreBusy:  # claimed or not: nothing has gone out
            with suppress(StoreBusy):
                self._release(letter_id, claim)
            raise
        if not may_send or self.clock() - claim["at"] > feedback_health.LATEST_POST:
            self._release(letter_id, claim)
            return
        try:
            self.mailer.send(mail)
        except MailError as error:
            self._not_accepted(letter_id, claim, error)
        else:
            outbox.settle(self.table, letter_id, "sent")

    def _may_try(self, item: Item) -> bool:
        if "claim" not in item:
            return True
        at = item["claim"]["at"]
        return self.clock() - at >= self.settings.doubt and self.silence.means_lost(at)

    def _claim(self, letter_id: str, item: Item, claim: Item) -> bool:
        was: Any = {"claim.id": item["claim"]["id"]} if "claim" in item else {"claim": ABSENT}
        later = {"claim": claim, "due_at": claim["at"] + self.settings.doubt}
        try:
            self.table.update(keys.letter(letter_id), set=later, when={"state": outbox.WAITING, **was})
        except ConditionFailed:
            # The write may have been ours: its answer was lost, and the client asked again.
            return (self.table.get(keys.letter(letter_id)) or {}).get("claim") == claim
        return True

    def _mail(self, letter_id: str, item: Item, body: MailBody) -> Mail:
        """The token of a confirmation is made here, so that it is nowhere but in the mail; the store has its digest."""
        places = {}
        if "confirms" in item:
            token = links.new_secret()
            promise = item["confirms"] | _lives(item["confirms"], self.clock())
            self.table.put(keys.confirmation(links.digest(token)), promise)
            places[Place.CONFIRM] = f"{self.settings.base_url}/confirm/{token}"
        return Mail(
            sender=item["sender"],
            recipient=item["recipient"],
            subject=body.subject,
            html=fill(body.html, places),
            text=fill(body.text, places),
            headers={"Auto-Submitted": "auto-generated"},
            tags={"kind": item["kind"], "letter": letter_id},
            reply_to=item.get("reply_to"),
        )

    def _not_accepted(self, letter_id: str, claim: Item, error: MailError) -> None:
        said = verdict(error)
        if said is Verdict.DOUBT:
            return
        if said is Verdict.REJECTED:
            outbox.settle(self.table, letter_id, "rejected")
            return
        try:
            pacing.heed(self.table, said, error.code, self.clock())  # first: it is meant for all
        finally:
            self._release(letter_id, claim)

    def _release(self, letter_id: str, claim: Item) -> None:
        back = {"due_at": claim["at"]}
        try:
            self.table.update(keys.letter(letter_id), set=back, remove=("claim",), when={"claim.id": claim["id"]})
        except ConditionFailed:
            return


def _lives(promise: Item, now: int) -> Item:
    """What only a fresh link may do is forgotten an hour after; a sign-up later, to say "already" to a late click."""
    if "kind" in promise:
        return {"until": now + ONCE_LIFE, "expires": (now + ONCE_LIFE + HOUR) // SECOND}
    return {"until": now + CONFIRMATION_LIFE, "expires": (now + outbox.KEPT) // SECOND}
