"""What a judge found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`report` is Markdown, for docs/judges.md. `numbers` go into the line RESULT. `said`: what is wrong, a sentence
    each; empty if all is well.
    """

    title: str
    report: str
    numbers: dict[str, float]
    said: tuple[str, ...] = field(default=())


def table(head: Row, rows: Iterable[Row]) -> str:
    """The first column to the left, the others to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(map(_shown, line)) + " |" for line in lines)


def listing(head: Row, rows: Iterable[Row]) -> str:
    """A table of words: all to the left."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_shown, line)) + " |" for line in lines)


def _shown(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int | float) else str(cell).replace("|", "\\|")
