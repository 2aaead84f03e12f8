"""A command that is ended from outside, by a closed pipe or Ctrl-C, ends without a word, as Unix tools do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.support import signing_in
from tests.support.aws import CREDENTIALS

LINES = 20_000
"""More than a pipe or a buffer holds."""

ASKED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
from console import commands, main, status
{change}
sys.exit(main.main(sys.argv[1:]))
"""
DRAWN = "status.draw = lambda seen, **_: 'a line\\n' * {lines}\ncommands.run = lambda options: status.{how}"
PRINTED = "commands.run = lambda options: [print('a line') for _ in range({lines})] and 0"
COMMANDS = {
    "letters, long": (PRINTED.format(lines=LINES), ("letters", "lantern")),
    "letters, short": (PRINTED.format(lines=1), ("letters", "lantern")),
    "status": (DRAWN.format(lines=LINES, how="status(lambda: None)"), ("status",)),
    "status --watch": (DRAWN.format(lines=1, how="watch(lambda: None, sleep=lambda _: None)"), ("status",)),
    "--help": ("", ("--help",)),
}


def started(
    change: str,
    arguments: tuple[str, ...],
    home: Path,
    *,
    out: int,
    err: int = subprocess.PIPE,
    more: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ASKED.format(change=change), *arguments]
    env = signing_in.environment(home, more=more)
    return subprocess.Popen(command, env=env, text=True, stdin=subprocess.DEVNULL, stdout=out, stderr=err)


@pytest.fixture
def closed() -> Iterator[int]:
    """A pipe that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.parametrize(("change", "arguments"), COMMANDS.values(), ids=COMMANDS)
def test_a_closed_pipe_ends_a_command(change: str, arguments: tuple[str, ...], closed: int, tmp_path: Path) -> None:
    child = started(change, arguments, tmp_path, out=closed)
    assert child.communicate(timeout=60)[1] == ""
    assert child.returncode == 141


def test_where_nobody_reads_errors_either_it_ends_alike(closed: int, tmp_path: Path) -> None:
    child = started("", ("status",), tmp_path, out=closed, err=closed)
    assert child.wait(timeout=60) == 141


def test_without_any_output_a_command_does_its_work(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# Chapter 1: Oil\n\nThere was oil for one night.\n")
    child = started("sys.stdout = None", ("read", str(tmp_path / "one.md")), tmp_path, out=subprocess.DEVNULL)
    assert (child.communicate(timeout=60)[1], child.returncode) == ("", 0)


def test_ctrl_c_ends_a_command_that_waits_for_aws(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        here = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        child = started("", ("status",), tmp_path, out=subprocess.PIPE, more=CREDENTIALS | here)
        with silent.accept()[0]:
            child.send_signal(signal.SIGINT)
            assert child.communicate(timeout=60) == ("", "")
    assert child.returncode == 130
