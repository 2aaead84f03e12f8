"""`cliffhanger`: the service at a terminal, for authors who try a file and operators who look after a stack."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cliffhanger.errors import CliffhangerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 with one sentence on the error output."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CliffhangerError as error:
        print(error.message, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cliffhanger", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    read = commands.add_parser("read", help="what is understood of a chapter's file (offline)")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true")
    read.set_defaults(run=_read)

    preview = commands.add_parser("preview", help="the issue that a chapter's file would become (offline)")
    preview.add_argument("file", type=Path)
    preview.add_argument("--out", type=Path, metavar="FOLDER")
    preview.set_defaults(run=_preview)

    status = commands.add_parser("status", help="each series: released, sent, in doubt")
    status.set_defaults(run=_status)

    letters = commands.add_parser("letters", help="each reader of a series: place, and whether a letter is in doubt")
    letters.add_argument("series")
    letters.add_argument("--in-doubt", action="store_true", help="only those")
    letters.set_defaults(run=_letters)

    pause = commands.add_parser("pause", help="stop all sending")
    pause.set_defaults(run=_pause)

    resume = commands.add_parser("resume", help="go on: with all sending, or with one series that was halted")
    resume.add_argument("series", nargs="?")
    resume.set_defaults(run=_resume)

    resend = commands.add_parser("resend", help="send a position to those who missed it: rejected, or held in doubt")
    resend.add_argument("series")
    resend.add_argument("position", type=int)
    resend.add_argument("--missed", action="store_true", required=True, help="to these only; nobody gets it twice")
    resend.set_defaults(run=_resend)
    return parser


# Each command imports what it needs: `read` must not wait for boto3, nor need a stack.


def _read(options: argparse.Namespace) -> int:
    from console.read import read_command

    return read_command(options.file, as_json=options.json)


def _preview(options: argparse.Namespace) -> int:
    from console.preview import preview_command

    return preview_command(options.file, out=options.out)


def _status(_: argparse.Namespace) -> int:
    from console import operate

    return operate.status(operate.table())


def _letters(options: argparse.Namespace) -> int:
    from console import operate

    return operate.letters(operate.table(), options.series, in_doubt=options.in_doubt)


def _resend(options: argparse.Namespace) -> int:
    from console import operate

    return operate.resend(operate.table(), options.series, options.position)


def _pause(_: argparse.Namespace) -> int:
    from console import operate

    return operate.pause(operate.table())


def _resume(options: argparse.Namespace) -> int:
    from console import operate

    return operate.resume(operate.table(), options.series, operate.generation())
