"""What AWS's failures become, and that nothing which a request held is told further."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)
from botocore.stub import Stubber
from tests.support.aws import REGION

from cliffhanger.adapters import secrets
from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.adapters.failures import told_clearly
from cliffhanger.adapters.s3 import S3Content, S3Manuscripts
from cliffhanger.adapters.ses import SesAccounts
from cliffhanger.adapters.sqs import SqsFeedbackQueue, SqsHints
from cliffhanger.errors import CliffhangerError, ConditionFailed, StoreBusy
from cliffhanger.ports import ABSENT, Key, Table

ADA = Key("SERIES#lantern#00", "READER#ada")
SECRET = "ada@example.org must not be told"
URL = "https://aws.example"


def _hints(client: Any) -> SqsHints:
    return SqsHints(client, issues_url=URL, letters_url=URL)


def _feedback(client: Any) -> SqsFeedbackQueue:
    return SqsFeedbackQueue(lambda: client, url=URL, dlq_url=URL)


CALLS: dict[str, tuple[str, str, Callable[[Any], object]]] = {
    "get": ("dynamodb", "get_item", lambda client: DynamoTable(client, "table").get(ADA)),
    "put": ("dynamodb", "put_item", lambda client: DynamoTable(client, "table").put(ADA, {})),
    "update": ("dynamodb", "update_item", lambda client: DynamoTable(client, "table").update(ADA, set={"n": 1})),
    "query": ("dynamodb", "query", lambda client: list(DynamoTable(client, "table").query("SERIES#lantern#00"))),
    "due": ("dynamodb", "query", lambda client: list(DynamoTable(client, "table").due("DUE#00", until=1))),
    "content": ("s3", "get_object", lambda client: S3Content(client, "content").get("issue")),
    "lay down": ("s3", "put_object", lambda client: S3Content(client, "content").put("issue", b"")),
    "manuscript": ("s3", "get_object", lambda client: S3Manuscripts(client, "files", largest=9).current("1.md")),
    "hints": ("sqs", "send_message_batch", lambda client: _hints(client).issues([{"letter": "l"}])),
    "hint": ("sqs", "send_message", lambda client: _hints(client).letter("l")),
    "waiting": ("sqs", "get_queue_attributes", lambda client: _hints(client).waiting()),
    "unread": ("sqs", "get_queue_attributes", lambda client: _feedback(client).unread()),
    "keys": ("secretsmanager", "get_secret_value", lambda client: secrets.keys(client, "keys")),
    "account": ("sesv2", "get_account", lambda client: SesAccounts(client).account()),
}


@pytest.fixture(params=CALLS)
def call(request: pytest.FixtureRequest) -> Iterator[tuple[Stubber, str, Callable[[], object]]]:
    """Each call that an adapter makes: its stub, its operation, the call."""
    service, operation, ask = CALLS[request.param]
    client: Any = boto3.client(  # type: ignore[call-overload]
        service, region_name=REGION, aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    with Stubber(client) as stubber:
        yield stubber, operation, lambda: ask(client)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "ProvisionedThroughputExceededException"),
        (400, "ThrottlingException"),
        (400, "RequestLimitExceeded"),
        (403, "RequestThrottled"),
        (503, "SlowDown"),
        (500, "InternalServerError"),
        (503, "ServiceUnavailable"),
    ],
)
def test_what_is_throttled_or_broken_is_busy(
    call: tuple[Stubber, str, Callable[[], object]], status: int, code: str
) -> None:
    stubber, operation, ask = call
    stubber.add_client_error(operation, code, SECRET, status)
    why = rf"can't answer now \({operation.title().replace('_', '')}: {code}\)"
    with pytest.raises(StoreBusy, match=why) as caught:
        ask()
    assert not caught.value.permanent
    told_nothing(caught.value)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException", "ResourceNotFoundException"])
def test_a_refusal_names_the_operation_and_the_code(call: tuple[Stubber, str, Callable[[], object]], code: str) -> None:
    stubber, operation, ask = call
    stubber.add_client_error(operation, code, SECRET, 400)
    with pytest.raises(CliffhangerError, match=f"refused {operation.title().replace('_', '')}: {code}") as caught:
        ask()
    assert not isinstance(caught.value, StoreBusy)
    told_nothing(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        ReadTimeoutError(endpoint_url=SECRET),
        ConnectTimeoutError(endpoint_url=SECRET),
        EndpointConnectionError(endpoint_url=SECRET),
        ConnectionClosedError(endpoint_url=SECRET),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_store_that_cannot_be_reached_is_busy(error: Exception) -> None:
    why = rf"S3 can't answer now \({type(error).__name__}\)"
    with pytest.raises(StoreBusy, match=why) as caught, told_clearly("S3"):
        raise error
    told_nothing(caught.value)


def test_without_credentials_nothing_was_asked() -> None:
    with pytest.raises(CliffhangerError, match="SQS was not asked: NoCredentialsError"), told_clearly("SQS"):
        raise NoCredentialsError


def test_a_malformed_request_is_a_defect_and_passes() -> None:
    with pytest.raises(ParamValidationError), told_clearly("SQS"):
        raise ParamValidationError(report="Missing required parameter")


@pytest.mark.parametrize(
    ("operation", "write"),
    [
        ("put_item", lambda table: table.put(ADA, {}, when={"pk": ABSENT})),
        ("update_item", lambda table: table.update(ADA, set={"n": 1}, when={"pk": ABSENT})),
    ],
    ids=["put", "update"],
)
def test_a_condition_that_does_not_hold_is_no_refusal(operation: str, write: Callable[[Table], object]) -> None:
    client = boto3.client("dynamodb", region_name=REGION, aws_access_key_id="t", aws_secret_access_key="t")
    with Stubber(client) as stubber:
        stubber.add_client_error(operation, "ConditionalCheckFailedException", http_status_code=400)
        with pytest.raises(ConditionFailed):
            write(DynamoTable(client, "table"))


def told_nothing(error: CliffhangerError) -> None:
    """Neither the message nor a trace that ends in it holds AWS's words."""
    assert SECRET not in str(error)
    assert error.__suppress_context__
