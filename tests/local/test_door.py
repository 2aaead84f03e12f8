"""The post office's door as the service meets it: our own adapters over HTTP, and what they make of each answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3
import pytest
from botocore.config import Config
from tests.support.aws import REGION

from cliffhanger.adapters import aws
from cliffhanger.adapters.ses import SesAccounts, SesMailer
from cliffhanger.ports import Account, Mail, MailError
from local.post_office.door import Door
from local.post_office.fates import Fate, Fates
from local.post_office.faults import Fault
from local.post_office.mischief import Latency
from local.post_office.office import PostOffice

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

ADA = "ada@example.org"
MAIL = Mail(
    sender='"The Lantern Road" <lantern@stories.example.org>',
    recipient=ADA,
    subject="Chapter 1: Über den Fluß",
    html="<p>The lamp burned low.</p>",
    text="The lamp burned low.\n",
    headers={"List-Id": "<lantern.stories.example.org>"},
    tags={"kind": "issue", "series": "lantern", "position": "1", "epoch": "1"},
)
IMPATIENT = aws.ONE_ATTEMPT.merge(Config(read_timeout=0.3))


def a_client(url: str) -> SESV2Client:
    return boto3.client(
        "sesv2",
        region_name=REGION,
        endpoint_url=url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=IMPATIENT,
    )


@pytest.fixture
def office() -> PostOffice:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return PostOffice(clock=lambda: noon, rate=14, quota=200, configuration_set="cliffhanger")


@pytest.fixture
def url(office: PostOffice) -> Iterator[str]:
    with closing(Door(office)) as door:
        door.open()
        yield door.url


@pytest.fixture
def client(url: str) -> Iterator[SESV2Client]:
    with closing(a_client(url)) as client:
        yield client


@pytest.fixture
def mailer(client: SESV2Client) -> SesMailer:
    return SesMailer(client, "cliffhanger")


def test_a_mail_of_ours_is_accepted_as_it_was_meant(office: PostOffice, mailer: SesMailer) -> None:
    mailer.send(MAIL)
    request = office.letters[0].request
    assert (request.subject, request.html, request.text) == (MAIL.subject, MAIL.html, MAIL.text)
    assert dict(request.headers) == MAIL.headers
    assert office.copies() == {(ADA, "lantern", 1): 1}


def test_the_account_tells_its_limits(client: SESV2Client, mailer: SesMailer) -> None:
    mailer.send(MAIL)
    assert SesAccounts(client).account() == Account(enabled=True, max_rate=14, max_24h=200, sent_24h=1)


@pytest.mark.parametrize(
    ("fault", "status", "code", "message", "sent"),
    [
        (Fault.THROTTLE, 429, "TooManyRequestsException", "Maximum sending rate exceeded.", 0),
        (Fault.QUOTA, 400, "LimitExceededException", "Daily message quota exceeded.", 0),
        (Fault.PAUSED, 400, "SendingPausedException", "Sending is paused for this account.", 0),
        (Fault.SUSPENDED, 400, "AccountSuspendedException", "Your account has been suspended.", 0),
        (Fault.MAIL_FROM, 400, "MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified.", 0),
        (Fault.MESSAGE_REJECTED, 400, "MessageRejected", "Message failed validation.", 0),
        (Fault.BAD_REQUEST, 400, "BadRequestException", "Bad request.", 0),
        (Fault.NO_CONFIGURATION_SET, 404, "NotFoundException", "Configuration set <ordered> does not exist.", 0),
        (Fault.ERROR, 500, "InternalServiceErrorException", "Internal failure.", 0),
        (Fault.ACCEPT_THEN_ERROR, 500, "InternalServiceErrorException", "Internal failure.", 1),
        (Fault.HANG, None, "NoAnswer", "", 0),
        (Fault.RESET, None, "NoAnswer", "", 0),
        (Fault.ACCEPT_THEN_HANG, None, "NoAnswer", "", 1),
        (Fault.ACCEPT_THEN_RESET, None, "NoAnswer", "", 1),
    ],
)
def test_each_fault_reaches_us_once_and_as_itself(
    office: PostOffice, mailer: SesMailer, fault: Fault, status: int | None, code: str, message: str, sent: int
) -> None:
    office.misbehave(fault)
    with pytest.raises(MailError) as caught:
        mailer.send(MAIL)
    assert (caught.value.status, caught.value.code, caught.value.message) == (status, code, message)
    assert len(office.slips) == sent
    assert office.ordered == 0
    mailer.send(MAIL)
    assert len(office.slips) == sent + 1


def test_what_stands_before_ses_may_say_anything(office: PostOffice, mailer: SesMailer) -> None:
    office.misbehave(Fault.UNAVAILABLE)
    with pytest.raises(MailError) as caught:
        mailer.send(MAIL)
    assert caught.value.status == 503


def test_a_sender_who_does_not_wait_for_a_slow_answer_has_sent_all_the_same(
    office: PostOffice, mailer: SesMailer
) -> None:
    office.latency = Latency(3600)
    with pytest.raises(MailError, match="NoAnswer"):
        mailer.send(MAIL)
    assert len(office.slips) == 1


@pytest.mark.parametrize("address", [ADA, "ada+lamps&more%40@example.org"])
def test_an_address_that_bounced_gets_nothing_until_we_take_it_off_the_list(address: str) -> None:
    seconds = count()
    office = PostOffice(clock=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=next(seconds)))
    with closing(Door(office)) as door:
        door.open()
        with closing(a_client(door.url)) as client:
            mailer, mail = SesMailer(client, "cliffhanger"), replace(MAIL, recipient=address)
            office.fates = Fates(of={address: Fate.HARD_BOUNCE})
            mailer.send(mail)
            office.fates = Fates()
            mailer.send(mail)
            assert len(office.letters_to(address)) == 1
            mailer.forget(address)
            mailer.send(mail)
            assert len(office.letters_to(address)) == 2


def test_an_address_that_is_not_on_the_list_is_no_trouble_to_us(mailer: SesMailer) -> None:
    mailer.forget(ADA)


def test_the_door_says_of_an_address_what_ses_says(url: str) -> None:
    asked = Request(f"{url}/v2/email/suppression/addresses/ada%40example.org", method="DELETE")
    with pytest.raises(HTTPError) as caught:
        urlopen(asked, timeout=5)
    with closing(caught.value) as said:
        assert (said.code, said.headers["x-amzn-ErrorType"]) == (404, "NotFoundException")
        assert json.load(said) == {"message": "Email address ada@example.org does not exist on your suppression list."}
