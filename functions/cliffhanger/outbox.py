"""Letters that are no issues, confirmations and words to authors, laid down to be sent.

A letter is an item in the store; it is in the index of the due until it is decided, so that a lost hint is made
again. Many may lay letters down, only `deliver` sends them (delivery/letters.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger import keys
from cliffhanger.clock import DAY, SECOND
from cliffhanger.errors import ConditionFailed
from cliffhanger.mailbody import MailBody
from cliffhanger.ports import ABSENT, Content, Item, Table

KEPT = 30 * DAY
WAITING = "waiting"
NOT_SENT = "not sent"


@dataclass(frozen=True, slots=True)
class Letter:
    """`id` is chosen by the writer from what the letter answers, so that a replay writes it only once.

    `sender` is a ready header value. `confirms` is what a click on the letter's link will do, for a confirmation.
    """

    id: str
    kind: str
    sender: str
    recipient: str
    body: MailBody
    confirms: Item | None = None
    reply_to: str | None = None


def post(table: Table, content: Content, letter: Letter, *, now: int) -> bool:
    """Lay a letter down to be sent. False if it was laid down before. The caller then hints at it."""
    item: Item = {
        "sender": letter.sender,
        "recipient": letter.recipient,
        "state": WAITING,
        "due_pk": keys.DUE_LETTERS,
        "due_at": now,
    }
    if letter.confirms:
        item["confirms"] = letter.confirms
    if letter.reply_to:
        item["reply_to"] = letter.reply_to
    return _lay_down(table, content, letter, item, now)


def pretend(table: Table, content: Content, letter: Letter, *, now: int) -> bool:
    """The same work, for a letter that must not be sent: nobody learns from the time it takes to whom we write."""
    return _lay_down(table, content, letter, {"state": NOT_SENT}, now)


def _lay_down(table: Table, content: Content, letter: Letter, item: Item, now: int) -> bool:
    body_key = f"letters/{letter.id}.json"
    content.put(body_key, letter.body.to_json())
    common = {"kind": letter.kind, "body": body_key, "expires": (now + KEPT) // SECOND}
    try:
        table.put(keys.letter(letter.id), common | item, when={"pk": ABSENT})
    except ConditionFailed:
        return False
    return True


def settle(table: Table, letter_id: str, state: str) -> None:
    """Decide a letter, by SES's answer or by its event. Done again, it changes nothing. The address is not kept."""
    try:
        table.update(
            keys.letter(letter_id),
            set={"state": state},
            remove=("claim", "due_pk", "due_at", "recipient", "confirms", "reply_to"),
            when={"state": WAITING},
        )
    except ConditionFailed:
        return
