"""A batch from SQS: each message by itself, so that one that fails takes no other with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger

from cliffhanger.errors import CliffhangerError


def each(event: dict[str, Any], take: Callable[[str], None], logger: Logger) -> dict[str, Any]:
    """Answers with the messages that are to come again (ReportBatchItemFailures)."""
    failures = []
    for record in event["Records"]:
        try:
            take(record["body"])
        except Exception as error:
            logger.error("message failed", message_id=record["messageId"], extra=what(error))
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def what(error: Exception) -> dict[str, str]:
    """What a log may tell of an error: its kind and the line that raised it, and of one of ours its reason.

    The text of any other may hold an address.
    """
    reason = {"reason": error.message} if isinstance(error, CliffhangerError) else {}
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return reason | {"kind": f"{type(error).__name__} at {where}"}
