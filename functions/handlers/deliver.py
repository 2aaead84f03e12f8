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

logger = Logger()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    def enough() -> bool:
        return context.get_remaining_time_in_millis() < RESERVE_MS

    return batch.each(event, lambda body: _worker().take(json.loads(body), enough=enough), logger)


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
