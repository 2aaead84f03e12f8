"""What `ingest` and `tick` both work with."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from cliffhanger.adapters import aws
from cliffhanger.adapters.s3 import S3Manuscripts
from cliffhanger.errors import StoreBusy
from cliffhanger.manuscripts.office_reader import MAX_BYTES
from cliffhanger.publishing.desk import AT_ONCE, Desk
from cliffhanger.rendering.environment import environment
from handlers import batch, wiring

warnings.filterwarnings("ignore", "No application metrics to publish")  # most minutes have nothing to count
metrics = Metrics()
logger = Logger()

UNITS = {"SendRate": MetricUnit.CountPerSecond, "SecondsBehind": MetricUnit.Seconds}
"""Of what is measured; the others are counts."""


@cache
def desk() -> Desk:
    settings = wiring.settings()
    return Desk(
        table=wiring.table(),
        manuscripts=S3Manuscripts(aws.s3(), settings.manuscripts_bucket, largest=MAX_BYTES),
        content=wiring.content(),
        archive=wiring.archive(),
        hints=wiring.hints(),
        clock=wiring.now(),
        tally=lambda name: metrics.add_metric(name=name, unit=MetricUnit.Count, value=1),
        measure=_measure,
        tell=_tell,
        keys=wiring.keys(),
        templates=environment(settings.templates),
        settings=settings,
        each=ThreadPoolExecutor(AT_ONCE).map,
    )


def _tell(error: Exception) -> None:
    """A service that is busy is no defect, and the next minute asks it again: SES answers GetAccount once a second."""
    told = logger.warning if isinstance(error, StoreBusy) else logger.error
    told("a step failed", extra=batch.what(error))


def _measure(series: str, numbers: Mapping[str, float]) -> None:
    """One log line of its own, which CloudWatch takes its metrics from: their dimension is the series."""
    measured = EphemeralMetrics()
    measured.add_dimension("series", series)
    for name, value in numbers.items():
        measured.add_metric(name, UNITS.get(name, MetricUnit.Count), value)
    measured.flush_metrics()
