"""Events go astray at given rates, letters meet given fates, answers take their time. Every run has a seed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.unit.local.test_post_office import ADA, BEN, Clock, mail

from local.post_office.events import Event
from local.post_office.fates import Fate, Fates
from local.post_office.mischief import Latency, Mischief
from local.post_office.office import PostOffice

LETTERS = 1_000
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(clock: Clock) -> PostOffice:
    return PostOffice(clock=clock, rate=-1, quota=-1, keep_letters=False)


def send(office: PostOffice, letters: int = LETTERS, **changes: Any) -> None:
    for n in range(letters):
        assert office.accept(mail(to=f"reader-{n}@example.test", **changes)).status == 200


def heard(event: Event) -> tuple[str, str]:
    return event["eventType"], event["mail"]["destination"][0]


def test_an_undisturbed_post_office_tells_of_every_letter_once_in_order(office: PostOffice) -> None:
    send(office)
    readers = [heard(event)[1] for event in office.take_events()]
    assert readers == [f"reader-{n}@example.test" for n in range(LETTERS)]


def test_a_share_of_the_events_is_lost_and_the_slips_know_whose(office: PostOffice) -> None:
    office.mischief = Mischief(Random(1), lost=0.1)
    send(office)
    told = {slip.reader for slip in office.slips if slip.told}
    assert {heard(event)[1] for event in office.take_events()} == told
    assert 60 < LETTERS - len(told) < 140


def test_a_share_of_the_events_comes_twice(office: PostOffice) -> None:
    office.mischief = Mischief(Random(1), doubled=0.1)
    send(office)
    copies = Counter(heard(event) for event in office.take_events())
    assert set(copies.values()) == {1, 2}
    assert 60 < copies.total() - LETTERS < 140


def test_late_events_come_when_their_time_has_come(office: PostOffice, clock: Clock) -> None:
    office.mischief = Mischief(Random(1), late=(0.2, 2 * HOUR))
    send(office)
    in_time = len(office.take_events())
    assert 740 < in_time < 860
    after_an_hour = len(office.take_events(clock.now + HOUR))
    assert 0 < after_an_hour < LETTERS - in_time
    assert len(office.take_events(clock.now + 2 * HOUR)) == LETTERS - in_time - after_an_hour
    assert office.next_event_at is None


def test_unordered_events_come_all_and_in_another_order(office: PostOffice, clock: Clock) -> None:
    office.mischief = Mischief(Random(1), unordered=True)
    send(office)
    clock.advance(seconds=10)
    readers = [heard(event)[1] for event in office.take_events()]
    assert sorted(readers) == sorted(slip.reader for slip in office.slips)
    assert readers != [slip.reader for slip in office.slips]


def test_in_a_silence_every_event_is_lost(office: PostOffice, clock: Clock) -> None:
    office.mischief = Mischief(silences=((clock.now + HOUR, clock.now + 2 * HOUR),))
    accepted: list[tuple[datetime, bool]] = []
    for _ in range(3):
        send(office, 1)
        accepted.append((clock.now, bool(office.take_events())))
        clock.advance(hours=1)
    assert [told for _, told in accepted] == [True, False, True]


def test_the_same_seed_tells_the_same_story(clock: Clock) -> None:
    def story(seed: int) -> list[tuple[str, str]]:
        office = PostOffice(clock=clock, rate=-1, quota=-1)
        office.mischief = Mischief(Random(seed), lost=0.1, doubled=0.1, late=(0.1, HOUR), unordered=True)
        office.fates = Fates(rates={Fate.HARD_BOUNCE: 0.1}, random=Random(seed))
        send(office, 100)
        return [heard(event) for event in office.take_events(clock.now + 2 * HOUR)]

    assert story(1) == story(1)
    assert story(1) != story(2)


@pytest.mark.parametrize(
    ("fate", "kinds", "detail"),
    [
        (Fate.DELIVERED, ["Send"], {}),
        (Fate.HARD_BOUNCE, ["Send", "Bounce"], {"bounceType": "Permanent", "bounceSubType": "General"}),
        (Fate.SUPPRESSED, ["Send", "Bounce"], {"bounceType": "Permanent", "bounceSubType": "Suppressed"}),
        (Fate.SOFT_BOUNCE, ["Send", "Bounce"], {"bounceType": "Transient", "bounceSubType": "MailboxFull"}),
        (Fate.OUT_OF_OFFICE, ["Send", "Bounce"], {"bounceType": "Transient"}),
        (Fate.COMPLAINT, ["Send", "Complaint"], {"complaintFeedbackType": "abuse"}),
        (Fate.NOT_SPAM, ["Send", "Complaint"], {"complaintFeedbackType": "not-spam"}),
        (Fate.REJECTED, ["Send", "Reject"], {"reason": "Bad content"}),
    ],
)
def test_any_address_can_be_given_a_fate(
    office: PostOffice, clock: Clock, fate: Fate, kinds: list[str], detail: dict[str, str]
) -> None:
    office.fates = Fates(of={BEN: fate})
    office.accept(mail(to=f"Ben <{BEN}>"))
    clock.advance(seconds=1)
    events = office.take_events()
    assert [event["eventType"] for event in events] == kinds
    assert (
        detail.items()
        <= (events[-1].get("bounce") or events[-1].get("complaint") or events[-1].get("reject") or {}).items()
    )
    office.accept(mail(to=ADA))
    clock.advance(seconds=1)
    assert [heard(event) for event in office.take_events()] == [("Send", ADA)]


def test_fates_come_at_their_rates(office: PostOffice, clock: Clock) -> None:
    office.fates = Fates(rates={Fate.HARD_BOUNCE: 0.1, Fate.COMPLAINT: 0.05}, random=Random(1))
    send(office)
    clock.advance(seconds=1)
    kinds = Counter(event["eventType"] for event in office.take_events())
    assert 60 < kinds["Bounce"] < 140
    assert 20 < kinds["Complaint"] < 80
    assert kinds["Send"] == LETTERS


def test_a_bounce_comes_after_the_letter_was_sent(office: PostOffice, clock: Clock) -> None:
    office.fates = Fates(of={ADA: Fate.HARD_BOUNCE})
    office.accept(mail())
    assert [heard(event)[0] for event in office.take_events()] == ["Send"]
    clock.advance(milliseconds=500)
    assert [heard(event)[0] for event in office.take_events()] == ["Bounce"]


def test_latency_is_drawn_between_its_bounds() -> None:
    drawn = [Latency(0.06, 0.02, Random(1)).draw() for _ in range(3)]
    assert all(0.06 <= seconds <= 0.08 for seconds in drawn)
