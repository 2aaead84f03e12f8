"""What readers did and when, as they would tell it themselves. The judge knows this and the post office, no more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

FOR_EVER = 1 << 62


@dataclass(slots=True)
class Membership:
    """One stay of a reader on a series. Times are milliseconds of true time.

    `first` are the lowest and the highest position that his letters may begin with: a release at the moment of his
    click may fall on either side. `epoch` is the number that the letters of this stay carry.
    """

    address: str
    series: str
    asked_at: int
    first: tuple[int, int] = (1, 1)
    epoch: int = 0
    joined_at: int = FOR_EVER
    leaving_at: int = FOR_EVER
    left_at: int = FOR_EVER

    @property
    def stays(self) -> bool:
        return self.leaving_at == FOR_EVER


@dataclass(frozen=True, slots=True)
class Restore:
    """A backup that was put back. Letters since then, and those under the claims `open_then`, are sent again.

    From `restored_at` until `resumed_at` no issue may go out (ms).
    """

    backed_up_at: int
    restored_at: int
    resumed_at: int
    open_then: frozenset[str]

    def forgot(self, at: int, claim: str) -> bool:
        return self.backed_up_at <= at <= self.restored_at or claim in self.open_then


@dataclass(slots=True)
class History:
    """`released` is how many positions each series has had; `closed` when a send was seen to be closed (ms).
    `suppressed` are addresses that bounce: how long they stay is not theirs to say. `by_index`: who was in the index of
    the due while a send was open, by address and epoch.
    """

    stays: list[Membership] = field(default_factory=list)
    released: dict[str, int] = field(default_factory=dict)
    closed: dict[tuple[str, int], int] = field(default_factory=dict)
    by_index: defaultdict[tuple[str, int], set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))
    suppressed: frozenset[str] = frozenset()
    restore: Restore | None = None
