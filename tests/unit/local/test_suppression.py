"""The account's suppression list: who gets on it, what he gets then, and how he comes off it. No sockets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.local.test_post_office import ADA, BEN, Clock, issue, mail

from local.post_office.door import answer_delete
from local.post_office.fates import Fate, Fates
from local.post_office.mischief import Mischief
from local.post_office.office import PostOffice

ON_THE_LIST = "OnAccountSuppressionList"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(clock: Clock) -> PostOffice:
    return PostOffice(clock=clock, rate=-1, quota=5)


def meet(office: PostOffice, clock: Clock, fate: Fate, address: str = ADA) -> None:
    """One letter with that fate; the next will be delivered, if SES sends it."""
    office.fates = Fates(of={address: fate})
    office.accept(mail(to=address, EmailTags=issue(1)))
    office.fates = Fates()
    clock.advance(seconds=1)
    office.take_events()


def events(office: PostOffice, clock: Clock, address: str = ADA) -> list[dict[str, Any]]:
    """What SES tells of the next letter."""
    assert office.accept(mail(to=address, EmailTags=issue(2))).status == 200
    clock.advance(seconds=1)
    return office.take_events()


def gets_letters(office: PostOffice, clock: Clock, address: str = ADA) -> bool:
    before = len(office.letters)
    events(office, clock, address)
    return len(office.letters) > before


def test_a_letter_to_who_bounced_is_accepted_and_comes_back_as_one_on_the_list(
    office: PostOffice, clock: Clock
) -> None:
    meet(office, clock, Fate.HARD_BOUNCE)
    sent, came_back = events(office, clock)
    assert (sent["eventType"], came_back["eventType"]) == ("Send", "Bounce")
    assert came_back["mail"]["messageId"] == sent["mail"]["messageId"]
    bounce = came_back["bounce"]
    assert (bounce["bounceType"], bounce["bounceSubType"]) == ("Permanent", ON_THE_LIST)
    assert [recipient["emailAddress"] for recipient in bounce["bouncedRecipients"]] == [ADA]


def test_a_letter_to_who_complained_comes_back_as_a_complaint_that_nobody_reported(
    office: PostOffice, clock: Clock
) -> None:
    meet(office, clock, Fate.COMPLAINT)
    sent, came_back = events(office, clock)
    assert (sent["eventType"], came_back["eventType"]) == ("Send", "Complaint")
    assert came_back["complaint"]["complaintSubType"] == ON_THE_LIST
    assert "complaintFeedbackType" not in came_back["complaint"]


def test_no_copy_of_it_reaches_anybody(clock: Clock) -> None:
    kept: list[object] = []
    office = PostOffice(clock=clock, keep=kept.append)
    meet(office, clock, Fate.HARD_BOUNCE)
    events(office, clock)
    assert len(kept) == len(office.letters_to(ADA)) == len(office.slips) == 1
    assert office.copies() == {(ADA, "lantern", 1): 1}


def test_it_has_a_message_id_of_its_own_and_the_next_letter_the_next_number(office: PostOffice, clock: Clock) -> None:
    meet(office, clock, Fate.HARD_BOUNCE)
    answers = [office.accept(mail(to=address)) for address in (ADA, BEN)]
    assert len({answer.body for answer in answers}) == 2
    assert [letter.number for letter in office.letters] == [1, 2]


def test_it_counts_toward_the_quota(office: PostOffice, clock: Clock) -> None:
    meet(office, clock, Fate.HARD_BOUNCE)
    events(office, clock)
    assert json.loads(office.account().body)["SendQuota"]["SentLast24Hours"] == 2


@pytest.mark.parametrize(
    ("fate", "gets"),
    [
        (Fate.DELIVERED, True),
        (Fate.HARD_BOUNCE, False),
        (Fate.SUPPRESSED, True),
        (Fate.SOFT_BOUNCE, True),
        (Fate.OUT_OF_OFFICE, True),
        (Fate.COMPLAINT, False),
        (Fate.NOT_SPAM, True),
        (Fate.REJECTED, True),
    ],
)
def test_a_hard_bounce_and_a_complaint_put_an_address_on_the_list(
    office: PostOffice, clock: Clock, fate: Fate, *, gets: bool
) -> None:
    meet(office, clock, fate)
    assert gets_letters(office, clock) is gets


@pytest.mark.parametrize("mailbox", ["bounce", "bounce+ben", "complaint", "suppressionlist"])
def test_the_simulators_addresses_are_never_put_on_it(office: PostOffice, clock: Clock, mailbox: str) -> None:
    address = f"{mailbox}@simulator.amazonses.com"
    first, second = (events(office, clock, address)[-1] for _ in range(2))
    for kind in ("bounce", "complaint"):
        assert (first.get(kind) or {}).keys() == (second.get(kind) or {}).keys()
        assert ON_THE_LIST not in (second.get(kind) or {}).values()
    assert answer_delete(office, f"/v2/email/suppression/addresses/{address}").status == 404


def test_an_address_is_on_the_list_when_ses_has_seen_the_bounce(office: PostOffice, clock: Clock) -> None:
    office.fates = Fates(of={ADA: Fate.HARD_BOUNCE})
    office.accept(mail())
    assert office.forget(ADA).status == 404
    office.accept(mail())
    clock.advance(milliseconds=500)
    office.accept(mail())
    assert len(office.letters) == 2


def test_it_is_on_the_list_though_nobody_heard_of_the_bounce(office: PostOffice, clock: Clock) -> None:
    office.fates = Fates(of={ADA: Fate.HARD_BOUNCE})
    office.mischief = Mischief(lost=1.0)
    office.accept(mail())
    clock.advance(seconds=1)
    assert not gets_letters(office, clock)


def test_who_is_taken_off_the_list_gets_letters_again_and_may_bounce_again(office: PostOffice, clock: Clock) -> None:
    for _ in range(2):
        meet(office, clock, Fate.HARD_BOUNCE)
        assert not gets_letters(office, clock)
        answer = office.forget(ADA)
        assert (answer.status, json.loads(answer.body)) == (200, {})
        assert office.forget(ADA).status == 404
    assert gets_letters(office, clock)


def test_no_spelling_of_it_gets_letters_and_the_one_on_the_list_takes_it_off(office: PostOffice, clock: Clock) -> None:
    meet(office, clock, Fate.HARD_BOUNCE, "Ada@Example.test")
    for spelling in ("Ada@example.test", "ada@example.test", "ADA@EXAMPLE.TEST"):
        assert not gets_letters(office, clock, f"Ada <{spelling}>")
    assert office.forget("ada@example.test").status == 404
    assert office.forget("Ada@example.TEST").status == 200
    assert gets_letters(office, clock, "ada@example.test")


def test_others_who_are_written_to_in_the_same_letter_have_their_own_fates(office: PostOffice, clock: Clock) -> None:
    meet(office, clock, Fate.HARD_BOUNCE, BEN)
    office.accept(mail(Destination={"ToAddresses": [ADA, BEN]}))
    clock.advance(seconds=1)
    assert [event["eventType"] for event in office.take_events()] == ["Send", "Bounce"]
    assert len(office.letters_to(ADA)) == 1


@pytest.mark.parametrize("path", ["/v2/email/suppression/addresses/", "/v2/email/suppression/addresses", "/"])
def test_where_no_address_is_named_there_is_nothing(office: PostOffice, path: str) -> None:
    assert answer_delete(office, path).status == 404
