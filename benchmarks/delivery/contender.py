"""One way to send a chapter to a list, measured in a process of its own.

`python -m benchmarks.delivery.contender NAME HTTP-PORT SMTP-PORT` reads lines of JSON from stdin, `{"letters": count,
"setting": {}}`, and answers each with a line: `cpu` and `wall`, seconds a letter. What comes before the first letter
(imports, connections, a short list to warm up) is not counted.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from benchmarks.delivery import ours, rivals, scene

WARM_UP = 30

Send = Callable[[list[str]], None]
"""Sends the chapter to these readers. What it may have ready before is made before."""

WAYS: dict[str, Callable[[int], Send]] = {
    "deliver": ours.deliver,
    "floor": rivals.floor,
    "tutorial": rivals.tutorial,
    "smtplib": rivals.smtp,
}


def main(name: str, http_port: int, smtp_port: int) -> None:
    url = f"http://127.0.0.1:{http_port}"
    os.environ.update(scene.environment_of(url) | os.environ)
    send = WAYS[name](smtp_port)
    measure(url, send, WARM_UP, {})
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(measure(url, send, asked["letters"], asked["setting"])), flush=True)


def measure(url: str, send: Send, letters: int, setting: dict[str, float]) -> dict[str, float]:
    readers = scene.readers(letters)
    call(f"{url}/-/load", scene.document(letters, **setting))
    cpu, wall = time.process_time(), time.perf_counter()
    send(readers)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if (came := call(f"{url}/-/letters")) != letters:
        sys.exit(f"{came} of {letters} letters came")
    return {"cpu": cpu / letters, "wall": wall / letters}


def call(url: str, document: Any = None) -> Any:
    body = None if document is None else json.dumps(document).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, body) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
