"""Faults drawn by chance: at each call to a port something may go wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

from benchmarks.stage.faults import (
    ASKED_TWICE,
    DIES_AFTER,
    DIES_BEFORE,
    FREEZES_AFTER,
    FREEZES_BEFORE,
    UNANSWERED,
    UNHEARD,
    Fate,
    refused,
)
from benchmarks.stage.kernel import Kernel, Process

from cliffhanger.errors import StoreBusy
from cliffhanger.ports import MailError

CRASHES = {"dies before": DIES_BEFORE, "dies after": DIES_AFTER}
FREEZES = {"freezes before": FREEZES_BEFORE, "freezes after": FREEZES_AFTER}
STORE = {
    "store busy": refused(StoreBusy()),
    "store lost reply": UNANSWERED,
    "store unheard": UNHEARD,
    "store asked twice": ASKED_TWICE,
}
SES = {
    "ses lost reply": UNANSWERED,
    "ses unheard": UNHEARD,
    "ses throttle": refused(MailError(429, "TooManyRequestsException", "Maximum sending rate exceeded.")),
    "ses broken": refused(MailError(500, "InternalServiceErrorException")),
    "ses accepts and breaks": Fate(answered=False, error=MailError(500, "InternalServiceErrorException")),
    "ses out of reach": refused(MailError(None, "NoConnection")),
}
CRASHED = frozenset(CRASHES)


class Misfortune:
    """`rates` gives the chance per call of "crash", "freeze", "store" and "ses". After `until` (µs) all goes well."""

    def __init__(self, chance: Random, rates: Mapping[str, float], until: int) -> None:
        self.struck: Counter[str] = Counter()
        self._chance = chance
        self._rates = rates
        self._until = until

    def __call__(self, kernel: Kernel, _: Process, name: str) -> Fate | None:
        luck = self._chance.random()
        for kind, rate in self._rates.items():
            luck -= rate
            if luck < 0:
                return self._strike(kind, name) if kernel.now < self._until else None
        return None

    def _strike(self, kind: str, name: str) -> Fate | None:
        fates = {"crash": CRASHES, "freeze": FREEZES, "store": STORE, "ses": SES}[kind]
        if (kind == "ses") != (name == "ses.send") and kind in ("ses", "store"):
            return None
        what = self._chance.choice(sorted(fates))
        self.struck[what] += 1
        return fates[what]
