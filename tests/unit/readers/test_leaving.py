"""Bounces, complaints, and leaving."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import World

from cliffhanger.clock import MINUTE
from cliffhanger.delivery import feedback
from cliffhanger.errors import CliffhangerError
from cliffhanger.subscription import State

BOUNCE = {"bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "Ada@example.org"}]}}
SOFT_BOUNCE = {"bounce": {"bounceType": "Transient", "bouncedRecipients": [{"emailAddress": "ada@example.org"}]}}
COMPLAINT = {"complaint": {"complainedRecipients": [{"emailAddress": "ada@example.org"}]}}
NOT_SPAM = {
    "complaint": {"complaintFeedbackType": "not-spam", "complainedRecipients": [{"emailAddress": "ada@example.org"}]}
}


@pytest.fixture
def reading(world: World) -> World:
    """Ada and Ben follow two series."""
    for slug in ("lantern", "harbour"):
        world.series(slug)
        world.release(1, slug=slug)
        for name in ("ada", "ben"):
            world.join(name, slug=slug)
        world.time += 16 * MINUTE
    world.minutes(1)
    return world


@pytest.mark.parametrize(("kind", "details"), [("Bounce", BOUNCE), ("Complaint", COMPLAINT)])
def test_a_bounce_or_complaint_ends_all_series_of_the_address(
    reading: World, kind: str, details: dict[str, object]
) -> None:
    mail = reading.issues("ada")[0]
    for _ in range(2):
        reading.event(mail, kind, **details)
    reading.release(2)
    reading.release(2, slug="harbour")
    reading.minutes(15)
    assert {reading.subscription("ada", slug).state for slug in ("lantern", "harbour")} == {State.SUPPRESSED}
    assert len(reading.issues("ada")) == 2
    assert len(reading.issues("ben")) == 4


@pytest.mark.parametrize(
    ("kind", "details"), [("Bounce", SOFT_BOUNCE), ("Complaint", NOT_SPAM), ("DeliveryDelay", {}), ("Subscription", {})]
)
def test_what_is_no_reason_to_stop_stops_nothing(reading: World, kind: str, details: dict[str, object]) -> None:
    reading.event(reading.issues("ada")[0], kind, **details)
    assert reading.subscription("ada").state is State.ACTIVE


def test_a_fresh_opt_in_clears_a_suppression_and_an_older_bounce_does_not_bring_it_back(reading: World) -> None:
    mail = reading.issues("ada")[0]
    bounced_at = reading.time
    reading.event(mail, "Bounce", **BOUNCE)
    reading.time += 20 * MINUTE
    reading.join("ada")
    assert reading.subscription("ada").state is State.ACTIVE
    now, reading.time = reading.time, bounced_at
    reading.event(mail, "Bounce", **BOUNCE)
    reading.time = now
    assert reading.subscription("ada").state is State.ACTIVE


def test_a_bounce_of_a_confirmation_suppresses_an_address_that_nobody_confirmed(world: World) -> None:
    world.series()
    world.subscribe("ada")
    confirmation = world.mailer.accepted[-1]
    world.event(confirmation, "Bounce", **BOUNCE)
    world.event(confirmation, "Bounce", **BOUNCE)


def test_leaving_one_series_keeps_the_other_and_twice_is_once(reading: World) -> None:
    for _ in range(2):
        assert reading.leave("ada").status == 200
    reading.release(2)
    reading.release(2, slug="harbour")
    reading.minutes(15)
    assert [mail.tags["series"] for mail in reading.issues("ada")] == ["lantern", "harbour", "harbour"]


def test_an_event_for_a_reader_who_is_nobody_changes_nothing(reading: World) -> None:
    mail = reading.issues("ada")[0]
    stranger = replace(mail, tags={**mail.tags, "reader": "x" * 16})
    reading.event(stranger, "Send")
    assert reading.subscription("ada").bookmark == 1


@pytest.mark.parametrize(
    "document",
    [{}, {"eventType": "Send"}, {"eventType": "New", "mail": {"timestamp": "2026-01-01T00:00:00Z"}}, {"mail": 3}],
)
def test_what_is_no_event_is_an_error_that_the_queue_keeps(document: dict[str, object]) -> None:
    with pytest.raises(CliffhangerError) as raised:
        feedback.parse(document)
    assert not raised.value.permanent
