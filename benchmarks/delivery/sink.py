"""Just enough of DynamoDB, S3, SES, SQS, Secrets Manager and SMTP on two loopback ports, in a process of its own.

`python -m benchmarks.delivery.sink` prints its two ports, HTTP and SMTP, and serves until its stdin ends. Given a file
with a key and a certificate it has a third, HTTPS. Keep-alive; every letter is accepted and forgotten. `POST /-/load`
with JSON `{"items": […], "objects": {key: text}, "latency": {"ses": seconds, "store": seconds}}` begins anew;
`GET /-/letters` tells how many letters came since, `GET /-/hints` how many messages.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import zlib
from dataclasses import dataclass
from typing import Any

from benchmarks.delivery.state import ConditionFailed, State

CANNED = {
    "GetSecretValue": {"Name": "keys", "SecretString": json.dumps({"a": "a key of the benchmark"})},
    "GetQueueAttributes": {"Attributes": {"ApproximateNumberOfMessages": "0"}},
    "SendMessage": {"MessageId": "1"},
    "SendMessageBatch": {"Successful": [], "Failed": []},
}
"""What Secrets Manager and SQS say, whatever they are asked."""

V1_ANSWER = (
    b'<SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>1</MessageId>'
    b"</SendEmailResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></SendEmailResponse>"
)
CONDITION_FAILED = b'{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}'
ACCOUNT = {
    "SendingEnabled": True,
    "SendQuota": {"Max24HourSend": 10_000_000, "MaxSendRate": 100_000, "SentLast24Hours": 0},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`after` so many seconds."""

    body: bytes
    status: str = "200 OK"
    after: float = 0


class Sink:
    """What all connections share."""

    def __init__(self) -> None:
        self.letters = self.hints = 0
        self._state = State()
        self._objects: dict[str, str] = {}
        self._latency = {"ses": 0.0, "store": 0.0}

    def answer(self, method: str, path: str, target: str, body: bytes) -> Answer:
        service, _, operation = target.rpartition(".")
        if service.startswith("DynamoDB"):
            return self._table(operation, json.loads(body))
        if service:
            self.hints += operation == "SendMessage"
            return Answer(_json(CANNED.get(operation, {})))
        if path.startswith("/-/"):
            return Answer(_json(self._control(path, body)))
        if method == "POST":
            self.letters += 1
            said = _json({"MessageId": "1"}) if path.startswith("/v2/email/") else V1_ANSWER
            return Answer(said, after=self._latency["ses"])
        return Answer(self._document(path), after=self._latency["store"])

    def _table(self, operation: str, request: Any) -> Answer:
        try:
            return Answer(_json(self._state.answer(operation, request)), after=self._latency["store"])
        except ConditionFailed:
            return Answer(CONDITION_FAILED, "400 Bad Request", after=self._latency["store"])

    def _document(self, path: str) -> bytes:
        return _json(ACCOUNT) if path == "/v2/email/account" else self._objects.get(path, "").encode()

    def _control(self, path: str, body: bytes) -> object:
        if path == "/-/load":
            document = json.loads(body)
            self.letters = self.hints = 0
            self._state = State(document["items"])
            self._objects = document["objects"]
            self._latency = document["latency"]
        return self.hints if path == "/-/hints" else self.letters


class Http(asyncio.Protocol):
    """HTTP/1.1 with Content-Length, one request after another on a connection."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._received = bytearray()
        self._needed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if len(self._received) < self._needed:
            return
        head_end = self._received.find(b"\r\n\r\n")
        if head_end < 0:
            return
        lines = self._received[:head_end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        self._needed = head_end + 4 + int(headers.get("content-length", 0))
        if headers.get("expect") == "100-continue" and len(self._received) == head_end + 4:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if len(self._received) < self._needed:
            return
        body = bytes(self._received[head_end + 4 : self._needed])
        self._received, self._needed = bytearray(), 0
        method, path, _ = lines[0].split(" ")
        answer = self._sink.answer(method, path.split("?")[0], headers.get("x-amz-target", ""), body)
        if answer.after:
            asyncio.get_running_loop().call_later(answer.after, self._write, answer)
        else:
            self._write(answer)

    def _write(self, answer: Answer) -> None:
        """With the headers that AWS sends, the checksum of DynamoDB among them: the client looks at them."""
        head = (
            f"HTTP/1.1 {answer.status}\r\nServer: Server\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n"
            "Content-Type: application/x-amz-json-1.0\r\nConnection: keep-alive\r\n"
            f'x-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r\nETag: "1"\r\n'
            f"x-amz-crc32: {zlib.crc32(answer.body)}\r\nContent-Length: {len(answer.body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + answer.body)


class Smtp(asyncio.Protocol):
    """RFC 5321 as far as `smtplib` speaks it."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._received = b""
        self._in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n.\r\n" if self._in_data else b"\r\n")) >= 0:
            line, self._received = self._received[:end], self._received[end + (5 if self._in_data else 2) :]
            self._transport.write(self._reply(line))

    def _reply(self, line: bytes) -> bytes:
        if self._in_data:
            self._in_data = False
            self._sink.letters += 1
            return b"250 kept\r\n"
        self._in_data = line.upper() == b"DATA"
        if line.upper().startswith(b"EHLO"):
            return b"250-sink\r\n250 8BITMIME\r\n"
        if line.upper() == b"QUIT":
            return b"221 bye\r\n"
        return b"354 go on\r\n" if self._in_data else b"250 ok\r\n"


def _json(document: object) -> bytes:
    return json.dumps(document).encode()


async def main(certificate: str = "") -> None:
    loop, sink = asyncio.get_running_loop(), Sink()
    servers = [await loop.create_server(lambda kind=kind: kind(sink), "127.0.0.1", 0) for kind in (Http, Smtp)]
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        servers.append(await loop.create_server(lambda: Http(sink), "127.0.0.1", 0, ssl=context))
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
