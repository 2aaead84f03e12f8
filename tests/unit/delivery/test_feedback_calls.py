"""What SES's events ask of the store: FeedbackRole allows that, and no more."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.support.world import World

from local.memory_table import MemoryTable

CALLS = ("get", "put", "update", "delete", "query", "due")


def events(address: str) -> list[tuple[str, dict[str, Any]]]:
    recipients = [{"emailAddress": address, "action": "failed"}]
    return [
        ("Send", {}),
        ("Reject", {"reject": {"reason": "Bad content"}}),
        ("Rendering Failure", {}),
        ("Delivery", {}),
        ("DeliveryDelay", {}),
        ("Bounce", {"bounce": {"bounceType": "Permanent", "bouncedRecipients": recipients}}),
        ("Bounce", {"bounce": {"bounceType": "Transient", "bouncedRecipients": recipients}}),
        ("Complaint", {"complaint": {"complainedRecipients": recipients}}),
    ]


def test_events_get_put_and_update_and_do_nothing_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.series()
    world.minutes(1)
    for name in ("ada", "ben", "cleo"):
        world.join(name)
    world.release(1)
    world.minutes(2)
    calls: Counter[str] = Counter()
    for name in CALLS:
        monkeypatch.setattr(MemoryTable, name, _counted(getattr(MemoryTable, name), name, calls))
    for mail in list(world.mailer.accepted):
        for kind, more in events(mail.recipient):
            world.event(mail, kind, **more)
    assert set(calls) == {"get", "put", "update"}


def _counted(method: Any, name: str, calls: Counter[str]) -> Any:
    def counted(table: MemoryTable, *args: Any, **more: Any) -> Any:
        calls[name] += 1
        return method(table, *args, **more)

    return counted
