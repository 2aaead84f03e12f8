"""S3 ▶ SQS ▶ ingest: a file came into the manuscripts bucket, or went."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cliffhanger.publishing import ingest
from handlers import batch
from handlers.desk import desk, metrics

logger = Logger()


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return batch.each(event, _take, logger)


def _take(body: str) -> None:
    """One S3 notification. The first one that a bucket sends, `s3:TestEvent`, has no records."""
    for record in json.loads(body).get("Records", []):
        ingest.take(desk(), unquote_plus(record["s3"]["object"]["key"]))
