"""The post office answers as SES does: limits, refusals, faults and events. No sockets."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.post_office.account import Standing
from local.post_office.answers import Manner
from local.post_office.door import answer_get, answer_post
from local.post_office.faults import Fault
from local.post_office.office import PUBLISHED, PostOffice

ADA, BEN = "ada@example.test", "ben@example.test"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(clock: Clock) -> PostOffice:
    return PostOffice(clock=clock, rate=2, quota=5)


def mail(to: str = ADA, subject: str = "Chapter 1", **changes: Any) -> dict[str, Any]:
    simple = {
        "Subject": {"Data": subject},
        "Body": {"Text": {"Data": "Once."}, "Html": {"Data": "<p>Once.</p>"}},
    }
    body = {
        "FromEmailAddress": "The Lantern Road <story@example.org>",
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": simple | changes.pop("simple", {})},
        "EmailTags": [{"Name": "reader", "Value": "r1"}],
        "ConfigurationSetName": "issues",
    }
    return body | changes


def refusal(office: PostOffice, body: dict[str, Any]) -> tuple[int, str, str]:
    answer = office.accept(body)
    return answer.status, answer.headers["x-amzn-ErrorType"], json.loads(answer.body)["message"]


def kinds(office: PostOffice) -> list[str]:
    return [event["eventType"] for event in office.take_events()]


def test_an_accepted_letter_is_answered_with_its_message_id(office: PostOffice) -> None:
    answer = office.accept(mail())
    assert answer.status == 200
    assert json.loads(answer.body) == {"MessageId": office.letters[0].message_id}


def test_the_rate_counts_recipients_in_the_last_second(office: PostOffice, clock: Clock) -> None:
    office.accept(mail())
    office.accept(mail())
    too_fast = (429, "TooManyRequestsException", "Maximum sending rate exceeded.")
    assert refusal(office, mail()) == too_fast
    clock.advance(milliseconds=999)
    assert refusal(office, mail()) == too_fast
    clock.advance(milliseconds=1)
    assert office.accept(mail()).status == 200


def test_the_quota_rolls_over_24_hours(office: PostOffice, clock: Clock) -> None:
    for _ in range(5):
        office.accept(mail())
        clock.advance(hours=1)
    assert refusal(office, mail()) == (400, "LimitExceededException", "Daily message quota exceeded.")
    clock.advance(hours=19, minutes=1)
    assert office.accept(mail()).status == 200
    assert refusal(office, mail())[1] == "LimitExceededException"


def test_a_refused_letter_uses_no_quota(office: PostOffice) -> None:
    office.accept(mail())
    office.accept(mail())
    office.accept(mail())
    assert json.loads(office.account().body)["SendQuota"] == {
        "Max24HourSend": 5.0,
        "MaxSendRate": 2.0,
        "SentLast24Hours": 2.0,
    }


@pytest.mark.parametrize(
    ("standing", "code", "enabled"),
    [
        (Standing.PAUSED, "SendingPausedException", False),
        (Standing.SUSPENDED, "AccountSuspendedException", False),
        (Standing.MAIL_FROM_NOT_VERIFIED, "MailFromDomainNotVerifiedException", True),
    ],
)
def test_an_account_in_bad_standing_sends_nothing(
    office: PostOffice, standing: Standing, code: str, enabled: bool
) -> None:
    office.stand(standing)
    assert refusal(office, mail())[:2] == (400, code)
    assert json.loads(office.account().body)["SendingEnabled"] is enabled
    office.stand(Standing.HEALTHY)
    assert office.accept(mail()).status == 200


def test_the_account_may_be_asked_once_a_second(office: PostOffice, clock: Clock) -> None:
    assert office.account().status == 200
    too_often = office.account()
    assert (too_often.status, too_often.headers["x-amzn-ErrorType"]) == (429, "TooManyRequestsException")
    clock.advance(seconds=1)
    assert office.account().status == 200


def test_an_account_without_limits_sends_as_it_likes(clock: Clock) -> None:
    office = PostOffice(clock=clock, rate=-1, quota=-1)
    assert {office.accept(mail()).status for _ in range(100)} == {200}
    assert json.loads(office.account().body)["SendQuota"]["Max24HourSend"] == -1


def test_an_unknown_configuration_set_is_not_found(clock: Clock) -> None:
    office = PostOffice(clock=clock, configuration_set="cliffhanger")
    assert refusal(office, mail()) == (404, "NotFoundException", "Configuration set <issues> does not exist.")
    assert office.accept(mail(ConfigurationSetName="cliffhanger")).status == 200


def test_only_the_verified_domain_may_send(clock: Clock) -> None:
    office = PostOffice(clock=clock, domain="example.org")
    assert office.accept(mail()).status == 200
    status, code, message = refusal(office, mail(FromEmailAddress="eve@example.net"))
    assert (status, code) == (400, "MessageRejected")
    assert message.startswith("Email address is not verified.")


def test_a_verified_domain_speaks_for_its_subdomains_and_for_no_lookalike(clock: Clock) -> None:
    office = PostOffice(clock=clock, domain="example.org")
    assert office.accept(mail(FromEmailAddress="eve@stories.example.org")).status == 200
    assert office.accept(mail(FromEmailAddress="eve@badexample.org")).status == 400


def test_a_mail_above_40_mb_as_encoded_is_rejected(office: PostOffice) -> None:
    mebibyte = 1024 * 1024
    assert office.accept(mail(simple={"Body": {"Text": {"Data": "x" * 30 * mebibyte}}})).status == 200
    said = refusal(office, mail(simple={"Body": {"Text": {"Data": "x" * (30 * mebibyte + 1)}}}))
    assert said[:2] == (400, "MessageRejected")


def header(name: str, value: str) -> dict[str, Any]:
    return {"Headers": [{"Name": name, "Value": value}]}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (mail(to="nobody"), "Missing final '@domain'"),
        (mail(to="zoë@example.test"), "Local address contains control or whitespace"),
        (mail(to="ada@exämple.test"), "Domain contains illegal character"),
        (mail(to=""), "Invalid email address ."),
        (mail(to=f"{ADA}, {BEN}"), "Illegal address"),
        (mail(to="Ada <ada@example.test>\r\nBcc: eve@example.net"), "Illegal address"),
        (mail(to="ada..lovelace@example.test"), "Local address contains dot-dot"),
        (mail(to="ada@example..test"), "Domain contains dot-dot"),
        (mail(FromEmailAddress="story"), "Missing final '@domain'"),
        (mail(Destination={"ToAddresses": [ADA] * 51}), "Recipient count must be 1 to 50."),
        (mail(Destination={}), "Recipient count must be 1 to 50."),
        (mail(simple=header("Reply-To", ADA)), "Header name 'Reply-To' is not allowed."),
        (
            mail(simple=header("X-Note", "café")),
            "Header X-Note must have 1 to 995 printable ASCII characters.",
        ),
        (mail(simple=header("X-Note", "a\r\nBcc: eve@example.net")), "Header X-Note must have"),
        (mail(simple=header("X-Note", "a" * 996)), "Header X-Note must have"),
        (mail(simple=header("X-Note", "a" * 991)), "Header X-Note must not be longer than 996 characters."),
        (mail(simple=header("X Note", "a")), "Header name 'X Note' is not allowed."),
        (mail(simple={"Headers": [{"Name": "X", "Value": "1"}] * 16}), "Message must not have more than 15"),
        (mail(simple={"Body": {}}), "Missing required body"),
        (mail(subject="Chapter 1\r\nBcc: eve@example.net"), "Subject must not hold a line break."),
        (mail(EmailTags=[{"Name": "reader id", "Value": "1"}]), "Invalid message tag 'reader id'"),
        (mail(EmailTags=[{"Name": "reader", "Value": "ada@example.test"}]), "Invalid message tag 'reader'"),
        (mail(Content={"Raw": {"Data": ""}}), "This post office takes Simple content only."),
    ],
)
def test_a_bad_request_is_refused_with_the_reason(office: PostOffice, body: dict[str, Any], why: str) -> None:
    status, code, message = refusal(office, body)
    assert (status, code) == (400, "BadRequestException")
    assert message.startswith(why)
    assert office.letters == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (ADA, ["Send", "Delivery"]),
        ("success@simulator.amazonses.com", ["Send", "Delivery"]),
        ("bounce@simulator.amazonses.com", ["Send", "Bounce"]),
        ("bounce+ben@simulator.amazonses.com", ["Send", "Bounce"]),
        ("complaint@simulator.amazonses.com", ["Send", "Delivery", "Complaint"]),
        ("suppressionlist@simulator.amazonses.com", ["Send", "Bounce"]),
        ("ooto@simulator.amazonses.com", ["Send", "Delivery", "Bounce"]),
        ("bounce@example.test", ["Send", "Delivery"]),
    ],
)
def test_the_simulator_addresses_have_their_fates(clock: Clock, address: str, expected: list[str]) -> None:
    office = PostOffice(clock=clock, events=PUBLISHED | {"Delivery"})
    office.accept(mail(to=address))
    clock.advance(seconds=1)
    assert kinds(office) == expected


@pytest.mark.parametrize(
    ("mailbox", "kind"), [("bounce", "Permanent"), ("suppressionlist", "Permanent"), ("ooto", "Transient")]
)
def test_a_bounce_says_whether_it_is_for_good(office: PostOffice, clock: Clock, mailbox: str, kind: str) -> None:
    office.accept(mail(to=f"{mailbox}@simulator.amazonses.com"))
    clock.advance(seconds=1)
    assert office.take_events()[-1]["bounce"]["bounceType"] == kind


def test_an_event_carries_the_letters_tags_back(office: PostOffice) -> None:
    office.accept(mail())
    sent = office.take_events()[0]["mail"]
    assert sent["tags"] == {"ses:configuration-set": ["issues"], "reader": ["r1"]}
    assert sent["messageId"] == office.letters[0].message_id
    assert sent["destination"] == [ADA]
    assert sent["timestamp"] == "2026-03-01T08:00:00.000Z"


@pytest.mark.parametrize(
    ("fault", "status", "manner", "letters"),
    [
        (Fault.HANG, 500, Manner.NEVER, 0),
        (Fault.RESET, 500, Manner.RESET, 0),
        (Fault.ERROR, 500, Manner.SPOKEN, 0),
        (Fault.UNAVAILABLE, 503, Manner.SPOKEN, 0),
        (Fault.ACCEPT_THEN_HANG, 500, Manner.NEVER, 1),
        (Fault.ACCEPT_THEN_RESET, 500, Manner.RESET, 1),
        (Fault.ACCEPT_THEN_ERROR, 500, Manner.SPOKEN, 1),
    ],
)
def test_a_fault_is_had_once(office: PostOffice, fault: Fault, status: int, manner: Manner, letters: int) -> None:
    office.misbehave(fault)
    answer = office.accept(mail())
    assert (answer.status, answer.manner) == (status, manner)
    assert len(office.letters) == letters
    assert kinds(office) == ["Send"] * letters
    assert office.accept(mail()).status == 200


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.THROTTLE, (429, "TooManyRequestsException", "Maximum sending rate exceeded.")),
        (Fault.QUOTA, (400, "LimitExceededException", "Daily message quota exceeded.")),
        (Fault.QUOTA_AS_THROTTLE, (429, "TooManyRequestsException", "Daily message quota exceeded.")),
        (Fault.PAUSED, (400, "SendingPausedException", "Sending is paused for this account.")),
        (Fault.SUSPENDED, (400, "AccountSuspendedException", "Your account has been suspended.")),
        (Fault.MAIL_FROM, (400, "MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified.")),
        (Fault.MESSAGE_REJECTED, (400, "MessageRejected", "Message failed validation.")),
        (Fault.BAD_REQUEST, (400, "BadRequestException", "Bad request.")),
        (Fault.NO_CONFIGURATION_SET, (404, "NotFoundException", "Configuration set <ordered> does not exist.")),
        (Fault.ERROR, (500, "InternalServiceErrorException", "Internal failure.")),
    ],
)
def test_every_error_of_ses_can_be_ordered(office: PostOffice, fault: Fault, said: tuple[int, str, str]) -> None:
    office.misbehave(fault)
    assert refusal(office, mail()) == said
    assert office.slips == []


def test_a_fault_can_be_had_later(office: PostOffice) -> None:
    office.misbehave(Fault.ERROR, after=1)
    assert [office.accept(mail()).status for _ in range(3)] == [200, 500, 200]


def test_a_fault_can_be_meant_for_one_address(office: PostOffice) -> None:
    office.misbehave(Fault.THROTTLE, to=BEN)
    assert office.accept(mail(to=ADA)).status == 200
    assert office.accept(mail(to=BEN)).status == 429


def test_events_are_lost_or_doubled_on_demand(office: PostOffice) -> None:
    office.misbehave(Fault.LOSE_EVENTS)
    office.accept(mail())
    assert kinds(office) == []
    office.misbehave(Fault.DOUBLE_EVENTS)
    office.accept(mail())
    assert kinds(office) == ["Send", "Send"]


def test_faults_add_up(office: PostOffice) -> None:
    office.misbehave(Fault.ACCEPT_THEN_HANG)
    office.misbehave(Fault.LOSE_EVENTS)
    assert office.accept(mail()).manner is Manner.NEVER
    assert (len(office.letters), kinds(office)) == (1, [])


def issue(position: int) -> list[dict[str, str]]:
    tags = {"kind": "issue", "series": "lantern", "position": str(position), "epoch": "1"}
    return [{"Name": name, "Value": value} for name, value in tags.items()]


@pytest.mark.parametrize("keep_letters", [True, False])
def test_copies_are_counted_per_reader_and_issue(clock: Clock, keep_letters: bool) -> None:
    office = PostOffice(clock=clock, keep_letters=keep_letters)
    for reader in (ADA, BEN, f"Ada <{ADA}>"):
        office.accept(mail(to=reader, EmailTags=issue(1)))
    office.accept(mail(to=ADA, EmailTags=issue(2)))
    office.accept(mail(to=ADA, EmailTags=[{"Name": "letter", "Value": "x"}]))
    assert office.copies() == {(ADA, "lantern", 1): 2, (BEN, "lantern", 1): 1, (ADA, "lantern", 2): 1}
    assert len(office.letters) == (5 if keep_letters else 0)


def test_a_slip_says_whether_anybody_hears_of_the_letter(office: PostOffice, clock: Clock) -> None:
    office.misbehave(Fault.LOSE_EVENTS)
    office.accept(mail(EmailTags=issue(1)))
    office.accept(mail(to=BEN, EmailTags=issue(1)))
    at = int(clock.now.timestamp() * 1000)
    assert office.slips == [(ADA, "lantern", 1, 1, at, False), (BEN, "lantern", 1, 1, at, True)]


def test_the_door_knows_ses_paths_and_nothing_else(office: PostOffice) -> None:
    assert answer_post(office, "/v2/email/outbound-emails", json.dumps(mail()).encode()).status == 200
    assert answer_get(office, "/v2/email/account").status == 200
    assert answer_post(office, "/v2/email/outbound-bulk-emails", b"{}").status == 404
    assert answer_get(office, "/letters/2.html").status == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"Content": {"Simple": {"Subject": {}}}}'])
def test_the_door_answers_nonsense_politely(office: PostOffice, body: bytes) -> None:
    assert answer_post(office, "/v2/email/outbound-emails", body).status == 400
