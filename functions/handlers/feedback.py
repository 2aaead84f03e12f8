"""SES ▶ SNS ▶ SQS ▶ feedback: what became of a letter after SES took it."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cliffhanger.delivery import feedback, feedback_health
from cliffhanger.delivery.feedback_health import Newest
from cliffhanger.errors import StoreBusy
from handlers import batch, wiring

TOPIC_VALIDATED = "Successfully validated SNS topic for Amazon SES event publishing."
"""What SES says to a topic when an event destination is made: the first message of every stack, and no event."""

logger = Logger()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    with suppress(StoreBusy):  # then the events themselves will fail, and come again
        waited = max((_waited(record["attributes"]) for record in event["Records"]), default=0)
        feedback_health.note_backlog(wiring.table(), waited, wiring.now()())
    return batch.each(event, _take, logger)


def _waited(attributes: dict[str, str]) -> int:
    """How long a message lay in its queue until somebody took it (ms), by SQS's own clock."""
    return int(attributes["ApproximateFirstReceiveTimestamp"]) - int(attributes["SentTimestamp"])


def _take(body: str) -> None:
    if body == TOPIC_VALIDATED:
        return
    try:
        _take_event(body)
    except Exception:
        with suppress(StoreBusy):  # it may be why the event failed
            feedback_health.note_failure(wiring.table(), wiring.now()())
        raise


def _take_event(body: str) -> None:
    feedback.take(
        feedback.parse(json.loads(body)),
        table=wiring.table(),
        keys_=wiring.keys(),
        settings=wiring.settings(),
        clock=wiring.now(),
        newest=_newest(),
    )


@cache
def _newest() -> Newest:
    return Newest()
