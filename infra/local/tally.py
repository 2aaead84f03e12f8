"""Who got what, counted from the letters that lie in the folder, and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

Copy = tuple[str, str]
"""A reader's address and a chapter's title."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`arrived` counts the copies of each chapter that each reader got; `wanted` are those that were due."""

    arrived: Counter[Copy]
    wanted: frozenset[Copy]

    @property
    def letters(self) -> int:
        return self.arrived.total()

    @property
    def doubled(self) -> int:
        return sum(copies - 1 for copies in self.arrived.values())

    @property
    def missing(self) -> int:
        return len(self.wanted - self.arrived.keys())

    @property
    def unasked(self) -> int:
        """Chapters that came to somebody who was not to have them."""
        return len(self.arrived.keys() - self.wanted)

    @property
    def right(self) -> bool:
        return not (self.doubled or self.missing or self.unasked)


def count(folder: Path, titles: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]]) -> Tally:
    """Count issues: letters with List-Unsubscribe, which confirmations and words to authors don't have.

    `titles` are the chapters'; a title in a subject says which one it is. `wanted` maps addresses to titles.
    """
    arrived = Counter(
        (str(mail["To"]), title)
        for mail in mails(folder)
        if mail["List-Unsubscribe"]
        for title in titles
        if title in mail["Subject"]
    )
    due = frozenset((address, title) for address, chapters in wanted.items() for title in chapters)
    return Tally(arrived, due)


def mails(folder: Path) -> Iterator[EmailMessage]:
    """All letters of the folder, in the order in which they were sent."""
    for path in sorted(folder.glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        yield mail
