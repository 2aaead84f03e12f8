"""What the log tells of a step or a message that failed: enough to find it, and nothing of anybody."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.support.lambdas import Lambdas, sqs_event

from cliffhanger.errors import CliffhangerError, StoreBusy

ADA = "ada@example.org"


def told(lambdas: Lambdas, message: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in lambdas.logged().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("message") == message]


def failing(error: Exception) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_step_that_finds_a_service_busy_warns_of_the_call_for_the_next_minute_does_it(
    lambdas: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lambdas.accounts, "account", failing(StoreBusy("SES", "GetAccount: TooManyRequestsException")))
    lambdas.tick()
    (line,) = told(lambdas, "a step failed")
    assert line["level"] == "WARNING"
    assert line["reason"] == "SES can't answer now (GetAccount: TooManyRequestsException)"
    assert '"TickStepFailed":[1.0]' in lambdas.logged()


def test_a_step_that_is_refused_is_an_error_with_its_reason(lambdas: Lambdas, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliffhangerError("SES refused GetAccount: AccessDeniedException", permanent=False)
    monkeypatch.setattr(lambdas.accounts, "account", failing(refused))
    lambdas.tick()
    (line,) = told(lambdas, "a step failed")
    assert (line["level"], line["reason"]) == ("ERROR", refused.message)


def test_a_step_that_fails_otherwise_is_an_error_at_its_line_without_its_words(
    lambdas: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lambdas.accounts, "account", failing(RuntimeError(ADA)))
    lambdas.tick()
    (line,) = told(lambdas, "a step failed")
    assert line["level"] == "ERROR"
    assert line["kind"].startswith("RuntimeError at ")
    assert "test_what_logs_tell.py:" in line["kind"]
    assert ADA not in lambdas.logged()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (StoreBusy("DynamoDB", "Query: ThrottlingException"), "DynamoDB can't answer now (Query: ThrottlingException)"),
        (RuntimeError(ADA), None),
    ],
    ids=["of ours", "unforeseen"],
)
def test_a_message_that_fails_comes_again_and_is_told_of(
    error: Exception, reason: str | None, lambdas: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lambdas.handler("deliver"), "_worker", failing(error))
    answer = lambdas.call("deliver", sqs_event("issues", json.dumps({"series": "lantern", "shard": "00"})))
    assert len(answer["batchItemFailures"]) == 1
    (line,) = told(lambdas, "message failed")
    assert line.get("reason") == reason
    assert line["kind"].startswith(f"{type(error).__name__} at ")
    assert ADA not in lambdas.logged()
