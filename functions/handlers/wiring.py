"""The one place where ports meet adapters. Each function makes only the clients that it needs, on its first event."""

from __future__ import annotations

import os
import time
from functools import cache

from cliffhanger import clock, links
from cliffhanger.adapters import aws, secrets
from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.adapters.s3 import S3Archive, S3Content
from cliffhanger.adapters.sqs import SqsFeedbackQueue, SqsHints
from cliffhanger.ports import Clock
from cliffhanger.settings import Settings, load

sleep = time.sleep


@cache
def settings() -> Settings:
    return load(os.environ)


@cache
def now() -> Clock:
    return clock.system_clock(settings().clock_file)


@cache
def table() -> DynamoTable:
    return DynamoTable(aws.dynamodb(), settings().table)


@cache
def content() -> S3Content:
    return S3Content(aws.s3(), settings().content_bucket)


@cache
def archive() -> S3Archive:
    return S3Archive(aws.s3(), settings().site_bucket)


@cache
def hints() -> SqsHints:
    return SqsHints(aws.sqs(), issues_url=settings().issues_queue_url, letters_url=settings().letters_queue_url)


@cache
def feedback_queue() -> SqsFeedbackQueue:
    return SqsFeedbackQueue(aws.sqs, url=settings().feedback_queue_url, dlq_url=settings().feedback_dlq_url)


@cache
def keys() -> links.Keys:
    return secrets.keys(aws.secretsmanager(), settings().secret)
