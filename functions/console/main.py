"""`cliffhanger`: the service at a terminal, for authors who try a file and operators who look after a stack."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cliffhanger.errors import CliffhangerError
from console import queues

INTERRUPTED, UNREAD = 130, 141
"""What a shell makes of a program that Ctrl-C ended, or a closed pipe: 128 and the signal's number."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 with one sentence on the error output; silent if Ctrl-C or `| head` ends it."""
    try:
        try:
            return _run(arguments)
        finally:
            print(end="", flush=True)  # what is left to be written meets a closed pipe here, and not after us
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _write_no_more()
        return UNREAD


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CliffhangerError as error:
        print(error.message, file=sys.stderr)
        return 1


def _write_no_more() -> None:
    """The interpreter writes what it still holds when it ends, and would complain of the pipe once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        os.dup2(nowhere, stream.fileno())


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

    stack = argparse.ArgumentParser(add_help=False)
    stack.add_argument("--stack", metavar="NAME", help="the stack's name; else $CLIFFHANGER_STACK, else cliffhanger")
    _looking(commands, stack)
    _acting(commands, stack)
    _readers(commands, stack)
    return parser


def _looking(commands: argparse._SubParsersAction[argparse.ArgumentParser], stack: argparse.ArgumentParser) -> None:
    status = commands.add_parser("status", parents=[stack], help="the pace, each series, and the sends under way")
    how = status.add_mutually_exclusive_group()
    how.add_argument("--watch", action="store_true", help="again every few seconds, until Ctrl-C")
    how.add_argument("--json", action="store_true", help="for scripts")
    status.set_defaults(run=_on_stack, command="status")

    letters = commands.add_parser("letters", parents=[stack], help="who of a series had which letter, who missed it")
    letters.add_argument("series")
    letters.add_argument("position", type=int, nargs="?", help="of the chapter; without it, where each reader is")
    which = letters.add_mutually_exclusive_group()
    which.add_argument("--reader", metavar="ADDRESS|ID", help="only this one")
    which.add_argument("--in-doubt", dest="only", action="store_const", const="in doubt", help="only these")
    which.add_argument("--rejected", dest="only", action="store_const", const="rejected", help="only these")
    which.add_argument("--held", dest="only", action="store_const", const="held", help="only these")
    letters.set_defaults(run=_on_stack, command="letters")


def _acting(commands: argparse._SubParsersAction[argparse.ArgumentParser], stack: argparse.ArgumentParser) -> None:
    pause = commands.add_parser("pause", parents=[stack], help="stop all sending")
    pause.set_defaults(run=_on_stack, command="pause")

    resume = commands.add_parser("resume", parents=[stack], help="go on: all sending, or one series that was halted")
    resume.add_argument("series", nargs="?")
    resume.set_defaults(run=_on_stack, command="resume")

    resend = commands.add_parser("resend", parents=[stack], help="send a position to those who missed it")
    resend.add_argument("series")
    resend.add_argument("position", type=int)
    missed = "for whom it was rejected or held; nobody gets it twice"
    resend.add_argument("--missed", action="store_true", required=True, help=missed)
    resend.set_defaults(run=_on_stack, command="resend")

    redrive = commands.add_parser("redrive", parents=[stack], help="bring back what lies in the dead-letter queues")
    redrive.add_argument("queue", nargs="?", help=f"{', '.join(queues.ALL)}; without it, all")
    redrive.add_argument("--dry-run", action="store_true", help="only count")
    redrive.set_defaults(run=_on_stack, command="redrive")


def _readers(commands: argparse._SubParsersAction[argparse.ArgumentParser], stack: argparse.ArgumentParser) -> None:
    readers = commands.add_parser("readers", help="take readers in and out, look at one, erase one")
    actions = readers.add_subparsers(required=True, metavar="ACTION")
    do_it = "do it; without it, only say what would be done"

    take_in = actions.add_parser("import", parents=[stack], help="from Substack, Ghost, Mailchimp, … or a plain list")
    take_in.add_argument("file", type=Path, help="CSV")
    take_in.add_argument("--series", required=True)
    start = "where a reader begins whose place the file does not tell (newest: with the next release)"
    take_in.add_argument("--start", choices=["newest", "first"], default="newest", help=start)
    take_in.add_argument("--apply", action="store_true", help=do_it)
    take_in.add_argument("--report", type=Path, metavar="FILE", help="what becomes of each line, as CSV")
    take_in.set_defaults(run=_on_stack, command="readers import")

    take_out = actions.add_parser("export", parents=[stack], help="everybody, with their places, as CSV")
    take_out.add_argument("--series", help="only this one")
    take_out.add_argument("--out", type=Path, metavar="FILE", help="else to the standard output")
    take_out.add_argument("--json", action="store_true", help="JSON lines")
    take_out.set_defaults(run=_on_stack, command="readers export")

    show = actions.add_parser("show", parents=[stack], help="what we hold of somebody")
    show.add_argument("address")
    show.add_argument("--reveal", action="store_true", help="the address in full")
    show.set_defaults(run=_on_stack, command="readers show")

    erase = actions.add_parser("erase", parents=[stack], help="forget somebody")
    erase.add_argument("address")
    erase.add_argument("--apply", action="store_true", help=do_it)
    erase.set_defaults(run=_on_stack, command="readers erase")


# Each command imports what it needs: `read` must not wait for boto3, nor need a stack.


def _read(options: argparse.Namespace) -> int:
    from console.read import read_command

    return read_command(options.file, as_json=options.json)


def _preview(options: argparse.Namespace) -> int:
    from console.preview import preview_command

    return preview_command(options.file, out=options.out)


def _on_stack(options: argparse.Namespace) -> int:
    try:
        from console import commands
    except ModuleNotFoundError as error:
        told = f"this command needs {error.name}: pip install -e '.[console]' in the checkout of Cliffhanger"
        raise CliffhangerError(told, permanent=True) from None
    return commands.run(options)
