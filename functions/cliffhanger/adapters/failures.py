"""AWS's failures become ours. What AWS says in words goes no further: it may repeat what the request held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError, ParamValidationError
from botocore.parsers import ResponseParserError

from cliffhanger.errors import CliffhangerError, StoreBusy

THROTTLED = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}
"""Told with status 400 or 503, after the client has tried again itself (the retry behaviour of the AWS SDKs)."""


@contextmanager
def told_clearly(service: str) -> Iterator[None]:
    """StoreBusy where the service can't answer now, CliffhangerError with the code where it refuses.

    A request that botocore finds malformed is a defect of ours, and passes.
    """
    try:
        yield
    except ClientError as error:
        code = error.response["Error"].get("Code", "")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code in THROTTLED or status >= 500:
            raise StoreBusy(service, f"{error.operation_name}: {code or status}") from None
        raise CliffhangerError(f"{service} refused {error.operation_name}: {code}", permanent=False) from None
    except (ConnectionError, HTTPClientError, ResponseParserError) as error:
        raise StoreBusy(service, type(error).__name__) from None
    except ParamValidationError:
        raise
    except BotoCoreError as error:
        raise CliffhangerError(f"{service} was not asked: {type(error).__name__}", permanent=False) from None
