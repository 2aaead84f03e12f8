"""The functions as Lambda calls them: AWS's events in, the handlers' answers out, everything else on moto."""

from __future__ import annotations

import base64
import hashlib
import importlib
import io
import json
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode

import pytest
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends
from moto.ses.models import Message, ses_backends

from cliffhanger import forms
from cliffhanger.adapters import aws, secrets
from cliffhanger.adapters.attributes import from_item, to_item
from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.adapters.s3 import S3Content
from cliffhanger.clock import MINUTE, SECOND
from cliffhanger.links import Keys
from cliffhanger.ports import Item, Key
from cliffhanger.web import joining
from tests.support.aws import ACCOUNT, CREDENTIALS, REGION, SECRET, create_stack
from tests.support.world import START, TEMPLATES, FakeAccounts

EVENTS = Path(__file__).parents[2] / "events"
HANDLERS = ("ingest", "tick", "deliver", "feedback", "pages", "mailroom")
QUEUES = ("letters", "issues")
KEYS = Keys(current="a", known={key_id: text.encode() for key_id, text in SECRET.items()})
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Context:
    """As much of Lambda's context as the handlers read."""

    left_ms: int

    def get_remaining_time_in_millis(self) -> int:
        return self.left_ms


class Lambdas:
    """A stack and its functions. To be made within `mock_aws`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = START
        self.left_ms = 60_000
        self.accounts = FakeAccounts()
        self._log = io.StringIO()
        for name, value in create_stack(str(TEMPLATES)).items():
            monkeypatch.setenv(name, value)
        self.table = DynamoTable(aws.dynamodb(), "cliffhanger")
        self.content = S3Content(aws.s3(), "content")
        self._start(monkeypatch)

    def _start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Import the functions anew: nothing that they keep between events is kept from another stack.

        Only the clients are: they hold nothing of a stack, and cost the most.
        """
        secrets.keys.cache_clear()
        for name in [name for name in sys.modules if name.partition(".")[0] == "handlers"]:
            monkeypatch.delitem(sys.modules, name)
        self._handlers = {name: importlib.import_module(f"handlers.{name}") for name in HANDLERS}
        # Time and the log are ours, and moto's SES has no GetAccount.
        wiring = importlib.import_module("handlers.wiring")
        monkeypatch.setattr(wiring, "now", lambda: self.clock)
        monkeypatch.setattr(wiring, "sleep", self.pass_seconds)
        monkeypatch.setattr(self.handler("tick"), "_accounts", lambda: self.accounts)
        monkeypatch.setattr(self.handler("pages").logger.registered_handler, "stream", self._log)

    def handler(self, name: str) -> ModuleType:
        return self._handlers[name]

    # Time ----------------------------------------------------------------------------------------------

    def clock(self) -> int:
        return self.time

    def pass_seconds(self, seconds: float) -> None:
        self.time += int(seconds * SECOND)

    # The functions -------------------------------------------------------------------------------------

    def call(self, name: str, event: dict[str, Any]) -> Any:
        with redirect_stdout(self._log), redirect_stderr(self._log), warnings.catch_warnings():
            # pytest takes back, between a fixture and its test, the filter that handlers.desk sets at its import
            warnings.filterwarnings("ignore", "No application metrics")
            return self.handler(name).handler(event, Context(self.left_ms))

    def drop(self, key: str, text: str | bytes) -> Any:
        self.put(key, text)
        return self.call("ingest", sqs_event("ingest", s3_notification(key)))

    def put(self, key: str, text: str | bytes) -> None:
        aws.s3().put_object(Bucket="manuscripts", Key=key, Body=text)

    def delete(self, key: str) -> Any:
        aws.s3().delete_object(Bucket="manuscripts", Key=key)
        return self.call("ingest", sqs_event("ingest", s3_notification(key, "ObjectRemoved:DeleteMarkerCreated")))

    def tick(self) -> None:
        self.call("tick", {"source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": "{}"})

    def minutes(self, count: int) -> None:
        for _ in range(count):
            self.time += MINUTE
            self.tick()
            self.deliver()

    def deliver(self) -> None:
        """Take what lies in the two queues, letters first, as the event source mappings do."""
        for queue in QUEUES:
            for bodies in self._waiting(queue):
                assert self.call("deliver", sqs_event(queue, *bodies)) == {"batchItemFailures": []}

    def _waiting(self, queue: str) -> Iterator[list[str]]:
        """The messages of a queue, in batches, taken out of it."""
        sqs = aws.sqs()
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            yield [message["Body"] for message in messages]

    def get(self, path: str) -> dict[str, Any]:
        return self.call("pages", http_event("GET", path))  # type: ignore[no-any-return]

    def page(self, path: str) -> str:
        """Of the archive."""
        return aws.s3().get_object(Bucket="site", Key=path)["Body"].read().decode()

    def post(self, path: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        return self.call("pages", http_event("POST", path, urlencode(form or {}).encode()))  # type: ignore[no-any-return]

    def sign_up(self, email: str, **more: str) -> dict[str, Any]:
        """The form on the page of the lantern series, which was opened a minute ago."""
        sealed = forms.seal(joining.SEALED_FOR, "lantern", keys=KEYS, now=self.time - MINUTE)
        return self.post("/subscribe/lantern", {"email": email, "website": "", "form": sealed, **more})

    # What there is -------------------------------------------------------------------------------------

    def dump(self) -> dict[Key, Item]:
        """Every item of the table, past the API: a scan by it takes moto a fifth of a second."""
        table = dynamodb_backends[ACCOUNT][REGION].tables["cliffhanger"]
        items = [from_item(item.to_json()["Attributes"]) for item in table.all_items()]
        return {Key(item["pk"], item["sk"]): item for item in items}

    def restore(self, dump: dict[Key, Item]) -> None:
        """Make the table as it was when it was dumped, and all else as in the beginning."""
        now = self.dump()
        for key in now.keys() - dump.keys():
            aws.dynamodb().delete_item(TableName="cliffhanger", Key=to_item(key._asdict()))
        for key, item in dump.items():
            if now.get(key) != item:
                self.table.put(key, item)
        for queue in QUEUES:
            list(self._waiting(queue))
        self.mails.clear()
        self._log.truncate(self._log.seek(0))
        self.time, self.left_ms = START, 60_000
        self.handler("feedback")._newest.cache_clear()
        self.handler("deliver")._worker.cache_clear()  # it knows that slots never go back

    @property
    def mails(self) -> list[Message]:
        """What SES accepted."""
        return ses_backends[ACCOUNT][REGION].sent_messages

    def mails_to(self, recipient: str) -> list[Message]:
        return [mail for mail in self.mails if mail.destinations["ToAddresses"] == [recipient]]

    def logged(self) -> str:
        """All that the functions wrote to standard output and standard error so far: log lines and metrics."""
        return self._log.getvalue()


@contextmanager
def stack() -> Iterator[Lambdas]:
    """A stack on moto, for as long as the context lasts."""
    with pytest.MonkeyPatch.context() as monkeypatch, mock_aws():
        for name, value in CREDENTIALS.items():
            monkeypatch.setenv(name, value)
        yield Lambdas(monkeypatch)


def sqs_event(queue: str, *bodies: str, waited: int = 5) -> dict[str, Any]:
    """A batch as an event source mapping hands it over. `waited` is how long its messages lay in the queue (ms)."""
    return {
        "Records": [
            {
                "messageId": f"00000000-0000-4000-8000-{number:012d}",
                "receiptHandle": f"receipt-{number}",
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": str(START),
                    "SenderId": "AIDAEXAMPLEEXAMPLE",
                    "ApproximateFirstReceiveTimestamp": str(START + waited),
                },
                "messageAttributes": {},
                "md5OfBody": hashlib.md5(body.encode()).hexdigest(),
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}",
                "awsRegion": REGION,
            }
            for number, body in enumerate(bodies, start=1)
        ]
    }


def s3_notification(key: str, name: str = "ObjectCreated:Put") -> str:
    """As little of an S3 notification as matters; events/ingest has whole ones."""
    event = {"eventSource": "aws:s3", "eventName": name, "s3": {"object": {"key": quote_plus(key, safe="/")}}}
    return json.dumps({"Records": [event]})


def http_event(method: str, path: str, body: bytes = b"", content_type: str = FORM) -> dict[str, Any]:
    """A request as an HTTP API hands it over: the path decoded, a form in base64. `path` may have a query."""
    path, _, query = path.partition("?")
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "queryStringParameters": dict(parse_qsl(query)),
        "headers": {"content-type": content_type, "host": "stories.example.org"},
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "198.51.100.7"},
            "stage": "$default",
        },
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
