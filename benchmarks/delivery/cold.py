"""`python -m benchmarks.delivery.cold [HANDLER …]`: what a cold start costs, from a fresh interpreter to an answer."""

from __future__ import annotations

import compileall
import json
import py_compile
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.delivery import ours, scene
from benchmarks.delivery.contender import call
from benchmarks.delivery.processes import Process, Start, processes
from benchmarks.delivery.ratios import Spread, against, table
from benchmarks.delivery.report import Part, run
from benchmarks.simulate import template

from cliffhanger import keys

ROUNDS = 15
HANDLERS = template.handlers()
"""Of the template: what is deployed is measured, and one without an event here fails."""

EVENTS = {"ingest": "chapter_dropped", "tick": "minute", "feedback": "send", "pages": "join", "mailroom": "subscribe"}
"""First events, of events/. Deliver's first event sends one letter; the mailroom's lays one down."""

MANUSCRIPT = "# Chapter 3: Salt\n\nThe sea had been at the wick.\n"
MAIL = "/cliffhanger-inbound-123456789012-eu-central-1/subscribe"
INBOUND_DOMAIN = "in.stories.example.org"
LEAVES = {"deliver": "letters", "mailroom": "hints"}
"""One of these in the sink. An event that found nothing to do would be a cheap one."""


def measure(handlers: tuple[str, ...] = HANDLERS, rounds: int = ROUNDS) -> Part:
    """Each handler in turns with boto3 and four clients (dynamodb, s3, sqs, sesv2) that are asked nothing.

    A handler's start is what its first event costs more than the same event again: imports, clients, the secret,
    connections, whatever it makes only when it is needed.
    """
    started: dict[str, list[float]] = {name: [] for name in handlers}
    first: dict[str, list[float]] = {name: [] for name in handlers}
    boto3: dict[str, list[float]] = {name: [] for name in handlers}
    with processes() as start, tempfile.TemporaryDirectory() as folder:
        http, _ = start("-m", "benchmarks.delivery.sink").line().split()
        starter = Starter(start, _artefact(Path(folder)), f"http://127.0.0.1:{http}")
        for _ in range(rounds):
            for name in handlers:
                boto3[name] += starter.events("boto3", 1)
                one, two = starter.events(name, 2)
                first[name].append(one)
                started[name].append(one - two)
    ratios = {name: against(started[name], boto3[name]) for name in handlers}
    whole = {name: against(first[name], boto3[name]) for name in handlers}
    rows = [(name, ratios[name], f"{1000 * Spread.of(started[name]).middle:.0f}", whole[name]) for name in handlers]
    bare = Spread.of([seconds for name in handlers for seconds in boto3[name]])
    return Part(
        f"Cold start against bare boto3 with four clients ({rounds} rounds; boto3 {1000 * bare.middle:.0f} ms)",
        table(("handler", "start: min – median – max", "ms", "with the first event"), rows),
        {f"cold_{name}_vs_boto3": ratio for name, ratio in ratios.items()},
    )


@dataclass(frozen=True, slots=True)
class Starter:
    start: Start
    code: Path
    url: str

    def events(self, name: str, count: int) -> list[float]:
        """The CPU of a fresh interpreter's first events, seconds; before each the table is as it was."""
        environment = {**scene.environment_of(self.url), "PYTHONPATH": str(self.code)}
        if name == "mailroom":
            environment["INBOUND_DOMAIN"] = INBOUND_DOMAIN
        script = str(Path(__file__).with_name("first_call.py"))
        process = self.start(script, name, environment=environment)
        seconds = [self._event(process, name) for _ in range(count)]
        process.close()
        return seconds

    def _event(self, process: Process, name: str) -> float:
        made = scene.document(1)
        made["objects"] |= {"/manuscripts/lantern/03.md": MANUSCRIPT, MAIL: _mail()}
        call(f"{self.url}/-/load", made)
        seconds = float(process.ask(_event(name)))
        if name in LEAVES and call(f"{self.url}/-/{LEAVES[name]}") != 1:
            sys.exit(f"{name}'s event left none of the {LEAVES[name]} in the sink")
        return seconds


def _artefact(folder: Path) -> Path:
    """Our code as the build leaves it: without the console, compiled, the bytecode never checked."""
    shutil.copytree(scene.ROOT / "functions", folder / "code", ignore=shutil.ignore_patterns("console", "__pycache__"))
    compileall.compile_dir(folder / "code", quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    return folder / "code"


def _mail() -> str:
    return (scene.ROOT / "events" / "mailroom" / "subscribe.eml").read_text(encoding="utf-8")


def _event(name: str) -> Any:
    if name == "deliver":
        return ours.event({"series": scene.SERIES.slug, "walk": [keys.shard_of(scene.readers(1)[0])]})
    if name == "boto3":
        return None
    return json.loads((scene.ROOT / "events" / name / f"{EVENTS[name]}.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    run(lambda: measure(tuple(sys.argv[1:]) or HANDLERS))
