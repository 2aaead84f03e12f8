"""MiniStack as a process of ours: started clean, on loopback, ended with all that it started."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

REGION = "us-east-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
START_TIMEOUT = 60  # seconds; it needs about one
STOP_TIMEOUT = 5


class CloudError(Exception):
    """The local cloud can't do what was asked. The message is for the person at the terminal."""


def choose_port(wished: int | None) -> int:
    """The wished port if it is free, else CloudError; any free one if none is wished."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wished or 0))
        except OSError as error:
            raise CloudError(f"Port {wished} is busy. Wish for another one, or for none.") from error
        return int(probe.getsockname()[1])


@contextmanager
def ministack(python: Path, *, port: int, folder: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """Run MiniStack under `python` and yield its URL once it answers.

    The functions run in its environment, so that holds nothing of the developer's own: no AWS profile, no
    proxy, no PYTHONPATH. `folder` is its home and keeps its log; its temporary files are gone at the end.
    """
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "AWS_DEFAULT_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        **CREDENTIALS,
        **variables,
    }
    log = folder / "ministack.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [python, "-m", "ministack"],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, url, log)
        yield url
    finally:
        _end(process)
        shutil.rmtree(temporary, ignore_errors=True)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_ministack/ready", timeout=1):  # noqa: S310 (loopback)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    last_words = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
    raise CloudError(f"MiniStack did not start. Its last words:\n{last_words}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """The whole group: its workers are processes of their own and don't notice that it has gone."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(STOP_TIMEOUT)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
