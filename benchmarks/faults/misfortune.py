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
KINDS: Mapping[str, Mapping[str, Fate]] = {"crash": CRASHES, "freeze": FREEZES, "store": STORE, "ses": SES}
FLOOD = 0.3


class Misfortune:
    """`rates` gives the chance per call of "crash", "freeze", "store" and "ses". After `until` (µs) all goes well.

    In `flood` (from, until) the store can hardly answer. A visitor's page does not freeze: his browser has long
    given up, and asks anew.
    """

    def __init__(self, chance: Random, rates: Mapping[str, float], until: int, flood: tuple[int, int] = (0, 0)) -> None:
        self.struck: Counter[str] = Counter()
        self._chance = chance
        self._rates = rates
        self._until = until
        self._flood = flood

    def __call__(self, kernel: Kernel, process: Process, name: str) -> Fate | None:
        if kernel.now >= self._until:
            return None
        if self._flood[0] <= kernel.now < self._flood[1] and self._chance.random() < FLOOD:
            return self._strike("store", process, name)
        luck = self._chance.random()
        for kind, rate in self._rates.items():
            luck -= rate
            if luck < 0:
                return self._strike(kind, process, name)
        return None

    def _strike(self, kind: str, process: Process, name: str) -> Fate | None:
        if (kind == "store" and name == "ses.send") or (kind == "ses" and name != "ses.send"):
            return None
        if kind == "freeze" and process.name.startswith("pages"):
            return None
        fates = KINDS[kind]
        what = self._chance.choice(sorted(fates))
        self.struck[what] += 1
        return fates[what]
