"""`cliffhanger readers import`: what a file of readers would do, and, told to, does it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Drawing

from cliffhanger.errors import CliffhangerError, Refusal, StoreBusy
from cliffhanger.readers.entries import Entry, Skipped
from cliffhanger.readers.importing import Import, Outcome
from cliffhanger.readers.sources import Export

AT_ONCE = 16
"""Lines taken over at the same time: each waits for a handful of the table's answers."""

BATCH = 64

Told = tuple[int, Outcome | str]
"""A line, and what becomes of it: where nothing is made of it, the reason."""


@dataclass(slots=True)
class Report:
    """`skipped` counts the lines of which nothing is made, by the reason, whichever other line it names."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def note(self, told: Outcome | str) -> None:
        if isinstance(told, Outcome):
            self.outcomes[told] += 1
        else:
            self.skipped[told.partition(" (line ")[0]] += 1


def import_readers(
    export: Export, into: Import, pool: Executor, console: Console, *, apply: bool, report: Path | None
) -> int:
    """Exit code 0, or 1 where nothing could be made of some lines."""
    console.print(f"{export.file.path.name} is from {export.source}, for {into.series}.")
    found = Report()
    with ExitStack() as stack:
        write = _writer(report, stack)
        progress = stack.enter_context(Progress(console=console, transient=True))
        task = progress.add_task("taking over" if apply else "looking", total=max(export.file.lines, 1))
        try:
            for line, told in _each(export.entries(into.series), into.take if apply else into.outcome, pool):
                found.note(told)
                write((line, told if isinstance(told, Outcome) else f"skipped: {told}"))
                progress.update(task, completed=line)
        except StoreBusy as error:
            again = f"{error.message}: do it again, and it goes on where it stopped"
            raise CliffhangerError(again, permanent=False) from None
    _draw(found, console, apply=apply)
    return 1 if found.skipped else 0


def _each(entries: Iterable[Entry | Skipped], do: Callable[[Entry], Outcome], pool: Executor) -> Iterator[Told]:
    """In the order of the file; a batch is done before the next one is read, so that memory stays flat."""
    waiting = iter(entries)
    while batch := list(islice(waiting, BATCH)):
        done = pool.map(lambda entry: do(entry) if isinstance(entry, Entry) else entry.reason, batch)
        yield from zip((entry.line for entry in batch), done, strict=True)


def _writer(report: Path | None, stack: ExitStack) -> Callable[[Told], None]:
    """Lines, not addresses: the report may lie about."""
    if not report:
        return lambda _: None
    try:
        file = stack.enter_context(report.open("w", encoding="utf-8", newline=""))
    except OSError as error:
        raise Refusal(f"{report.name} cannot be written: {error.strerror}") from None
    writer = csv.writer(file)
    writer.writerow(("line", "what"))
    return writer.writerow


def _draw(found: Report, console: Console, *, apply: bool) -> None:
    drawing = Drawing(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    drawing.add_column("lines", justify="right")
    drawing.add_column("what")
    for outcome in Outcome:
        if count := found.outcomes[outcome]:
            drawing.add_row(f"{count:,}", outcome.value)
    for reason, count in found.skipped.most_common():
        drawing.add_row(f"{count:,}", f"skipped: {reason}")
    console.print(drawing)
    if not apply:
        console.print("Nothing has been changed. With --apply it is done; nobody is mailed by it.")
