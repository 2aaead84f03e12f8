"""Manuscripts and rendered content in S3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from cliffhanger.ports import Object

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

GONE = {"NoSuchKey", "404", "NotFound"}


class S3Manuscripts:
    """`largest` bytes are read at most; a larger object comes cut, and its reader refuses it by its length."""

    def __init__(self, client: S3Client, bucket: str, *, largest: int) -> None:
        self._client = client
        self._bucket = bucket
        self._largest = largest

    def current(self, key: str) -> Object | None:
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return None
            raise
        with answer["Body"] as body:
            return Object(body.read(self._largest + 1), answer.get("VersionId") or answer["ETag"].strip('"'))


class S3Content:
    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, data: bytes) -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=data)

    def get(self, key: str) -> bytes | None:
        try:
            with self._client.get_object(Bucket=self._bucket, Key=key)["Body"] as body:
                return body.read()
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return None
            raise
