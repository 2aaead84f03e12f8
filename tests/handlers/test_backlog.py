"""Feedback that was behind: what its events tell of the queue that they lay in."""

from __future__ import annotations

import json

import pytest
from tests.support.lambdas import EVENTS, Lambdas, sqs_event

from cliffhanger import keys
from cliffhanger.clock import MINUTE

SEND = json.loads((EVENTS / "feedback" / "send.json").read_text())["Records"][0]["body"]


@pytest.mark.parametrize(("waited", "is_behind"), [(9 * MINUTE, False), (11 * MINUTE, True)])
def test_an_event_that_lay_there_for_long_says_that_others_may_be_in_hand(
    lambdas: Lambdas, waited: int, is_behind: bool
) -> None:
    """Of a batch that dies with its worker nothing tells; for minutes it is neither read nor counted."""
    assert lambdas.call("feedback", sqs_event("feedback", SEND, waited=waited)) == {"batchItemFailures": []}
    noted = (lambdas.table.get(keys.FEEDBACK) or {}).get("failed_at")
    assert noted == (lambdas.time if is_behind else None)
