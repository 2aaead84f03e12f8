"""One boto3 session for a function, and only the clients that it asks for: cold start is imports and clients."""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING, Any

# What a start makes lives as long as the function: to look through it for garbage every 700 objects took a sixth
# of the start. Before boto3 comes, for that is where the objects come from.
gc.set_threshold(100_000)

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.loaders import Loader  # noqa: E402
from botocore.session import Session  # noqa: E402

from cliffhanger.errors import CliffhangerError  # noqa: E402

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

MOST_THREADS = 64
"""In `deliver` (the template's DeliverThreads); each may need a connection at once."""

LEAN = Config(
    connect_timeout=3,
    max_pool_connections=MOST_THREADS,
    parameter_validation=False,  # what we ask is typed, and AWS looks itself
    user_agent="cliffhanger",  # botocore would put its own together anew at each call: a tenth of the call
)
ORDINARY = LEAN.merge(Config(read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4}))
ONE_ATTEMPT = LEAN.merge(Config(read_timeout=20, retries={"total_max_attempts": 1}))
"""For SendEmail: SES has no idempotency token, so a second attempt may be a second mail (promise 2)."""


class OurModels(Loader):
    """botocore would look through the folders of all its 400 services, twice, to see that ours are among them."""

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 (whatever the kind of model)
        return ["cloudformation", "dynamodb", "s3", "secretsmanager", "sesv2", "sqs"]


@cache
def _session() -> boto3.Session:
    core = Session()
    core.register_component("data_loader", OurModels())
    session = boto3.Session(botocore_session=core)
    if not session.region_name:
        raise CliffhangerError("no AWS region is set: set AWS_DEFAULT_REGION to the stack's", permanent=True)
    return session


@cache
def dynamodb() -> DynamoDBClient:
    return _session().client("dynamodb", config=ORDINARY)


@cache
def s3() -> S3Client:
    return _session().client("s3", config=ORDINARY)


@cache
def sqs() -> SQSClient:
    return _session().client("sqs", config=ORDINARY)


@cache
def secretsmanager() -> SecretsManagerClient:
    return _session().client("secretsmanager", config=ORDINARY)


@cache
def sesv2_to_ask() -> SESV2Client:
    """For GetAccount, which may be asked again; never for sending."""
    return _session().client("sesv2", config=ORDINARY)


@cache
def sesv2() -> SESV2Client:
    return _session().client("sesv2", config=ONE_ATTEMPT)


@cache
def cloudformation() -> Any:
    """For the operator's commands alone."""
    session: Any = _session()
    return session.client("cloudformation", config=ORDINARY)
