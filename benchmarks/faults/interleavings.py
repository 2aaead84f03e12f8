"""Two workers, two releases, one fault and one reader: the plots of the search for every interleaving.

First act: two workers, the releases, the reader himself, and the feedback of every letter. It ends when all are done,
dead or frozen. Second act, an hour later, where one is frozen: he wakes, and beside him works a third. At last the
service's own feeder finds what is left, until nothing is. Events are never lost here, so each letter must be there
once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.faults.kept import Backup, KeptTable
from benchmarks.stage import scene
from benchmarks.stage.platform import KEYS, SETTINGS, KeptContent

from cliffhanger import catalogue, keys, links
from cliffhanger.clock import HOUR, MINUTE, SECOND
from cliffhanger.publishing.release import release_due
from cliffhanger.readers.joining import Start
from cliffhanger.series import InDoubt, Series
from cliffhanger.subscription import Claim

START = 1_800_000_000_000
SLUG = "lantern"
ADDRESS = "ada@example.org"
BOTH = 2
"""Positions that are released in the end."""

SETTINGS_OF_THE_SEARCH = replace(SETTINGS, threads=1, spacing=-SECOND)
"""The threads of a worker serve different readers, and here is one reader. Time stands still within an act, so that a
letter's slot never passes: the next one must not wait for it.
"""


@dataclass(frozen=True, slots=True)
class Plot:
    """`hints` are what the two workers are asked: "walk" or "due". `out` positions are released when it begins.

    `catches_up`: the reader's next letter comes by the index of the due. `leaves`: he leaves and comes back meanwhile.
    `twice`: the first worker takes two hints, one after the other, so that he may send both letters. `in_doubt`: the
    first letter was claimed more than an hour ago, by one who died before he sent it.
    `faults`: the kinds of which one may happen to one of the workers.
    """

    name: str
    hints: tuple[str, str] = ("walk", "walk")
    out: int = 1
    catches_up: bool = False
    holds: bool = False
    in_doubt: bool = False
    leaves: bool = False
    twice: bool = False
    faults: tuple[str, ...] = ("crash", "freeze", "lost", "unheard")


PLOTS = (
    Plot("a live reader", twice=True),
    Plot("both releases meanwhile", out=0),
    Plot("a reader who catches up", hints=("due", "walk"), catches_up=True),
    Plot("doubtful letters are held", holds=True),
    Plot("a letter long in doubt", in_doubt=True),
    Plot("the reader leaves and comes back", out=BOTH, leaves=True, faults=("crash",)),
    Plot("he comes back to the same letter", ("due", "due"), BOTH, catches_up=True, leaves=True, faults=("crash",)),
)


def lay(plot: Plot) -> tuple[Backup, KeptContent]:
    """The store at the root of the search."""
    table, content = KeptTable(), KeptContent()
    policy = InDoubt.HOLD if plot.holds else InDoubt.RESEND
    scene.series(table, Series(SLUG, "The Lantern Road", "Mara Quill", in_doubt=policy))
    if not plot.catches_up:
        _join(table)
    for number in range(1, BOTH + 1):
        if number == plot.out + 1:
            _release(table)
        scene.chapter(table, content, SLUG, number, ready_at=START)
    if plot.out == BOTH:
        _release(table)
    if plot.catches_up:
        _join(table)
    if plot.in_doubt:
        _die_before_sending(table)
    return table.backup(), content


def reader_of(table: KeptTable) -> str:
    """His id."""
    return str(table.peek(keys.address(links.address_digest(ADDRESS, KEYS)))["reader"])


def _join(table: KeptTable) -> None:
    scene.sign_up(table, SLUG, ADDRESS, "token-0", start=Start.NEWEST, now=START)
    scene.click(table, SLUG, "token-0", START)


def _die_before_sending(table: KeptTable) -> None:
    """Events of later letters have come, so silence means something."""
    key = keys.subscription(SLUG, reader_of(table))
    claim = Claim("0", epoch=table.peek(key)["epoch"], start=1, to=1, at=START - HOUR - MINUTE)
    table.update(key, set={"claim": claim.to_item()})
    table.update(keys.FEEDBACK, set={"seen": START})


def _release(table: KeptTable) -> None:
    shelf = catalogue.find(table, SLUG)
    assert shelf
    release_due(table, shelf, START, show=lambda _series, _position: None)
