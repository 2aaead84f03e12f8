"""Reads one manuscript from stdin, confined: no network, no processes, nothing written, 1 GiB.

`python -m benchmarks.corpus.child FILENAME`. Prints one JSON object: `error` or `document` with the rendered
issue (`subject`, `html`, `text`), `seconds` of it, `peak` memory in MiB, and `touched`: what it tried to do outside.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from benchmarks.corpus.cases import ROOT, Json

from cliffhanger.errors import Refusal
from cliffhanger.mailbody import Place, fill
from cliffhanger.manuscripts.document import as_document
from cliffhanger.manuscripts.read import read
from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.issue import Sender, render_issue
from cliffhanger.series import Series

MEMORY = 1 << 30
URL = "https://stories.test/"
_OUTSIDE = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.mkdir", "os.remove")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def main(filename: str) -> None:
    touched: list[str] = []
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.addaudithook(lambda event, arguments: _watch(event, arguments, touched))
    started = time.perf_counter()
    told = _told(filename, data)
    seconds = time.perf_counter() - started
    print(json.dumps(told | {"seconds": seconds, "peak": _peak(), "touched": touched}))


def _peak() -> float:
    """MiB. getrusage would tell the parent's peak too, which a new process takes over on Linux."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _watch(event: str, arguments: tuple[object, ...], touched: list[str]) -> None:
    opens = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
    if opens or event.startswith(_OUTSIDE):
        touched.append(f"{event} {arguments[:1]}")
        raise PermissionError(f"a manuscript must not do this: {event}")


def _told(filename: str, data: bytes) -> Json:
    try:
        chapter = read(filename, data)
    except Refusal as refusal:
        return {"error": refusal.message}
    mail = render_issue(
        chapter,
        series=Series("harbour", "The Harbour Files", "Ada"),
        series_url=URL,
        chapter_url=URL,
        sender=Sender("Ada", "1 Quay, Harbour"),
        environment=environment(ROOT / "templates"),
    )
    places = dict.fromkeys(Place, URL)
    bodies = {"html": fill(mail.html, places), "text": fill(mail.text, places)}
    return {"document": as_document(chapter), "subject": mail.subject, **bodies}


if __name__ == "__main__":
    main(sys.argv[1])
