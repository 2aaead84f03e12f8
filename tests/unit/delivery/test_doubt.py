"""Promise 3: a letter of which nobody can say whether SES took it."""

from __future__ import annotations

import pytest
from tests.support.doubt import leave_in_doubt, let_feedback_show_that_it_works
from tests.support.world import SERIES_YAML, World, refuse

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR
from cliffhanger.delivery import feedback_health
from cliffhanger.ports import Mail
from cliffhanger.readers import life


@pytest.fixture
def doubtful(world: World) -> World:
    """Ada's letter of chapter 2 got no answer."""
    leave_in_doubt(world)
    return world


def lost_letter(world: World) -> Mail:
    """The letter as SES would have it, had it taken it."""
    claim = world.subscription("ada").claim
    assert claim
    tags = {
        "kind": "issue",
        "series": "lantern",
        "reader": world.reader("ada"),
        "epoch": str(claim.epoch),
        "position": str(claim.to),
        "claim": claim.id,
    }
    return Mail("a@b.example", "ada@example.org", "", "", "", {}, tags)


@pytest.mark.parametrize("kind", ["Send", "Delivery"])
def test_an_event_settles_it(doubtful: World, kind: str) -> None:
    letter = lost_letter(doubtful)
    doubtful.event(letter, kind)
    doubtful.event(letter, kind)
    assert doubtful.subscription("ada").bookmark == 2
    assert doubtful.subscription("ada").claim is None
    doubtful.minutes(90)
    assert doubtful.got("ada") == [1]  # the fake SES kept no copy; we sent no second one


def test_it_waits_an_hour(doubtful: World) -> None:
    let_feedback_show_that_it_works(doubtful)
    doubtful.minutes(50)
    assert doubtful.got("ada") == [1]


def test_after_an_hour_without_an_event_it_is_sent_again(doubtful: World) -> None:
    let_feedback_show_that_it_works(doubtful)
    doubtful.minutes(65)
    assert doubtful.got("ada") == [1, 2]
    assert doubtful.subscription("ada").claim is None


def test_not_while_an_event_lies_unread(doubtful: World) -> None:
    let_feedback_show_that_it_works(doubtful)
    doubtful.feedback_queue.count = 1
    doubtful.minutes(120)
    assert doubtful.got("ada") == [1]
    doubtful.feedback_queue.count = 0
    doubtful.minutes(15)
    assert doubtful.got("ada") == [1, 2]


def test_not_while_an_event_that_failed_waits_for_its_next_try(doubtful: World) -> None:
    let_feedback_show_that_it_works(doubtful)
    doubtful.minutes(55)
    feedback_health.note_failure(doubtful.table, doubtful.time)
    feedback_health.note_failure(doubtful.table, doubtful.time - HOUR)
    doubtful.minutes(6)
    assert doubtful.got("ada") == [1]
    doubtful.minutes(4)
    assert doubtful.got("ada") == [1, 2]


def test_while_no_later_events_have_come_a_probe_is_sent_and_its_event_decides(doubtful: World) -> None:
    doubtful.minutes(90)
    assert doubtful.got("ada") == [1]
    probes = [mail for mail in doubtful.mailer.accepted if mail.tags["kind"] == "probe"]
    assert [mail.recipient for mail in probes] == ["success@simulator.amazonses.com"] * len(probes) != []
    doubtful.event(probes[-1], "Send")
    doubtful.minutes(15)
    assert doubtful.got("ada") == [1, 2]


def test_a_series_may_rather_hold_than_send_again(doubtful: World) -> None:
    doubtful.series(yaml=SERIES_YAML + "in_doubt: hold\n")
    let_feedback_show_that_it_works(doubtful)
    doubtful.minutes(65)
    assert doubtful.got("ada") == [1]
    assert doubtful.subscription("ada").bookmark == 2
    record = doubtful.table.get(keys.missed("lantern", 2, doubtful.reader("ada")))
    assert record
    assert record["reason"] == "held"
    doubtful.release(3)
    doubtful.minutes(2)
    assert doubtful.got("ada") == [1, 3]


def test_an_event_of_the_first_try_settles_the_claim_of_the_second(doubtful: World) -> None:
    first = lost_letter(doubtful)
    let_feedback_show_that_it_works(doubtful)
    doubtful.mailer.next = [refuse(503, "ServiceUnavailable")]
    doubtful.minutes(65)
    second = lost_letter(doubtful)
    assert second.tags["claim"] != first.tags["claim"]
    doubtful.event(first, "Send")
    assert doubtful.subscription("ada").claim is None
    assert doubtful.subscription("ada").bookmark == 2


def test_an_event_of_an_earlier_epoch_settles_nothing(doubtful: World) -> None:
    letter = lost_letter(doubtful)
    doubtful.leave("ada")
    doubtful.time += HOUR
    doubtful.join("ada", start="first")
    doubtful.event(letter, "Send")
    assert doubtful.subscription("ada").bookmark == 0


@pytest.mark.parametrize("back_first", [True, False])
def test_an_event_settles_it_for_who_has_left_and_takes_that_back(doubtful: World, *, back_first: bool) -> None:
    letter = lost_letter(doubtful)
    doubtful.leave("ada")
    for come_back in (back_first, not back_first):
        if come_back:
            life.undo_leave(doubtful.table, "lantern", doubtful.reader("ada"), doubtful.time)
        else:
            doubtful.event(letter, "Send")
    let_feedback_show_that_it_works(doubtful)
    doubtful.release(3)
    doubtful.minutes(65)
    doubtful.time += DAY
    doubtful.minutes(2)
    assert doubtful.got("ada") == [1, 3]  # the fake SES kept no copy of the second


def test_who_takes_his_leaving_back_gets_it_by_the_policy_if_no_event_comes(doubtful: World) -> None:
    doubtful.leave("ada")
    doubtful.minutes(3)
    assert doubtful.meta()["closed"] == 2  # no send waits for who has left
    life.undo_leave(doubtful.table, "lantern", doubtful.reader("ada"), doubtful.time)
    doubtful.minutes(50)
    assert doubtful.got("ada") == [1]
    let_feedback_show_that_it_works(doubtful)
    doubtful.minutes(15)
    assert doubtful.got("ada") == [1, 2]


def test_the_send_is_not_closed_while_a_letter_is_in_doubt(doubtful: World) -> None:
    doubtful.minutes(30)
    assert doubtful.meta()["closed"] == 1
    doubtful.event(lost_letter(doubtful), "Send")
    doubtful.minutes(2)
    assert doubtful.meta()["closed"] == 2
