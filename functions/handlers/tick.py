"""Every minute ▶ tick: release, feed the walks, adapt the rate."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from cliffhanger.adapters import aws
from cliffhanger.adapters.ses import SesAccounts
from cliffhanger.publishing import minute
from handlers.desk import desk, metrics


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    minute.tick(desk(), _accounts())


@cache
def _accounts() -> SesAccounts:
    return SesAccounts(aws.sesv2_to_ask())
