"""Messages that failed too often, and the way back to the queue that they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cliffhanger.adapters.failures import told_clearly
from cliffhanger.adapters.sqs import BATCH, SERVICE, depth

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

IN_HAND = 60
"""Seconds that a message is ours: one that could not be brought back lies in its dead-letter queue again after that."""


@dataclass(frozen=True, slots=True)
class SqsDeadLetters:
    """One dead-letter queue. `home` is the queue that its messages came from; None where nothing needs to go back."""

    client: SQSClient
    url: str
    home: str | None

    def waiting(self) -> int:
        """Roughly how many messages lie here."""
        return depth(self.client, self.url)

    def take(self, most: int) -> tuple[int, int]:
        """Bring up to `most` messages (ten at once) home. Returns how many were found, and how many are home.

        Steps: receive, send, delete, in this order. A crash between the last two leaves a message in both queues,
        and every handler bears a message that comes twice.
        """
        with told_clearly(SERVICE):
            found: list[Any] = self.client.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=min(most, BATCH),
                MessageAttributeNames=["All"],
                VisibilityTimeout=IN_HAND,
                WaitTimeSeconds=1,
            ).get("Messages", [])
            home = self._send(found) if found and self.home else found
            if home:
                self._delete(home)
        return len(found), len(home)

    def _send(self, messages: list[Any]) -> list[Any]:
        """Those that lie in the queue again."""
        assert self.home
        entries: Any = [_entry(number, message) for number, message in enumerate(messages)]
        answer = self.client.send_message_batch(QueueUrl=self.home, Entries=entries)
        return [messages[int(entry["Id"])] for entry in answer.get("Successful", [])]

    def _delete(self, messages: list[Any]) -> None:
        """One that can't be deleted shows up here again, and is then brought home twice: no harm."""
        entries: Any = [{"Id": str(n), "ReceiptHandle": m["ReceiptHandle"]} for n, m in enumerate(messages)]
        self.client.delete_message_batch(QueueUrl=self.url, Entries=entries)


def _entry(number: int, message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "Id": str(number),
        "MessageBody": message["Body"],
        "MessageAttributes": {
            name: {
                kind: value for kind, value in attribute.items() if kind in ("DataType", "StringValue", "BinaryValue")
            }
            for name, attribute in message.get("MessageAttributes", {}).items()
        },
    }
