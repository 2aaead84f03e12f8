"""A batch from SQS: each message by itself, so that one that fails takes no other with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger

from cliffhanger.errors import CliffhangerError


def each(event: dict[str, Any], take: Callable[[str], None], logger: Logger) -> dict[str, Any]:
    """Answers with the messages that are to come again (ReportBatchItemFailures).

    Only the kind of an unforeseen error is logged: its text may hold an address.
    """
    failures = []
    for record in event["Records"]:
        try:
            take(record["body"])
        except CliffhangerError as error:
            logger.error("message failed", reason=error.message, message_id=record["messageId"])
            failures.append({"itemIdentifier": record["messageId"]})
        except Exception as error:
            logger.error("message failed", kind=place_of(error), message_id=record["messageId"])
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def place_of(error: Exception) -> str:
    """The kind of an error and the line that raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {where}"
