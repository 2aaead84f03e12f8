"""One boto3 session for a function, and only the clients that it asks for: cold start is imports and clients."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from cliffhanger.errors import CliffhangerError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

ORDINARY = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})

ONE_ATTEMPT = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 1})
"""For SendEmail: SES has no idempotency token, so a second attempt may be a second mail (promise 2)."""


@cache
def _session() -> boto3.Session:
    session = boto3.Session()
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
