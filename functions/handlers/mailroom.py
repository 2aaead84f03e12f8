"""S3 ▶ SQS ▶ mailroom: somebody wrote a mail to the service, and SES laid it into the inbound bucket."""

from __future__ import annotations

import json
import warnings
from functools import cache
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from cliffhanger.adapters import aws
from cliffhanger.adapters.s3 import S3Manuscripts
from cliffhanger.mailroom.opening import LARGEST
from cliffhanger.mailroom.reasons import Reason
from cliffhanger.mailroom.room import Room
from cliffhanger.mailroom.take import take
from cliffhanger.rendering.environment import environment
from handlers import batch, wiring

warnings.filterwarnings("ignore", "No application metrics to publish")  # most mails are not dropped
metrics = Metrics()
logger = Logger()


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return batch.each(event, _take, logger)


def _take(body: str) -> None:
    """One S3 notification. The first one that a bucket sends, `s3:TestEvent`, has no records."""
    for record in json.loads(body).get("Records", []):
        key = unquote_plus(record["s3"]["object"]["key"])
        bucket = S3Manuscripts(aws.s3(), record["s3"]["bucket"]["name"], largest=LARGEST)
        if mail := bucket.current(key):
            take(_room(), key, mail.data)


def _count(reason: Reason) -> None:
    metrics.add_metric(name=f"MailDropped{reason}", unit=MetricUnit.Count, value=1)


@cache
def _room() -> Room:
    settings = wiring.settings()
    assert settings.inbound_domain
    return Room(
        table=wiring.table(),
        content=wiring.content(),
        hints=wiring.hints(),
        clock=wiring.now(),
        count=_count,
        keys=wiring.keys(),
        templates=environment(settings.templates),
        settings=settings,
        inbound_domain=settings.inbound_domain,
    )
