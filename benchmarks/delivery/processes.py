"""The sink and the contenders as processes; each ends when its stdin does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from benchmarks.delivery.scene import ROOT

PATHS = os.pathsep.join(str(ROOT / folder) for folder in ("functions", "infra", "."))


class Start(Protocol):
    def __call__(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Process: ...


class Process:
    """A line in, a line out."""

    def __init__(self, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**clean_environment(), "PYTHONPATH": PATHS, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def line(self) -> str:
        assert self._process.stdout
        if line := self._process.stdout.readline():
            return line
        raise SystemExit(f"a process of the benchmark ended with {self._process.wait()}: it has said why")

    def ask(self, document: Any) -> Any:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(document) + "\n")
        self._process.stdin.flush()
        return json.loads(self.line())

    def close(self) -> None:
        """May be called again."""
        assert self._process.stdout
        if not self._process.stdout.closed:
            self._process.communicate()


def contender(start: Start, name: str, ports: list[str], **environment: str) -> Process:
    """One that has warmed up: only one at a time may, for the sink counts the letters of all."""
    made = start("-m", "benchmarks.delivery.contender", name, *ports, environment=environment)
    made.line()
    return made


@contextmanager
def processes() -> Iterator[Start]:
    """Gives a function that starts processes, and ends them all."""
    started: list[Process] = []

    def start(*arguments: str, environment: Mapping[str, str] | None = None) -> Process:
        started.append(Process(*arguments, environment=environment))
        return started[-1]

    try:
        yield start
    finally:
        for process in reversed(started):
            process.close()


def clean_environment() -> dict[str, str]:
    """Nobody's credentials, proxies or AWS settings."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
    return {name: value for name, value in os.environ.items() if name in kept}
