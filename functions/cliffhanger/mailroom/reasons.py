"""Why a mail is dropped: quietly, and counted. An answer to spam, robots and forgers would only make more of it."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The last part of the metric's name."""

    TOO_LARGE = "TooLarge"
    BOMB = "Bomb"
    UNREADABLE = "Unreadable"
    NOT_FROM_SES = "NotFromSes"
    UNKNOWN_ADDRESS = "UnknownAddress"
    SPAM = "Spam"
    VIRUS = "Virus"
    AUTOMATIC = "Automatic"
    BULK = "Bulk"
    BOUNCE = "Bounce"
    OURS = "Ours"
    NO_SINGLE_SENDER = "NoSingleSender"
    FORGED = "Forged"
    TOO_OFTEN = "TooOften"
    EMPTY = "Empty"
    NO_AUTHOR = "NoAuthor"
    NOT_THE_AUTHOR = "NotTheAuthor"
    SUPPRESSED = "Suppressed"


class Dropped(Exception):
    """Nothing more is to be done with this mail."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
