"""The clients, as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
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


def test_without_a_region_somebody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(CliffhangerError, match="no AWS region is set"):
        aws.dynamodb()
