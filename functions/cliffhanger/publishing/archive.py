"""The public archive follows the table: whoever changes what its pages show lays a hand on the series' note, makes the
change, and shows it (publishing/stale.py says why that is safe at the same time and after any crash).

A release, a correction or a withdrawal binds the issue and writes the page of that chapter and of its two neighbours,
the series' own leaves, and the list of all series; nothing else, however long the story is, and only what says
something new. Another title, colour or design sweeps over all pages of a series, some each minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from cliffhanger import keys
from cliffhanger.publishing import house, series_book, series_feed, series_leaves, stale
from cliffhanger.publishing.bound_issues import bind_issues
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.press import design, put
from cliffhanger.publishing.stale import Note
from cliffhanger.publishing.story import Story, read_story
from cliffhanger.rendering.leaves import Leaf

TRIES = 3
A_SWEEP = 100
"""Pages that a sweep writes at once: some ten seconds' work."""

Writer = Callable[[Desk, Story], Iterable[Leaf]]

WRITERS: tuple[Writer, ...] = (series_leaves.contents, series_feed.feed)
"""What is written of a series whenever something of it changed, besides the pages of the chapters concerned."""

EXTRAS: tuple[Callable[[Desk, Story], None], ...] = (series_book.keep,)
"""What is kept of it besides. No release waits for these: where one fails, it is told, and the minute tries again."""


def begin(desk: Desk, slug: str, *, positions: Iterable[int] = (), sweep: bool = False) -> str:
    """Before the change. Returns the hand to show it with. Position 0 stands for what the series says of itself."""
    return stale.lay(desk.table, keys.site(slug), now=desk.clock(), positions=positions, sweep=sweep)


def release(desk: Desk, slug: str, number: int) -> None:
    """Before `newest` is raised: the pages stand before the mails that link to them."""
    show(desk, slug, begin(desk, slug, positions={number}))


def add(desk: Desk, slug: str, *, positions: Iterable[int] = (), sweep: bool = False) -> None:
    """More will change than was said at the beginning."""
    stale.add(desk.table, keys.site(slug), positions=positions, sweep=sweep)


def show(desk: Desk, slug: str, hand: str) -> None:
    """After the change. Steps: the pages, the rest of the series, the list of all, and last the note."""
    key = keys.site(slug)
    for _ in range(TRIES):
        note = stale.read(desk.table, key)
        if not (story := read_story(desk.table, slug)):
            break
        start, left = _sweep(desk, note, story)
        told = {"design": design(desk)}
        if note.positions or start:
            swept = range(start, left or story.newest + 1) if start else range(0)
            _write(desk, story, note.positions, swept)
            told["entry"] = entry = house.entry(story)
            if entry != note.entry:
                house.show(desk, slug, entry)
            if not _keep_extras(desk, story):
                break
        if stale.lift(desk.table, key, hand, note, now=desk.clock(), left=left, told=told):
            return
    stale.let_be(desk.table, key, hand)


def repair(desk: Desk, slug: str) -> None:
    """What a crash left, the rest of a sweep, and pages of another design than today's."""
    note = stale.read(desk.table, keys.site(slug))
    if not note.is_clean or note.design != design(desk):
        show(desk, slug, begin(desk, slug))


def _sweep(desk: Desk, note: Note, story: Story) -> tuple[int | None, int | None]:
    """The first position to write of a sweep, and the first that is left for the next minute."""
    start = 1 if note.design != design(desk) else note.sweep
    if not start:
        return None, None
    left = start + A_SWEEP
    return start, left if left <= story.newest else None


def _write(desk: Desk, story: Story, positions: Iterable[int], swept: Iterable[int]) -> None:
    concerned = series_leaves.around(story, positions) | set(swept)
    bind_issues(desk, story, concerned)
    for leaf in chain(
        series_leaves.shared(desk, story),
        series_leaves.pages(desk, story, concerned),
        *(writer(desk, story) for writer in WRITERS),
    ):
        put(desk, leaf)
    for path in series_leaves.gone(story, concerned):
        desk.archive.delete(path)


def _keep_extras(desk: Desk, story: Story) -> bool:
    try:
        for keep in EXTRAS:
            keep(desk, story)
    except Exception as error:
        desk.tally("TickStepFailed")
        desk.tell(error)
        return False
    return True
