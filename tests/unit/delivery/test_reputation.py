"""Too many bounces or complaints stop all sending before AWS does."""

from __future__ import annotations

import pytest
from tests.support.world import SETTINGS, World

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import pacing, reputation
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Account


def paused(world: World) -> str | None:
    return (world.table.get(keys.PACE) or {}).get("paused")


def counted(world: World, kind: str, number: int, *, sent: int) -> None:
    world.tick()
    world.accounts.sent_24h = sent
    for _ in range(number):
        reputation.count(world.table, kind, world.time)
    world.time += MINUTE
    world.tick()


@pytest.mark.parametrize(
    ("kind", "number", "sent", "pauses", "warns"),
    [
        ("bounces", 1, 10, False, False),
        ("bounces", 19, 100, False, False),
        ("bounces", 20, 440, True, True),
        ("bounces", 24, 1_000, False, False),
        ("bounces", 25, 1_000, False, True),
        ("bounces", 45, 1_000, True, True),
        ("complaints", 4, 100, False, False),
        ("complaints", 5, 10_000, False, True),
        ("complaints", 9, 10_000, True, True),
        ("complaints", 20, 50_000, False, False),
    ],
)
def test_it_warns_at_half_of_what_aws_reviews_and_pauses_just_before_it(
    world: World, kind: str, number: int, sent: int, *, pauses: bool, warns: bool
) -> None:
    counted(world, kind, number, sent=sent)
    assert paused(world) == (kind if pauses else None)
    assert bool(world.tallied["ReputationAtRisk"]) is warns
    assert bool(world.tallied["SendingPaused"]) is pauses


def test_who_resumes_begins_the_count_anew(world: World) -> None:
    counted(world, "bounces", 100, sent=1_000)
    reputation.count(world.table, "bounces", world.time)  # of a letter that was under way
    world.minutes(1)
    assert paused(world) == "bounces"
    pacing.resume(world.table, SETTINGS.generation)
    world.minutes(3)
    assert paused(world) is None
    counted(world, "bounces", 45, sent=1_000)
    assert paused(world) == "bounces"


def test_an_operators_pause_forgets_no_bounces(world: World) -> None:
    world.tick()
    pacing.pause(world.table, "operator")
    counted(world, "bounces", 100, sent=1_000)
    assert paused(world) == "operator"
    pacing.resume(world.table, SETTINGS.generation)
    world.minutes(1)
    assert paused(world) == "bounces"


def test_bounces_count_for_the_day_on_which_ses_took_their_letters(world: World) -> None:
    world.tick()
    world.accounts.sent_24h = 100
    for _ in range(100):
        reputation.count(world.table, "bounces", world.time - DAY - HOUR)
    world.minutes(1)
    assert paused(world) is None
    assert not world.tallied["ReputationAtRisk"]


def test_a_bounce_that_is_told_twice_counts_once_and_a_soft_one_not_at_all(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    mail = world.issues("ada")[0]
    soft = {"bounceType": "Transient", "bouncedRecipients": [{"emailAddress": "ada@example.org"}]}
    hard = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "ada@example.org"}]}
    world.event(mail, "Bounce", bounce=soft)
    for _ in range(3):
        world.event(mail, "Bounce", bounce=hard)
    (bucket,) = world.table.query("REPUTATION")
    assert bucket["bounces"] == 1
    assert bucket["expires"] * 1000 > world.time + DAY


def test_a_complaint_counts_as_one(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    complaint = {"complainedRecipients": [{"emailAddress": "ada@example.org"}]}
    world.event(world.issues("ada")[0], "Complaint", complaint=complaint)
    (bucket,) = world.table.query("REPUTATION")
    assert "bounces" not in bucket
    assert bucket["complaints"] == 1


def test_bounces_are_judged_though_ses_tells_nothing_of_the_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.accounts.sent_24h = 440
    world.tick()

    def silent() -> Account:
        raise CliffhangerError("SES does not answer", permanent=False)

    monkeypatch.setattr(world.accounts, "account", silent)
    counted(world, "bounces", 20, sent=1)  # which nobody tells
    assert paused(world) == "bounces"


def test_nothing_is_judged_before_ses_has_told_how_much_was_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.tick()
    world.table.update(keys.PACE, remove=("sent_24h",))  # a pace that an older version wrote

    def silent() -> Account:
        raise CliffhangerError("SES does not answer", permanent=False)

    monkeypatch.setattr(world.accounts, "account", silent)
    counted(world, "bounces", 100, sent=1)
    assert paused(world) is None
