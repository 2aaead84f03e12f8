from __future__ import annotations

import io
from collections.abc import Iterator

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from tests.support.aws import REGION

from cliffhanger.adapters.s3 import S3Content, S3Manuscripts
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Object

KEY = "lantern/Kapitel 4 – Über den Fluß.md"


@pytest.fixture
def s3() -> Iterator[Stubber]:
    client = boto3.client("s3", region_name=REGION, aws_access_key_id="testing", aws_secret_access_key="testing")
    with Stubber(client) as stubber:
        yield stubber


def holds(s3: Stubber, data: bytes, **more: str) -> None:
    body = StreamingBody(io.BytesIO(data), len(data))
    s3.add_response("get_object", {"Body": body, "ETag": '"e7a9"', **more}, {"Bucket": "bucket", "Key": KEY})


def test_a_manuscript_comes_with_its_version(s3: Stubber) -> None:
    holds(s3, b"The lamp burned.", VersionId="v7")
    assert S3Manuscripts(s3.client, "bucket", largest=100).current(KEY) == Object(b"The lamp burned.", "v7")


def test_where_the_bucket_keeps_no_versions_the_etag_stands_for_one(s3: Stubber) -> None:
    holds(s3, b"The lamp burned.")
    assert S3Manuscripts(s3.client, "bucket", largest=100).current(KEY) == Object(b"The lamp burned.", "e7a9")


def test_a_file_that_was_taken_away_is_none(s3: Stubber) -> None:
    s3.add_client_error("get_object", "NoSuchKey", http_status_code=404)
    assert S3Manuscripts(s3.client, "bucket", largest=100).current(KEY) is None


def test_of_a_file_that_is_too_large_one_byte_too_many_is_read_and_no_more(s3: Stubber) -> None:
    holds(s3, b"x" * 1_000)
    found = S3Manuscripts(s3.client, "bucket", largest=100).current(KEY)
    assert found
    assert len(found.data) == 101


def test_what_may_not_be_read_is_no_absence(s3: Stubber) -> None:
    s3.add_client_error("get_object", "AccessDenied", http_status_code=403)
    s3.add_client_error("get_object", "AccessDenied", http_status_code=403)
    with pytest.raises(CliffhangerError, match="refused GetObject: AccessDenied"):
        S3Manuscripts(s3.client, "bucket", largest=100).current(KEY)
    with pytest.raises(CliffhangerError, match="refused GetObject: AccessDenied"):
        S3Content(s3.client, "bucket").get(KEY)


def test_content_comes_back_and_what_was_never_laid_down_is_none(s3: Stubber) -> None:
    s3.add_response("put_object", {}, {"Bucket": "bucket", "Key": KEY, "Body": b"page"})
    content = S3Content(s3.client, "bucket")
    content.put(KEY, b"page")
    holds(s3, b"page")
    assert content.get(KEY) == b"page"
    s3.add_client_error("get_object", "NoSuchKey", http_status_code=404)
    assert content.get(KEY) is None
