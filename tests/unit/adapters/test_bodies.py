"""What becomes of the bodies of AWS's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError
from tests.support.aws import CREDENTIALS

from cliffhanger.adapters import aws

ITEM = {
    "name": {"S": "Mara Ünger"},
    "count": {"N": "17"},
    "on": {"BOOL": True},
    "claim": {"M": {"id": {"S": "a1"}, "at": {"N": "0"}}},
    "owed": {"NS": ["1", "2"]},
    "words": {"L": [{"S": ""}]},
}


class Body:
    """As urllib3 hands it over: to be read once."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def stream(self) -> Iterator[bytes]:
        yield self._data


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


def answered(client: Any, status: int, body: bytes) -> Any:
    """The client, whose next calls are all answered so."""

    def answer(**_: object) -> AWSResponse:
        return AWSResponse("https://aws.example", status, {"x-amzn-RequestId": "request-1"}, Body(body))

    client.meta.events.register_first("before-send", answer)
    return client


@pytest.fixture
def dynamodb() -> Any:
    return aws._client("dynamodb", aws.ONE_ATTEMPT)


def get(client: Any) -> Any:
    return client.get_item(TableName="cliffhanger", Key={"pk": {"S": "META"}})


def test_an_item_is_as_the_table_tells_it(dynamodb: Any) -> None:
    answer = get(answered(dynamodb, 200, json.dumps({"Item": ITEM}, ensure_ascii=False).encode()))
    assert answer["Item"] == ITEM
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["ResponseMetadata"]["RequestId"] == "request-1"


def test_nobody_goes_over_it_for_dates_and_bytes(dynamodb: Any) -> None:
    """If this fails, botocore has changed, and each letter costs more: see `make bench`."""
    told = {"Item": {"picture": {"B": "AAEC"}}}
    assert get(answered(dynamodb, 200, json.dumps(told).encode()))["Item"] == told["Item"]


@pytest.mark.parametrize("name", ["ThrottlingException", "ConditionalCheckFailedException"])
def test_a_refusal_has_its_code_and_its_words(name: str, dynamodb: Any) -> None:
    refusal = {"__type": f"com.amazonaws.dynamodb.v20120810#{name}", "message": "No."}
    with pytest.raises(ClientError) as refused:
        get(answered(dynamodb, 400, json.dumps(refusal).encode()))
    assert refused.value.response["Error"] == {"Code": name, "Message": "No."}
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_what_is_no_json_is_no_empty_answer(dynamodb: Any) -> None:
    """botocore would take it for an item that isn't there."""
    with pytest.raises(ResponseParserError):
        get(answered(dynamodb, 200, b"<html>busy</html>"))


def test_a_page_of_a_load_balancer_says_that_the_service_is_broken(dynamodb: Any) -> None:
    with pytest.raises(ClientError) as refused:
        get(answered(dynamodb, 503, b"<html>busy</html>"))
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503


@pytest.mark.parametrize("body", [b"{}", b""])
def test_an_empty_answer_holds_nothing(body: bytes, dynamodb: Any) -> None:
    assert get(answered(dynamodb, 200, body)).keys() == {"ResponseMetadata"}


def test_a_message_keeps_botocores_parser_for_it_may_hold_bytes_and_be_none() -> None:
    attributes = {"picture": {"DataType": "Binary", "BinaryValue": "AAEC"}}
    told = {"Messages": [{"Body": "{}", "MessageAttributes": attributes}]}
    client = answered(aws._client("sqs"), 200, json.dumps(told).encode())
    (message,) = client.receive_message(QueueUrl="https://sqs.example/1/dead")["Messages"]
    assert message["MessageAttributes"]["picture"]["BinaryValue"] == b"\0\1\2"
    client = answered(aws._client("sqs"), 200, b'{"Messages": null}')
    assert "Messages" not in client.receive_message(QueueUrl="https://sqs.example/1/dead")


def test_ses_keeps_botocores_parser() -> None:
    quota = {"Max24HourSend": 50_000, "MaxSendRate": 14, "SentLast24Hours": 3}
    told = {"SendQuota": quota, "SendingEnabled": True, "New": "unknown to the model"}
    client = answered(aws._client("sesv2"), 200, json.dumps(told).encode())
    answer = client.get_account()
    assert answer["SendQuota"] == quota
    assert "New" not in answer
