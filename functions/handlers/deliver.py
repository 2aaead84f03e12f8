"""SQS ▶ deliver: hints from the issues queue and from the letters queue. The only function that may send mail."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cliffhanger.adapters import aws
from cliffhanger.adapters.ses import SesMailer
from cliffhanger.delivery.worker import Worker
from handlers import batch, wiring

RESERVE_MS = 30_000
"""Kept back of the invocation's time: no letter is begun in it."""

SLICE_MS = 30_000
"""For one hint: a small series doesn't wait behind a large one."""

logger = Logger()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    def take(body: str) -> None:
        end = max(context.get_remaining_time_in_millis() - SLICE_MS, RESERVE_MS)
        _worker().take(json.loads(body), enough=lambda: context.get_remaining_time_in_millis() < end)

    return batch.each(event, take, logger)


@cache
def _worker() -> Worker:
    settings = wiring.settings()
    return Worker(
        table=wiring.table(),
        content=wiring.content(),
        mailer=SesMailer(aws.sesv2(), settings.configuration_set),
        feedback_queue=wiring.feedback_queue(),
        clock=wiring.now(),
        sleep=wiring.sleep,
        pool=ThreadPoolExecutor(settings.threads),
        keys=wiring.keys(),
        settings=settings,
    )
