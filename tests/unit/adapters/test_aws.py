"""The clients, as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.session import Session
from tests.support.aws import CREDENTIALS

from cliffhanger.adapters import aws
from cliffhanger.errors import CliffhangerError

TEMPLATE = Path(__file__).parents[3] / "infra" / "template.yaml"
CLIENTS: tuple[Callable[[], Any], ...] = (
    aws.cloudformation,
    aws.dynamodb,
    aws.s3,
    aws.secretsmanager,
    aws.sesv2,
    aws.sesv2_to_ask,
    aws.sqs,
)
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "cloudformation": ("describe_stacks", {"StackName": "cliffhanger"}),
    "dynamodb": ("get_item", {"TableName": "cliffhanger", "Key": {"pk": {"S": "META"}}}),
    "s3": ("get_object", {"Bucket": "content", "Key": "issue"}),
    "secretsmanager": ("get_secret_value", {"SecretId": "keys"}),
    "sesv2": ("get_account", {}),
    "sqs": ("send_message", {"QueueUrl": "https://sqs.example/1/issues", "MessageBody": "{}"}),
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    forget()
    yield
    forget()


def forget() -> None:
    for made in (aws._session, *CLIENTS):
        made.cache_clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_every_thread_of_a_worker_may_have_a_connection(client: Callable[[], Any]) -> None:
    threads = TEMPLATE.read_text(encoding="utf-8").partition("  DeliverThreads:")[2].partition("MaxValue: ")[2]
    assert client().meta.config.max_pool_connections >= int(threads.split()[0])


@pytest.mark.parametrize("attempts", ["1", "5"])
def test_only_the_client_that_sends_has_one_attempt(attempts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", attempts)
    told = {client.__name__: client().meta.config.retries["total_max_attempts"] for client in CLIENTS}
    assert told.pop("sesv2") == 1
    assert set(told.values()) == {4}


@pytest.mark.parametrize(
    ("region", "wished"),
    [
        *((region, {}) for region in ("eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1", "ap-southeast-5")),
        ("us-gov-west-1", {"AWS_USE_FIPS_ENDPOINT": "true"}),
        ("eu-central-1", {"AWS_USE_DUALSTACK_ENDPOINT": "true"}),
        ("eu-central-1", {"AWS_ACCOUNT_ID": "123456789012", "AWS_ACCOUNT_ID_ENDPOINT_MODE": "required"}),
        ("eu-central-1", {"AWS_ENDPOINT_URL": "https://aws.example"}),
        ("eu-central-1", {"AWS_ENDPOINT_URL_DYNAMODB": "https://table.example"}),
    ],
    ids=str,
)
def test_the_address_of_a_service_is_the_one_that_its_rules_give(
    region: str, wished: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    for name, value in wished.items():
        monkeypatch.setenv(name, value)
    for client in CLIENTS:
        ours = client()
        theirs = Session().create_client(ours.meta.service_model.service_name, region_name=region)
        assert sent_to(ours) == sent_to(theirs)


def test_no_call_is_held_up_by_rules_where_there_is_one_address() -> None:
    """If this fails, botocore has changed, and each letter costs more: see `make bench`."""
    ruled = {client().meta.service_model.service_name for client in CLIENTS if client()._ruleset_resolver}
    assert ruled == {"s3"}


class Sent(Exception):
    """In place of the call itself."""


def sent_to(client: Any) -> tuple[str, str]:
    """The URL of a call, and the day's service and region that it is signed for."""

    def stop(request: Any, **_: object) -> None:
        raise Sent(request.url, request.headers["Authorization"])

    client.meta.events.register("before-send", stop)
    name, asked = CALLS[client.meta.service_model.service_name]
    with pytest.raises(Sent) as sent:
        getattr(client, name)(**asked)
    url, authorization = sent.value.args
    return url, authorization.partition(b"/")[2].partition(b",")[0].decode()


def test_without_a_region_somebody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(CliffhangerError, match="no AWS region is set"):
        aws.dynamodb()
