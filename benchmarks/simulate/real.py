"""`python -m benchmarks.simulate.real --readers N`: a send for real, by the handlers and adapters over moto in process.

Minutes for 10,000 readers. Everybody must get one letter, and the counts must say so; the last line is RESULT.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from benchmarks.simulate import crowd
from tests.support.lambdas import Lambdas, sqs_event, stack

from cliffhanger import keys
from cliffhanger.adapters import aws
from cliffhanger.clock import MINUTE, as_datetime

CHAPTER = "# Chapter 1: The First Lamp\n\n" + "The lamp burned low, and nobody came to trim it.\n\n" * 600
"""About 6,000 words."""

BATCH = 50
GRACE = 10
MINUTES = 60
ENCODED = "gzip"


class Calls:
    """What the clients ask of AWS: calls by operation, and the tags of each letter."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.tags: list[dict[str, str]] = []
        for client in (aws.dynamodb(), aws.s3(), aws.sqs(), aws.sesv2()):
            client.meta.events.register("before-call.*.*", self._note)

    def _note(self, model: Any, params: Any, **_: Any) -> None:
        self.made[f"{model.service_model.service_id} {model.name}"] += 1
        if model.name == "SendEmail":
            asked = json.loads(_plain(params))
            self.tags.append({tag["Name"]: tag["Value"] for tag in asked["EmailTags"]})


def send(lambdas: Lambdas, readers: int) -> tuple[Calls, Counter[int], dict[str, int]]:
    """The calls of the send, how many readers got how many copies, and the send's own counts."""
    lambdas.accounts.max_rate = 10.0 * readers
    crowd.lay(lambdas.table, readers, lambdas.time)
    lambdas.drop(f"{crowd.SLUG}/01.md", CHAPTER)
    lambdas.minutes(1)
    lambdas.pass_seconds(60 * GRACE)
    calls = Calls()
    for _ in range(MINUTES):
        lambdas.time += MINUTE
        lambdas.tick()
        lambdas.deliver()
        if "closed_at" in (total := lambdas.table.get(keys.send_total(crowd.SLUG, 1)) or {}):
            break
    hear(lambdas, calls.tags)
    letters = Counter(tags["reader"] for tags in calls.tags if tags["kind"] == "issue")
    counts = {name: total[name] for name in ("audience", "sent", "rejected", "held", "skipped")}
    return calls, Counter(letters.values()), counts


def hear(lambdas: Lambdas, letters: list[dict[str, str]]) -> None:
    """SES's event of each letter, in batches as the template asks for them."""
    waiting = iter(letters)
    while batch := list(islice(waiting, BATCH)):
        answer = lambdas.call("feedback", sqs_event("feedback", *_events(batch, lambdas.time)))
        assert answer == {"batchItemFailures": []}, answer


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.simulate.real", description=__doc__)
    parser.add_argument("--readers", type=int, default=10_000)
    readers = parser.parse_args().readers
    began = time.monotonic()
    with stack() as lambdas:
        calls, copies, counts = send(lambdas, readers)
    for operation, made in calls.made.most_common():
        print(f"{operation:<32}{made:>10,}{made / readers:>10.3f} a letter")
    right = copies == {1: readers} and counts["audience"] == counts["sent"] == readers
    print(f"\ncopies of the letter a reader got: {dict(copies)}; counted: {counts}")
    result = {
        "readers": readers,
        "right": right,
        "calls": calls.made.total(),
        "seconds": round(time.monotonic() - began),
    }
    print("RESULT " + json.dumps(result))
    return int(not right)


def _events(batch: list[dict[str, str]], now: int) -> Iterator[str]:
    for tags in batch:
        mail = {"timestamp": as_datetime(now).isoformat(), "tags": {name: [value] for name, value in tags.items()}}
        yield json.dumps({"eventType": "Send", "mail": mail, "send": {}})


def _plain(params: Any) -> bytes:
    body: bytes = params["body"] if isinstance(params["body"], bytes) else params["body"].encode()
    return gzip.decompress(body) if params["headers"].get("Content-Encoding") == ENCODED else body


if __name__ == "__main__":
    sys.exit(main())
