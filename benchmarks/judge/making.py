"""What it costs to make a chapter: from the bytes of its manuscript to issue, page, contents, feed and book.

Ours is the real code over stores in memory: the drop and the minute that releases it. Theirs is pipeline.py, which
makes the mail and nothing else. Seconds are the processor's. The letter that tells the author what was understood is
no part of it, nor of theirs; what it costs is told beside.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from statistics import median

from benchmarks.delivery.ratios import against
from benchmarks.judge import pipeline
from benchmarks.judge.verdict import Verdict, table
from tests.support import prose
from tests.support.world import World

from cliffhanger.publishing import answers

WORDS = 6_000
ROUNDS = 21
BEGUN = 10
"""Chapters that are out when the measuring begins."""

MOST = 2.0
SIZES = (10, 60, 300)
AGAIN = 5
SHORT = 1_200
SLUG = "made"
SERIES = "title: The Long Straight\nauthor: Ilse Varran\nauthor_address: ilse@stories.example.org\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor's. `writes` counts what was laid into the archive, by the name of the file."""

    drop: float
    release: float
    letter: float
    writes: Counter[str]

    @property
    def making(self) -> float:
        return self.drop - self.letter + self.release


@dataclass(slots=True)
class Press:
    """A series that grows, in a world of its own."""

    words: int
    world: World = field(default_factory=World)
    chapters: int = 0

    def __post_init__(self) -> None:
        self.world.series(SLUG, SERIES)

    def grow(self, chapters: int) -> None:
        while self.chapters < chapters:
            self.next()

    def manuscript(self) -> bytes:
        return prose.chapter("en", self.words, number=self.chapters + 1).encode()

    def next(self) -> Cost:
        data = self.manuscript()
        self.chapters += 1
        before = Counter(self.world.archive.writes)
        with _letters_timed() as letters:
            drop = _seconds(lambda: self.world.drop(f"{SLUG}/{self.chapters:03}.md", data))
        self.world.hints.waiting_letters.clear()
        self.world.time += self.world.settings.grace
        release = _seconds(self.world.tick)
        self.world.hints.waiting_issues.clear()
        written = Counter(self.world.archive.writes)
        written.subtract(before)
        names: Counter[str] = Counter()
        for path, times in written.items():
            names[_kind(path)] += times
        return Cost(drop, release, sum(letters), +names)


def judge() -> Verdict:
    ours, theirs = _race()
    ratio = against([cost.making for cost in ours], theirs)
    with_letter = against([cost.making + cost.letter for cost in ours], theirs)
    grown = {size: _at(size) for size in SIZES}
    report = [
        f"A chapter of {WORDS:,} words in a series of {BEGUN} to {BEGUN + ROUNDS}, {ROUNDS} rounds in turn with "
        "`markdown` (extra) + nh3 + Jinja2 + css-inline + inscriptis, which make the mail alone "
        f"({median(theirs) * 1000:.1f} ms): {ratio} times as long; with the letter to the author {with_letter}.",
        table(
            ("ms", "drop: read, issue, sheet", "release: page, contents, feed, book", "the author's letter"),
            [
                (
                    "median",
                    _ms(c.drop - c.letter for c in ours),
                    _ms(c.release for c in ours),
                    _ms(c.letter for c in ours),
                )
            ],
        ),
        f"As a series grows (chapters of {SHORT:,} words, medians of {AGAIN}):",
        table(("chapters", "drop, ms", "release, ms", "book, bytes", "written at a release"), map(_row, grown.items())),
    ]
    said = (f"making takes {ratio.middle} times as long, more than {MOST}",) if ratio.middle > MOST else ()
    return Verdict("What making costs", "\n\n".join(report), {"making_vs_pipeline": ratio.middle}, said)


def _race() -> tuple[list[Cost], list[float]]:
    press = Press(WORDS)
    press.grow(BEGUN)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        data = press.manuscript()
        theirs.append(_seconds(lambda: pipeline.make(data)))  # noqa: B023  called at once
        ours.append(press.next())
    return ours, theirs


def _at(size: int) -> tuple[list[Cost], int]:
    press = Press(SHORT)
    press.grow(size - AGAIN)
    costs = [press.next() for _ in range(AGAIN)]
    book = max((len(data) for path, data in press.world.archive.objects.items() if path.endswith(".epub")), default=0)
    return costs, book


def _row(grown: tuple[int, tuple[list[Cost], int]]) -> tuple[object, ...]:
    size, (costs, book) = grown
    written = ", ".join(f"{name} {times}" for name, times in sorted(costs[-1].writes.items()))
    return size, _ms(cost.drop - cost.letter for cost in costs), _ms(cost.release for cost in costs), book, written


@contextmanager
def _letters_timed() -> Iterator[list[float]]:
    """How long the words to the author take, while inside."""
    taken: list[float] = []
    real = answers.understood

    def timed(*arguments: object) -> None:
        taken.append(_seconds(lambda: real(*arguments)))  # type: ignore[arg-type]

    answers.understood = timed
    try:
        yield taken
    finally:
        answers.understood = real


def _seconds(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _ms(seconds: Iterator[float]) -> float:
    return round(median(seconds) * 1000, 1)


def _kind(path: str) -> str:
    """`the-night-post/chapter-1/index.html` is a chapter's page, `the-night-post/index.html` the contents."""
    parts = PurePosixPath(path).parts
    return parts[-1] if parts[-1] != "index.html" else ("lists", "contents", "pages")[min(len(parts) - 1, 2)]
