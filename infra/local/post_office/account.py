"""The account's limits and standing, as SES keeps them.

Source: SES developer guide, "Managing your Amazon SES sending limits" and "Service quotas".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from local.post_office import faults
from local.post_office.answers import Answer, RefusedError, spoken
from local.post_office.rates import Window
from local.post_office.request import Request, domain_of

NOT_VERIFIED = "Email address is not verified. The following identities failed the check in region US-EAST-1: "


class Standing(StrEnum):
    HEALTHY = "healthy"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    MAIL_FROM_NOT_VERIFIED = "mail from not verified"


REFUSALS = {
    Standing.PAUSED: faults.PAUSED,
    Standing.SUSPENDED: faults.SUSPENDED,
    Standing.MAIL_FROM_NOT_VERIFIED: faults.MAIL_FROM,
}


class Account:
    """`rate` is recipients per second, `quota` recipients in any 24 hours, -1 for no limit. `domain` is the verified
    identity, None takes any sender; `configuration_set` the only one that there is, None takes any.
    Not safe for threads: the post office locks.
    """

    def __init__(self, *, rate: float, quota: float, domain: str | None, configuration_set: str | None) -> None:
        self.standing = Standing.HEALTHY
        self.rate = Window(rate, timedelta(seconds=1))
        self.quota = Window(quota, timedelta(hours=24), grain=timedelta(minutes=1))
        self._questions = Window(1, timedelta(seconds=1))
        self._domain = domain
        self._configuration_set = configuration_set

    def take(self, request: Request, now: datetime) -> None:
        """Count a letter; RefusedError, and nothing is counted, where SES would not send it."""
        if refusal := REFUSALS.get(self.standing):
            raise refusal
        if self._domain and not f".{domain_of(request.sender)}".endswith(f".{self._domain}"):
            raise RefusedError("MessageRejected", NOT_VERIFIED + request.sender)
        if self._configuration_set not in (None, request.configuration_set):
            raise faults.no_such_configuration_set(request.configuration_set)
        recipients = len(request.recipients)
        if not self.quota.has_room(now, recipients):
            raise faults.QUOTA_USED
        if not self.rate.has_room(now, recipients):
            raise faults.TOO_FAST
        self.quota.take(now, recipients)
        self.rate.take(now, recipients)

    def answer(self, now: datetime) -> Answer:
        """GetAccount, which may be asked once a second."""
        if not self._questions.has_room(now, 1):
            return faults.TOO_MANY_CALLS.answer()
        self._questions.take(now, 1)
        stopped = self.standing in (Standing.PAUSED, Standing.SUSPENDED)
        return spoken(
            {
                "DedicatedIpAutoWarmupEnabled": False,
                "EnforcementStatus": "SHUTDOWN" if stopped else "HEALTHY",
                "ProductionAccessEnabled": True,
                "SendQuota": {
                    "Max24HourSend": float(self.quota.limit),
                    "MaxSendRate": float(self.rate.limit),
                    "SentLast24Hours": float(self.quota.used(now)),
                },
                "SendingEnabled": not stopped,
            }
        )
