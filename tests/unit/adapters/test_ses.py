"""What SES's answers, and their absence, become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.parsers import ResponseParserError
from botocore.stub import Stubber
from tests.support.aws import REGION

from cliffhanger.adapters import aws
from cliffhanger.adapters.ses import SesAccounts, SesMailer
from cliffhanger.errors import StoreBusy
from cliffhanger.ports import Account, Mail, MailError

URL = "https://email.example"
MAIL = Mail(
    sender='"The Lantern Road" <lantern@stories.example.org>',
    recipient="ada@example.org",
    subject="Chapter 1: Über den Fluß",
    html="<p>The lamp burned low.</p>",
    text="The lamp burned low.\n",
    headers={"List-Id": "<lantern.stories.example.org>"},
    tags={"kind": "issue", "position": "1"},
)


@pytest.fixture
def ses() -> Iterator[Stubber]:
    client = boto3.client(
        "sesv2",
        region_name=REGION,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=aws.ONE_ATTEMPT,
    )
    with Stubber(client) as stubber:
        yield stubber


class Failing:
    """A client that fails before, or instead of, an answer."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def send_email(self, **_: Any) -> None:
        raise self._error


def refusal(client: Any, mail: Mail = MAIL) -> MailError:
    with pytest.raises(MailError) as caught:
        SesMailer(client, "cliffhanger").send(mail)
    assert "ada@example.org" not in str(caught.value)
    return caught.value


def test_a_mail_goes_out_with_its_headers_tags_both_parts_and_where_answers_go(ses: Stubber) -> None:
    expected = {
        "FromEmailAddress": MAIL.sender,
        "Destination": {"ToAddresses": ["ada@example.org"]},
        "ConfigurationSetName": "cliffhanger",
        "EmailTags": [{"Name": "kind", "Value": "issue"}, {"Name": "position", "Value": "1"}],
        "Content": {
            "Simple": {
                "Subject": {"Data": MAIL.subject, "Charset": "UTF-8"},
                "Body": {
                    "Html": {"Data": MAIL.html, "Charset": "UTF-8"},
                    "Text": {"Data": MAIL.text, "Charset": "UTF-8"},
                },
                "Headers": [{"Name": "List-Id", "Value": "<lantern.stories.example.org>"}],
            }
        },
    }
    ses.add_response("send_email", {"MessageId": "1"}, expected)
    SesMailer(ses.client, "cliffhanger").send(MAIL)
    ses.add_response("send_email", {"MessageId": "2"}, expected | {"ReplyToAddresses": ["reply@in.example.org"]})
    SesMailer(ses.client, "cliffhanger").send(replace(MAIL, reply_to="reply@in.example.org"))
    ses.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("status", "code", "message"),
    [
        (429, "TooManyRequestsException", "Maximum sending rate exceeded."),
        (400, "LimitExceededException", "Daily message quota exceeded."),
        (400, "MessageRejected", "Email address is not verified."),
        (400, "SendingPausedException", "Email sending is disabled."),
        (403, "AccessDeniedException", ""),
        (503, "ServiceUnavailable", ""),
    ],
)
def test_a_refusal_keeps_its_status_code_and_message(ses: Stubber, status: int, code: str, message: str) -> None:
    ses.add_client_error("send_email", code, message, status)
    said = refusal(ses.client)
    assert (said.status, said.code, said.message) == (status, code, message)


@pytest.mark.parametrize(
    "error",
    [
        ReadTimeoutError(endpoint_url=URL),
        ConnectionClosedError(endpoint_url=URL),
        SSLError(endpoint_url=URL, error=OSError("bad record")),
        HTTPClientError(error=OSError("reset")),
        ResponseParserError("no JSON"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_where_ses_may_have_the_mail_nobody_knows(error: Exception) -> None:
    said = refusal(Failing(error))
    assert (said.status, said.code) == (None, "NoAnswer")


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url=URL),
        ConnectTimeoutError(endpoint_url=URL),
        ProxyConnectionError(proxy_url=URL),
        NoCredentialsError(),
        PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY"),
        CredentialRetrievalError(provider="container", error_msg="none"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_fails_before_the_mail_has_left_was_not_sent(error: Exception) -> None:
    said = refusal(Failing(error))
    assert (said.status, said.code) == (None, "NoConnection")


def test_a_mail_that_botocore_will_not_write_is_a_bad_request() -> None:
    said = refusal(Failing(ParamValidationError(report="ada@example.org is no address")))
    assert (said.status, said.code) == (400, "BadRequestException")


def test_the_account_tells_its_rate_and_its_quota(ses: Stubber) -> None:
    quota = {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 120.0}
    ses.add_response("get_account", {"SendingEnabled": True, "SendQuota": quota}, {})
    assert SesAccounts(ses.client).account() == Account(enabled=True, max_rate=14, max_24h=50_000, sent_24h=120)


def test_an_address_is_taken_off_the_list_of_ses_whether_it_is_on_it_or_not(ses: Stubber) -> None:
    asked = {"EmailAddress": "ada@example.org"}
    ses.add_response("delete_suppressed_destination", {}, asked)
    ses.add_client_error("delete_suppressed_destination", "NotFoundException", http_status_code=404)
    mailer = SesMailer(ses.client, "cliffhanger")
    mailer.forget("ada@example.org")
    mailer.forget("ada@example.org")
    ses.assert_no_pending_responses()


def test_a_list_that_can_not_be_asked_is_no_yes(ses: Stubber) -> None:
    ses.add_client_error("delete_suppressed_destination", "TooManyRequestsException", http_status_code=429)
    with pytest.raises(StoreBusy):
        SesMailer(ses.client, "cliffhanger").forget("ada@example.org")
