"""`python -m benchmarks.simulate.peak READERS`: how much memory a worker takes that walks a shard of so many readers.

To be run as a process of its own. It makes all that `deliver` makes: its imports, its AWS clients, its threads. The
table is in memory, and what it holds before the walk is taken off. Prints MiB.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.delivery.scene import environment_of, issue
from benchmarks.simulate import crowd
from benchmarks.stage.platform import KEYS, SETTINGS, KeptContent

from cliffhanger import keys
from cliffhanger.delivery.worker import Worker
from cliffhanger.ports import Mail
from cliffhanger.positions import Position
from local.memory_table import MemoryTable

THREADS = 32
ISSUE = "issues/a"


def measured(readers: int) -> float:
    """MiB, by a process of its own."""
    command = [sys.executable, "-m", "benchmarks.simulate.peak", str(readers)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


class Serialiser:
    """Makes of each letter what botocore sends."""

    def send(self, mail: Mail) -> None:
        json.dumps({"Html": mail.html, "Text": mail.text, "Headers": dict(mail.headers)}).encode()


def walk(readers: int) -> float:
    os.environ.update(environment_of("http://127.0.0.1:9"))
    from cliffhanger.adapters import aws  # noqa: PLC0415  (not before the environment is set)
    from handlers import deliver  # noqa: PLC0415, F401

    clients = [make() for make in (aws.dynamodb, aws.s3, aws.sesv2, aws.secretsmanager)]
    before = _resident()
    table, content, shard = MemoryTable(), KeptContent(), keys.SHARDS[0]
    now = int(time.time() * 1000)
    crowd.lay(table, readers, now, shards=(shard,))
    content.put(ISSUE, issue().to_json())
    table.put(keys.position(crowd.SLUG, 1), Position(1, "a", ISSUE, "s", "Chapter 1", "Night", now, now).to_item())
    table.update(keys.series_meta(crowd.SLUG), set={"newest": 1})
    settings = replace(SETTINGS, threads=THREADS)
    table.put(keys.PACE, {"generation": settings.generation, "rate": 10**8, "tat": 0, "budget": 10**9})
    laid = _resident()
    worker = Worker(
        table=table,
        content=content,
        mailer=Serialiser(),
        feedback_queue=clients[0],
        clock=lambda: int(time.time() * 1000),
        sleep=time.sleep,
        pool=ThreadPoolExecutor(THREADS),
        keys=KEYS,
        settings=settings,
    )
    while not (table.get(keys.shard(crowd.SLUG, shard)) or {}).get("clean_at"):
        worker.take({"series": crowd.SLUG, "walk": [shard]}, enough=lambda: False)
    return before + _resident("VmHWM") - laid


def _resident(name: str = "VmRSS") -> float:
    """MiB, now ("VmRSS") or at most ("VmHWM"). `getrusage` would tell the peak of the parent from before the exec."""
    found = re.search(rf"^{name}:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    print(f"{walk(int(sys.argv[1])):.1f}")
