"""Promises 6 and 12: one rate for all, confirmations first, and nothing at all where an operator must look first."""

from __future__ import annotations

from tests.support.world import SETTINGS, World, refuse

from cliffhanger import keys
from cliffhanger.delivery import pacing
from cliffhanger.ports import Mail

GENERATION = SETTINGS.generation


def pace(world: World) -> dict[str, int]:
    item = world.table.get(keys.PACE)
    assert item
    return item


def test_a_throttle_halves_the_rate_at_once_and_it_rises_slowly(world: World) -> None:
    world.tick()
    full = pace(world)["rate"]
    pacing.slow_down(world.table, world.time)
    assert pace(world)["rate"] == full // 2
    rates = []
    for _ in range(8):
        world.tick()
        rates.append(pace(world)["rate"])
    assert rates[0] < full
    assert rates == sorted(rates)
    assert rates[-1] == full


def test_a_storm_of_throttles_halves_the_rate_once_until_the_old_slots_are_out(world: World) -> None:
    world.tick()
    full = pace(world)["rate"]
    for _ in range(16):
        pacing.slow_down(world.table, world.time)
        world.time += 100
    assert pace(world)["rate"] == full // 2
    world.time += pacing.ONCE_IN
    pacing.slow_down(world.table, world.time)
    assert pace(world)["rate"] == full // 4


def test_a_throttled_letter_goes_out_and_its_refusal_is_counted(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")]
    world.minutes(2)
    assert world.got("ada") == [1, 2]
    total = world.table.get(keys.send_total("lantern", 2))
    assert total
    assert (total["sent"], total["refused"]) == (1, 1)


def test_sending_stops_at_95_percent_of_the_days_quota_and_goes_on_by_itself(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.accounts.sent_24h = 47_500
    world.release(2)
    world.minutes(5)
    assert world.got("ada") == [1]
    world.accounts.sent_24h = 40_000
    world.minutes(15)
    assert world.got("ada") == [1, 2]


def test_ses_saying_that_the_quota_is_spent_stops_the_round(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [refuse(429, "TooManyRequestsException", "Daily message quota exceeded.")]
    tried = world.mailer.tried
    world.tick()
    world.work()
    assert world.mailer.tried == tried + 1
    assert pace(world)["budget"] == 0


def test_an_account_that_may_not_send_pauses_everything_until_it_may(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.accounts.enabled = False
    world.release(2)
    world.minutes(3)
    assert world.got("ada") == [1]
    assert world.tallied["SendingPaused"]
    world.accounts.enabled = True
    world.minutes(15)
    assert world.got("ada") == [1, 2]


def test_a_refusal_that_would_meet_every_letter_pauses_until_an_operator_resumes(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [refuse(400, "MailFromDomainNotVerifiedException")]
    world.minutes(20)
    assert world.got("ada") == [1]
    pacing.resume(world.table, GENERATION)
    world.minutes(15)
    assert world.got("ada") == [1, 2]


def test_a_restored_table_mails_nobody_until_an_operator_says_so(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.table.update(keys.PACE, set={"generation": "1:the-table-that-was-backed-up"})
    world.work()
    world.minutes(20)
    assert world.got("ada") == [1]
    assert pace(world)["paused"] == "restored"
    pacing.resume(world.table, GENERATION)
    world.minutes(15)
    assert world.got("ada") == [1, 2]


def test_a_confirmation_goes_out_while_a_send_takes_every_slot(world: World) -> None:
    world.accounts.max_rate = 1.0
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)

    def somebody_subscribes(mail: Mail) -> None:
        if mail.tags["kind"] == "issue":
            world.mailer.always = None
            world.subscribe("ben")

    world.mailer.always = somebody_subscribes
    world.minutes(2)
    confirmations = [m for m in world.mailer.accepted if m.recipient == "ben@example.org"]
    assert len(confirmations) == 1
    second_issue = world.issues("ada")[1]
    assert world.mailer.accepted.index(confirmations[0]) < world.mailer.accepted.index(second_issue)
