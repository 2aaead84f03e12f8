"""The queues to the senders, and how much of the feedback is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cliffhanger.adapters.failures import told_clearly
from cliffhanger.errors import CliffhangerError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

SERVICE = "SQS"
BATCH = 10


class SqsHints:
    def __init__(self, client: SQSClient, *, issues_url: str, letters_url: str) -> None:
        self._client = client
        self._issues_url = issues_url
        self._letters_url = letters_url

    def issues(self, messages: list[dict[str, Any]]) -> None:
        for start in range(0, len(messages), BATCH):
            entries = messages[start : start + BATCH]
            with told_clearly(SERVICE):
                answer = self._client.send_message_batch(
                    QueueUrl=self._issues_url,
                    Entries=[{"Id": str(n), "MessageBody": json.dumps(message)} for n, message in enumerate(entries)],
                )
            if failed := answer.get("Failed"):
                raise CliffhangerError(f"{len(failed)} hints were not queued", permanent=False)

    def letter(self, letter_id: str) -> None:
        with told_clearly(SERVICE):
            self._client.send_message(QueueUrl=self._letters_url, MessageBody=json.dumps({"letter": letter_id}))

    def waiting(self) -> int:
        return depth(self._client, self._issues_url)


class SqsFeedbackQueue:
    """`client` gives the client at the first question: few workers ever ask one."""

    def __init__(self, client: Callable[[], SQSClient], *, url: str, dlq_url: str) -> None:
        self._client = client
        self._url, self._dlq_url = url, dlq_url

    def unread(self) -> int:
        return depth(self._client(), self._url) + depth(self._client(), self._dlq_url, hidden=True)


def depth(client: SQSClient, url: str, *, hidden: bool = False) -> int:
    """Roughly how many messages wait in a queue; with `hidden`, those in somebody's hands too."""
    names: list[Any] = ["ApproximateNumberOfMessages", *(["ApproximateNumberOfMessagesNotVisible"] if hidden else [])]
    with told_clearly(SERVICE):
        answer = client.get_queue_attributes(QueueUrl=url, AttributeNames=names)
    return sum(int(count) for count in answer["Attributes"].values())
