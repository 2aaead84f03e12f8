"""The operator's commands: each finds its stack, and does one thing with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from cliffhanger.delivery.feedback_health import note_failure
from cliffhanger.readers import csv_file, sources, story
from cliffhanger.readers.importing import Import
from cliffhanger.readers.joining import Start
from console import letters, operate, overview, readers, readers_import, stack, status
from console.fate import What
from console.letters import Question
from console.redrive import redrive
from console.screen import Screen
from console.stack import Stack


def run(options: argparse.Namespace) -> int:
    return COMMANDS[options.command](stack.find(options.stack), options)


def _status(stack: Stack, options: argparse.Namespace) -> int:
    look = partial(overview.of_stack, stack)
    return status.watch(look) if options.watch else status.status(look, as_json=options.json)


def _letters(stack: Stack, options: argparse.Namespace) -> int:
    table = stack.table()
    reader = letters.find_reader(table, options.reader, stack.keys) if options.reader else None
    only = What(options.only) if options.only else None
    question = Question(options.series, options.position, reader, only)
    return letters.letters(table, question, stack.clock()())


def _pause(stack: Stack, _: argparse.Namespace) -> int:
    return operate.pause(stack.table())


def _resume(stack: Stack, options: argparse.Namespace) -> int:
    return operate.resume(stack.table(), options.series, generation=stack.generation(), now=stack.clock()())


def _resend(stack: Stack, options: argparse.Namespace) -> int:
    return operate.resend(stack.table(), options.series, options.position, now=stack.clock()())


def _redrive(stack: Stack, options: argparse.Namespace) -> int:
    table, clock = stack.table(), stack.clock()
    return redrive(stack.dead_letters(), options.queue, lambda: note_failure(table, clock()), dry_run=options.dry_run)


def _import(stack: Stack, options: argparse.Namespace) -> int:
    table, file = stack.table(), csv_file.examine(options.file)
    export, shelf = sources.recognise(file), readers.find_shelf(table, options.series)
    into = Import(
        table,
        options.series,
        story.of_series(table, options.series, shelf.newest),
        source=export.source.value,
        digest=file.digest,
        start=Start(options.start),
        keys=stack.keys(),
        now=stack.clock()(),
    )
    with ThreadPoolExecutor(readers_import.AT_ONCE) as pool:
        return readers_import.import_readers(export, into, pool, Screen(), apply=options.apply, report=options.report)


def _export(stack: Stack, options: argparse.Namespace) -> int:
    return readers.export(stack.table(), options.series, options.out, stack.keys(), as_json=options.json)


def _show(stack: Stack, options: argparse.Namespace) -> int:
    return readers.show(stack.table(), options.address, stack.keys(), reveal=options.reveal)


def _erase(stack: Stack, options: argparse.Namespace) -> int:
    return readers.erase(stack.table(), options.address, stack.keys(), apply=options.apply)


COMMANDS: dict[str, Callable[[Stack, argparse.Namespace], int]] = {
    "status": _status,
    "letters": _letters,
    "pause": _pause,
    "resume": _resume,
    "resend": _resend,
    "redrive": _redrive,
    "readers import": _import,
    "readers export": _export,
    "readers show": _show,
    "readers erase": _erase,
}
