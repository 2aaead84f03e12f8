"""What becomes of a letter once SES has it.

Source: SES developer guide, "The mailbox simulator". Any address outside the simulator has a mailbox here, unless
it is told otherwise, or is on the account's suppression list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from local.post_office.request import bare, domain_of

SIMULATOR = "simulator.amazonses.com"


class Fate(StrEnum):
    DELIVERED = "success"
    HARD_BOUNCE = "bounce"
    SUPPRESSED = "suppressionlist"
    SOFT_BOUNCE = "soft bounce"
    OUT_OF_OFFICE = "ooto"
    COMPLAINT = "complaint"
    NOT_SPAM = "not spam"
    REJECTED = "rejected"
    """SES found a virus after it had accepted the letter."""

    BOUNCED_BEFORE = "bounced before"
    COMPLAINED_BEFORE = "complained before"
    """The address is on the account's suppression list: SES accepts the letter and sends it to nobody."""


SIMULATED = {fate.value: fate for fate in Fate if fate.isalpha()}


@dataclass(frozen=True, slots=True)
class Fates:
    """`of` says what becomes of every letter to an address, `rates` of which share of all others. The simulator's
    addresses keep their own. `random` draws for the rates.
    """

    of: Mapping[str, Fate] = field(default_factory=dict)
    rates: Mapping[Fate, float] = field(default_factory=dict)
    random: Random = field(default_factory=Random)

    def draw(self, address: str) -> Fate:
        reader = bare(address)
        if is_simulated(address):
            mailbox = reader.lower().rpartition("@")[0]
            return SIMULATED.get(mailbox.partition("+")[0], Fate.DELIVERED)
        if reader in self.of:
            return self.of[reader]
        luck = self.random.random() if self.rates else 1.0
        for fate, share in self.rates.items():
            luck -= share
            if luck < 0:
                return fate
        return Fate.DELIVERED


def is_simulated(address: str) -> bool:
    return domain_of(address) == SIMULATOR
