"""What the end-to-end tests do on the local cloud, from outside: an author, readers, an operator, and a hangman.

The clock is the test's (`pass_time`); the template's own grace, day and hour of doubt hold. Whoever waits does the
minute's work between two looks.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pytest

from cliffhanger import keys
from cliffhanger.adapters.attributes import from_item
from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.ports import Item, Key
from cliffhanger.subscription import Subscription
from local import visitor
from local.cloud import STACK, Cloud
from local.ministack import CREDENTIALS, REGION

MINUTE, HOUR, DAY = 60, 3600, 86_400
GRACE = 10 * MINUTE
A_WHILE = 5  # seconds over a form
PATIENCE = 60  # seconds that one condition may take
ROUND = 0.1  # seconds between two looks
BETWEEN_TICKS = 1.0  # seconds: a tick asks much of the cloud, and the workers need the processor too
QUEUES = ("Ingest", "Issues", "Letters", "Feedback", "Mailroom")
DEAD_LETTER_QUEUES = ("Ingest", "Tick", "Issues", "Letters", "Feedback", "Mailroom")
MESSAGES = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
TOKEN = re.compile(r"/(?:confirm|unsubscribe|me|next|pause|resume|release)/(?:[a-z0-9-]+/)?([a-z2-7]{20,})")

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class LocalCloud:
    cloud: Cloud

    # Time ----------------------------------------------------------------------------------------------

    def pass_time(self, seconds: float) -> None:
        self.cloud.advance(seconds)

    def wait(self, what: str, look: Callable[[], Seen]) -> Seen:
        """Look until there is something to see; fail with `what` after PATIENCE. Now and then do the minute's work."""
        deadline, next_tick = time.monotonic() + PATIENCE, 0.0
        while (now := time.monotonic()) < deadline:
            if seen := look():
                return seen
            if now >= next_tick:
                self.cloud.invoke_tick()
                next_tick = time.monotonic() + BETWEEN_TICKS
            time.sleep(ROUND)
        pytest.fail(f"{PATIENCE} seconds went by, and still not: {what}")

    def quiet(self) -> None:
        """Do a minute's work, and wait until nothing more is on its way."""
        self.cloud.invoke_tick()
        self.wait("no message waits or is in somebody's hands", lambda: not self.messages(QUEUES, "QueueUrl"))

    # The stack -----------------------------------------------------------------------------------------

    @cached_property
    def s3(self) -> Any:
        return self.cloud.client("s3")

    @cached_property
    def sqs(self) -> Any:
        return self.cloud.client("sqs")

    @cached_property
    def table(self) -> DynamoTable:
        return DynamoTable(self.cloud.client("dynamodb"), self.cloud.outputs["Table"])

    def drop(self, key: str, data: str | bytes) -> str:
        """An ordinary S3 put. Returns the object's version."""
        bucket = self.cloud.outputs["ManuscriptsBucket"]
        return str(self.s3.put_object(Bucket=bucket, Key=key, Body=data)["VersionId"])

    def send(self, queue: str, message: dict[str, Any]) -> None:
        self.sqs.send_message(QueueUrl=self.cloud.outputs[f"{queue}QueueUrl"], MessageBody=json.dumps(message))

    def publish(self, event: dict[str, Any]) -> None:
        """Tell the feedback topic what SES would tell it."""
        topic = self.cloud.outputs["FeedbackTopic"]
        self.cloud.client("sns").publish(TopicArn=topic, Message=json.dumps(event))

    def messages(self, queues: tuple[str, ...], output: str) -> int:
        return sum(self._messages(self.cloud.outputs[f"{queue}{output}"]) for queue in queues)

    def dead_letters(self) -> int:
        return self.messages(DEAD_LETTER_QUEUES, "DlqUrl")

    def dump(self) -> dict[Key, Item]:
        """Every item but the pace, which each minute writes anew; and not what the last look at a shard noted."""
        pages = self.cloud.client("dynamodb").get_paginator("scan").paginate(TableName=self.cloud.outputs["Table"])
        items = [from_item(item) for page in pages for item in page["Items"]]
        for item in items:
            for name in ("audience", "clean_from", "fed_at"):
                item.pop(name, None)
        return {Key(item["pk"], item["sk"]): item for item in items if item["pk"] != keys.PACE.pk}

    def logged(self, function: str = "") -> list[str]:
        """What the functions wrote into their logs, a line each."""
        logs = self.cloud.client("logs")
        groups = logs.describe_log_groups(logGroupNamePrefix=f"/aws/lambda/cliffhanger-{function}")["logGroups"]
        pages = logs.get_paginator("filter_log_events")
        return [
            event["message"]
            for group in groups
            for page in pages.paginate(logGroupName=group["logGroupName"])
            for event in page["events"]
        ]

    def tokens(self) -> set[str]:
        """Of all the links that were ever mailed."""
        texts = (letter.request.text or "" for letter in self.cloud.post_office.letters)
        return {token for text in texts for token in TOKEN.findall(text)}

    def operator(self, *arguments: str) -> str:
        """The command `cliffhanger` at an operator's terminal; it finds the stack by its name."""
        stack = {"CLIFFHANGER_STACK": STACK, "CLIFFHANGER_CLOCK_FILE": str(self.cloud.clock.file)}
        aws = {"AWS_ENDPOINT_URL": self.cloud.endpoint, "AWS_DEFAULT_REGION": REGION, **CREDENTIALS}
        command = [str(Path(sys.executable).parent / "cliffhanger"), *arguments]
        done = subprocess.run(
            command, env={"PATH": os.defpath, **stack, **aws}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    # Death ---------------------------------------------------------------------------------------------

    def kill_deliver(self) -> None:
        """SIGKILL for every process of `deliver`. The hints that they held would come back late: they are lost."""
        workers = list(self._workers("cliffhanger-deliver"))
        assert workers, "no process of deliver is there to be killed"
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        self.wait("the killed processes are gone", lambda: not set(workers) & set(self._workers("cliffhanger-deliver")))
        for queue in ("Issues", "Letters"):
            self.sqs.purge_queue(QueueUrl=self.cloud.outputs[f"{queue}QueueUrl"])

    def _workers(self, function: str) -> Iterator[int]:
        """The processes of this cloud, and of no other, that run a function."""
        ours = {f"CLIFFHANGER_CLOCK_FILE={self.cloud.clock.file}", f"AWS_LAMBDA_FUNCTION_NAME={function}"}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                variables = (process / "environ").read_bytes().decode(errors="replace").split("\0")
            except OSError:  # somebody else's, or it has just ended
                continue
            if ours <= set(variables):
                yield int(process.name)

    def _messages(self, url: str) -> int:
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=MESSAGES)["Attributes"]
        return sum(int(attributes[name]) for name in MESSAGES)


@dataclass(frozen=True)
class Story:
    """A series with its author and its readers, who have addresses of this series alone."""

    here: LocalCloud
    slug: str

    @property
    def page(self) -> str:
        return f"{self.here.cloud.site_url}/{self.slug}"

    @property
    def author(self) -> str:
        return f"author@{self.slug}.example.test"

    def address(self, name: str) -> str:
        """`bounce` and `complaint` are boxes of SES's simulator, one of their own for each story."""
        if name in ("bounce", "complaint"):
            return f"{name}+{self.slug}@simulator.amazonses.com"
        return f"{name}@{self.slug}.example.test"

    # The author ----------------------------------------------------------------------------------------

    def begin(self, **settings: str) -> Story:
        """Drop `series.yaml`, and wait until the series has a page."""
        lines = {"title": self.slug.replace("-", " ").title(), "author": "Mara Quill", "author_address": self.author}
        self.drop("series.yaml", "".join(f"{name}: {value}\n" for name, value in (lines | settings).items()))
        return self

    def chapter(self, number: int) -> None:
        text = f"# Chapter {number}: Night {number}\n\nThe lamp burned low. It was night {number}.\n"
        self.drop(f"{number:02}.md", text)

    def drop(self, name: str, data: str | bytes) -> None:
        """Put a file, and wait until it has been worked on."""
        before = self.here.table.get(keys.file(self.slug, name))
        self.here.drop(f"{self.slug}/{name}", data)
        self.here.wait(f"{name} was taken in", lambda: self.here.table.get(keys.file(self.slug, name)) != before)

    def release(self, *numbers: int) -> None:
        """Drop chapters, let the grace go by, and wait until they are out."""
        for number in numbers:
            self.chapter(number)
        newest = self.newest + len(numbers)
        self.here.pass_time(GRACE)
        self.here.wait(f"{newest} chapters are out", lambda: self.newest == newest)

    @property
    def newest(self) -> int:
        return int((self.here.table.get(keys.series_meta(self.slug)) or {}).get("newest", 0))

    def words(self) -> list[EmailMessage]:
        return self.mails(self.author)

    # Readers -------------------------------------------------------------------------------------------

    def join(self, *names: str, start: str = "newest") -> Story:
        """Fill in the form, wait for the mail, press the button behind its link."""
        for name in names:
            self.subscribe(name, start)
        for name in names:
            self.confirm(name)
        return self

    def subscribe(self, name: str, start: str) -> None:
        visitor.press(self.page, lambda: self.here.pass_time(A_WHILE), email=self.address(name), start=start)

    def confirm(self, name: str) -> None:
        visitor.press(self.here.wait(f"{name} was asked to confirm", lambda: self.confirmation(name)))

    def confirmation(self, name: str) -> str:
        """The link in the reader's mail; "" while there is none."""
        link = re.compile(re.escape(self.here.cloud.base_url) + r"/confirm/\S+")
        found = (link.search(text_of(mail)) for mail in self.mails(self.address(name)))
        return next((match[0] for match in found if match), "")

    def issues(self, name: str) -> list[EmailMessage]:
        """The chapters that lie in a reader's inbox, in the order of arrival."""
        return [mail for mail in self.mails(self.address(name)) if mail["List-Unsubscribe"]]

    def got(self, name: str) -> list[int]:
        """Their numbers."""
        found = (re.search(r"Chapter (\d+)", mail["Subject"]) for mail in self.issues(name))
        return [int(match[1]) for match in found if match]

    def wait_for(self, chapters: list[int], *names: str) -> None:
        for name in names:
            self.here.wait(f"{name} has chapters {chapters}", lambda name=name: self.got(name) == chapters)

    def subscription(self, name: str) -> Subscription:
        return next(found for found in self.subscriptions() if found.address == self.address(name))

    def subscriptions(self) -> list[Subscription]:
        table = self.here.table
        return [
            Subscription.from_item(item)
            for mark in table.query(keys.series_pk(self.slug), prefix="SHARD#")
            for item in table.query(keys.shard_pk(self.slug, mark["sk"].removeprefix("SHARD#")), prefix="READER#")
        ]

    def in_doubt(self) -> list[str]:
        """Whose letters are claimed and not settled."""
        return [found.address for found in self.subscriptions() if found.claim]

    def mails(self, address: str) -> list[EmailMessage]:
        """The .eml files of one inbox, in the order of arrival."""
        paths = sorted(self.here.cloud.letters.glob(f"*-{address}-*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part
    return str(part.get_content())


def one_click(mail: EmailMessage) -> str:
    """The URL in List-Unsubscribe; after it stands a mailto for programs that don't post."""
    return str(mail["List-Unsubscribe"]).partition(">")[0].removeprefix("<")
