"""The programs whose exports we read: the columns that each is known by, and what they say of a reader.

The columns as the programs write them, with the sources that say so:

    Substack    email, active_subscription, expiry, plan, email_disabled, created_at, first_payment_at, in
                `email_list.<publication>.csv` (TryGhost/migrate, mg-substack); from the dashboard: Email, Name,
                Stripe plan, Cancel date, Start date. Who pays nothing has no active_subscription, yet reads.
    Ghost       id, email, name, note, subscribed_to_emails, complimentary_plan, stripe_customer_id, created_at,
                deleted_at, labels, tiers (TryGhost/Ghost, members-csv, `unparse`)
    Mailchimp   three files: Email Address, …, MEMBER_RATING, OPTIN_TIME, OPTIN_IP, CONFIRM_TIME, …, LEID, EUID, NOTES,
                TAGS; the unsubscribed have UNSUB_TIME, the cleaned CLEAN_TIME ("View or export contacts")
    Buttondown  id, email, subscriber_type, creation_date, subscription_date, tags, metadata, …
                (docs.buttondown.com/data-exports-subscriber; the types: buttondown/openapi, enums.json, SubscriberType)
    listmonk    uuid, email, name, attributes, status, created_at, updated_at (knadh/listmonk, cmd/subscribers.go).
                Who left a list but is `enabled` looks as if he read it: export the list with "unsubscribed" left out.
    ours        as `exporting.COLUMNS`
    plain       a column of addresses, with a heading or without; `status` is heeded if there is one
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cliffhanger.errors import Refusal
from cliffhanger.readers.cells import is_yes
from cliffhanger.subscription import State


class Source(StrEnum):
    OURS = "Cliffhanger"
    SUBSTACK = "Substack"
    GHOST = "Ghost"
    MAILCHIMP = "Mailchimp"
    BUTTONDOWN = "Buttondown"
    LISTMONK = "listmonk"
    PLAIN = "a list"


Cells = Mapping[str, str]
"""A line's cells by the lower-case names of their columns."""

STATES = {
    State.ACTIVE: (
        *("active", "subscribed", "enabled", "confirmed", "regular", "premium", "trialed", "unpaid", "gifted"),
        *("churning", "churned", "paused", "past_due"),
    ),
    State.LEFT: ("left", "unsubscribed", "disabled", "inactive", "removed"),
    State.SUPPRESSED: (
        *("suppressed", "bounced", "cleaned", "complained", "undeliverable"),
        *("blocklisted", "blocked", "spammy"),
    ),
}
"""What a `status`, `state` or `subscriber_type` says. Buttondown's `paused` pauses a payment, not the letters."""

BY_WORD = {word: state for state, words in STATES.items() for word in words}
UNCONFIRMED = {"unactivated", "unconfirmed", "pending"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A source with the columns that only it has all of, and how a line of it is read."""

    source: Source
    columns: frozenset[str]
    state: Callable[[Cells], State]
    joined: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()


def _by_word(column: str) -> Callable[[Cells], State]:
    def state(cells: Cells) -> State:
        word = cells.get(column, "").lower()
        if word in UNCONFIRMED:
            raise Refusal("has never confirmed the address there")
        if word not in BY_WORD:
            raise Refusal(f"its {column} is one that we don't know")
        return BY_WORD[word]

    return state


def _of_substack(cells: Cells) -> State:
    return State.LEFT if is_yes(cells.get("email_disabled", "")) else State.ACTIVE


def _of_ghost(cells: Cells) -> State:
    reads = is_yes(cells["subscribed_to_emails"]) and not cells.get("deleted_at")
    return State.ACTIVE if reads else State.LEFT


def _of_mailchimp(cells: Cells) -> State:
    """Each of the three files has a column that the others don't have."""
    if "clean_time" in cells:
        return State.SUPPRESSED
    return State.LEFT if "unsub_time" in cells else State.ACTIVE


def _of_ours(cells: Cells) -> State:
    try:
        return State(cells["state"])
    except ValueError:
        raise Refusal("its state is one that we don't know") from None


def _of_plain(cells: Cells) -> State:
    return _by_word("status")(cells) if cells.get("status") else State.ACTIVE


SHAPES = (
    Shape(Source.OURS, frozenset({"address", "series", "state", "position"}), _of_ours, ("joined_at",)),
    Shape(Source.SUBSTACK, frozenset({"email", "active_subscription"}), _of_substack, ("created_at",), ("created_at",)),
    Shape(Source.SUBSTACK, frozenset({"email", "stripe plan"}), _of_substack, ("start date",), ("start date",)),
    Shape(Source.GHOST, frozenset({"email", "subscribed_to_emails"}), _of_ghost, ("created_at",), ("created_at",)),
    Shape(
        Source.MAILCHIMP,
        frozenset({"email address", "leid", "euid"}),
        _of_mailchimp,
        ("confirm_time", "optin_time"),
        ("optin_time", "confirm_time"),
    ),
    Shape(
        Source.BUTTONDOWN,
        frozenset({"email", "subscriber_type"}),
        _by_word("subscriber_type"),
        ("subscription_date", "creation_date"),
        ("subscription_date", "creation_date"),
    ),
    Shape(
        Source.LISTMONK,
        frozenset({"uuid", "email", "status"}),
        _by_word("status"),
        ("created_at",),
        ("created_at",),
    ),
)
PLAIN = Shape(Source.PLAIN, frozenset(), _of_plain, ("joined_at", "created_at", "date"), ("consent",))
