"""What `ingest` and `tick` both work with."""

from __future__ import annotations

import warnings
from functools import cache

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from cliffhanger.adapters import aws
from cliffhanger.adapters.s3 import S3Manuscripts
from cliffhanger.manuscripts.formats import MAX_BYTES
from cliffhanger.publishing.desk import Desk
from cliffhanger.rendering.environment import environment
from handlers import batch, wiring

warnings.filterwarnings("ignore", "No application metrics to publish")  # most minutes have nothing to count
metrics = Metrics()
logger = Logger()


@cache
def desk() -> Desk:
    settings = wiring.settings()
    return Desk(
        table=wiring.table(),
        manuscripts=S3Manuscripts(aws.s3(), settings.manuscripts_bucket, largest=MAX_BYTES),
        content=wiring.content(),
        hints=wiring.hints(),
        clock=wiring.now(),
        tally=lambda name: metrics.add_metric(name=name, unit=MetricUnit.Count, value=1),
        tell=lambda error: logger.error("a step failed", kind=batch.place_of(error)),
        keys=wiring.keys(),
        templates=environment(settings.templates),
        settings=settings,
    )
