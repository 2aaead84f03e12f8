"""Manuscripts and rendered content in S3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from cliffhanger.adapters.failures import told_clearly
from cliffhanger.ports import Object

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

SERVICE = "S3"
PASSING = "public, max-age=30"
LASTING = "public, max-age=31536000, immutable"
GONE = {"NoSuchKey", "404", "NotFound"}


class S3Manuscripts:
    """`largest` bytes are read at most; a larger object comes cut, and its reader refuses it by its length."""

    def __init__(self, client: S3Client, bucket: str, *, largest: int) -> None:
        self._client = client
        self._bucket = bucket
        self._largest = largest

    def current(self, key: str) -> Object | None:
        with told_clearly(SERVICE):
            if not (answer := _get(self._client, self._bucket, key)):
                return None
            with answer["Body"] as body:
                return Object(body.read(self._largest + 1), answer.get("VersionId") or answer["ETag"].strip('"'))


class S3Content:
    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, data: bytes) -> None:
        with told_clearly(SERVICE):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data)

    def get(self, key: str) -> bytes | None:
        return _read(self._client, self._bucket, key)


class S3Archive:
    """A path is a key. Browsers and CloudFront keep what may change for half a minute."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, path: str, data: bytes, *, media_type: str, lasting: bool = False) -> None:
        keep = LASTING if lasting else PASSING
        with told_clearly(SERVICE):
            self._client.put_object(Bucket=self._bucket, Key=path, Body=data, ContentType=media_type, CacheControl=keep)

    def get(self, path: str) -> bytes | None:
        return _read(self._client, self._bucket, path)

    def delete(self, path: str) -> None:
        with told_clearly(SERVICE):
            self._client.delete_object(Bucket=self._bucket, Key=path)


def _read(client: S3Client, bucket: str, key: str) -> bytes | None:
    with told_clearly(SERVICE):
        if not (answer := _get(client, bucket, key)):
            return None
        with answer["Body"] as body:
            return body.read()


def _get(client: S3Client, bucket: str, key: str) -> GetObjectOutputTypeDef | None:
    try:
        return client.get_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            return None
        raise
