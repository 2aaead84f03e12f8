"""`cliffhanger status`: the pace, each series, and how far the sends under way have come."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import chain

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from cliffhanger.catalogue import Shelf
from cliffhanger.delivery.progress import Progress
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Item, Sleep
from console import reasons
from console.overview import Overview
from console.queues import TICK
from console.screen import Screen

EVERY = 3.0
"""Seconds between two looks."""

COLOURS = {"halted": "bold red", "paused": "yellow", "sending": "green", "sent": "default", "nothing out yet": "dim"}


def status(look: Callable[[], Overview], *, console: Console | None = None, as_json: bool = False) -> int:
    console = console or Screen()
    if as_json:
        print(json.dumps(look().document(), indent=1))
    else:
        console.print(draw(look()), crop=False)
    return 0


def watch(look: Callable[[], Overview], *, console: Console | None = None, sleep: Sleep = time.sleep) -> int:
    """Until Ctrl-C. Where nobody watches, in a pipe or a file, one picture follows the other."""
    console = console or Screen()
    with suppress(KeyboardInterrupt):
        if not console.is_terminal:
            while True:
                console.print(_picture(look), crop=False, end="\n\n")
                sleep(EVERY)
        with Live(_picture(look), console=console, auto_refresh=False) as live:
            while True:
                sleep(EVERY)
                live.update(_picture(look), refresh=True)
    return 0


def _picture(look: Callable[[], Overview]) -> RenderableType:
    """A look that fails for now ends no watch. Where a terminal is low, its end is cut off: what matters least."""
    try:
        return draw(look(), series_last=True)
    except CliffhangerError as error:
        if error.permanent:
            raise
        return Text(error.message, "yellow")


def draw(overview: Overview, *, series_last: bool = False) -> RenderableType:
    blocks: list[list[RenderableType]] = [[*_send(send)] for send in overview.sends]
    blocks += [[*_halted(shelf)] for shelf in overview.shelves if shelf.halted]
    if any(overview.dead.values()):
        blocks.append([*_dead(overview.dead)])
    if overview.shelves:
        blocks.insert(len(blocks) if series_last else 0, [_series(overview)])
    blocks.insert(0, [*_pace(overview)])
    return Group(*chain(blocks[0], *(["", *block] for block in blocks[1:])))


def _pace(overview: Overview) -> Iterator[Text]:
    pace = overview.pace
    if not pace:
        yield Text("Nothing has run yet: the first minute begins it.")
        return
    if overview.paused:
        why, what = reasons.of_pause(overview.paused)
        yield Text.assemble(("PAUSED", "bold red"), f": {why}. {what}")
        return
    line = Text.assemble(
        ("Sending", "green"), f" at {_rate(pace['rate'])} of {_rate(pace['ceiling'])} letters a second"
    )
    if overview.left == 0:
        line.append("; the day's quota is spent (it goes on by itself)", "yellow")
    elif overview.left is not None:
        line.append(f"; {overview.left:,} more today")
    yield line.append(".")
    if pace.get("carried", pace["rate"]) < pace["rate"]:
        carried = _rate(pace["carried"])
        yield Text(f"The workers carry no more than {carried}: docs/deploy.md, 3, says what to set.", "yellow")
    if "warming" in pace:
        yield Text(f"The domain is new and warms up: {pace['warming']:,} letters today, then more.")


def _series(overview: Overview) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("series", overflow="fold")
    table.add_column("newest", justify="right")
    table.add_column("closed", justify="right")
    table.add_column("state")
    for shelf in overview.shelves:
        state = overview.state(shelf)
        said = Text(state.upper() if shelf.halted else state, COLOURS[state])
        if state == "sent":
            said.append(_outcome(overview.totals.get(shelf.series.slug, {})))
        table.add_row(shelf.series.slug, str(shelf.newest), str(shelf.closed), said)
    return table


def _outcome(total: Item) -> str:
    """Of a send that is closed: its counts are exact."""
    missed = "".join(f", {total[name]:,} {name}" for name in ("rejected", "held") if total.get(name))
    return f" to {total['sent']:,}{missed}" if "closed_at" in total else ""


def _send(send: Progress) -> Iterator[RenderableType]:
    decided = send.sent + send.rejected
    share = min(decided / send.audience, 1) if send.audience else 0
    bar = Table.grid(expand=True, padding=(0, 1, 0, 0))
    bar.add_column(ratio=1)
    bar.add_column(justify="right", no_wrap=True, min_width=24)  # so that bars begin and end alike
    bar.add_row(
        ProgressBar(total=max(send.audience, 1), completed=decided, complete_style="green", finished_style="green"),
        f"{int(share * 100):>3} %   {send.sent:,} of {send.audience:,}",
    )
    yield Text.assemble((send.series, "bold"), f", position {send.position}")
    yield bar
    yield Text(_numbers(send))
    if send.in_doubt:
        waits = "waits" if send.in_doubt == 1 else "wait"
        yield Text(f"{send.in_doubt:,} in doubt {waits} for SES's events, or for an hour without any:", "yellow")
        yield _command(f"letters {send.series} {send.position} --in-doubt")


def _numbers(send: Progress) -> str:
    # Of these counts only the rejected ones stay: doubts are settled, and what was refused is tried again.
    counts = {"rejected": send.rejected, "fell into doubt": send.doubt, "refused at first": send.refused}
    left = "" if send.left_s is None else f"{_span(send.left_s)} left"
    said = [
        f"{_rate(send.rate * 1000)} a second",
        left,
        f"behind for {_span(send.behind_s)}",
        *(f"{count:,} {name}" for name, count in counts.items() if count),
    ]
    return " · ".join(part for part in said if part)


def _halted(shelf: Shelf) -> Iterator[Text]:
    slug, why = shelf.series.slug, reasons.of_halt(shelf.halted or "")
    yield Text(f"{slug} is halted: {why}. Look, mend, resume:", "yellow")
    yield _command(f"letters {slug} {shelf.halted_by or shelf.newest} --rejected")
    yield _command(f"resume {slug}")


def _dead(lying: Mapping[str, int]) -> Iterator[Text]:
    told = ", ".join(f"{count} of {name}" for name, count in lying.items() if count)
    yield Text(f"Messages that failed too often: {told}. When the cause is mended:", "yellow")
    if any(count for name, count in lying.items() if name != TICK):
        yield _command("redrive")
    if lying.get(TICK):
        yield _command(f"redrive {TICK}")


def _command(arguments: str) -> Text:
    """On a line of its own, whole even where the terminal is narrower: to be copied."""
    return Text(f"  cliffhanger {arguments}", no_wrap=True, overflow="ignore")


def _rate(thousandths: float) -> str:
    return f"{thousandths / 1000:,.1f}".removesuffix(".0")


def _span(seconds: float) -> str:
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / 86_400
    if minutes < 2:
        return f"{seconds:.0f} s"
    if hours < 2:
        return f"{minutes:.0f} min"
    return f"{hours:.0f} h" if days < 2 else f"{days:.1f} days"
