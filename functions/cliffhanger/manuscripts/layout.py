"""How a text file sets its paragraphs: hard-wrapped lines, or one paragraph a line."""

from __future__ import annotations

from itertools import groupby, pairwise

_MAX_WIDTH = 100
Group = list[str]


def groups_of(text: str) -> list[tuple[int, Group]]:
    """Runs of lines without an empty line between, each with the count of empty lines before it."""
    found: list[tuple[int, Group]] = []
    empty = 0
    for is_blank, run in groupby(text.split("\n"), key=lambda line: not line.strip()):
        lines = list(run)
        if is_blank:
            empty = len(lines)
        else:
            found.append((empty, lines))
            empty = 0
    return found


def is_wrapped(groups: list[Group]) -> bool:
    """Whether an editor broke the lines: then nearly every line that goes on was too full for the next word."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    if not pairs:
        return False
    lengths = sorted(len(line) for group in groups for line in group)
    width = lengths[min(len(lengths) - 1, len(lengths) * 98 // 100)]
    if width > _MAX_WIDTH or width < 30:
        return False
    return sum(is_full(line, following, width) for line, following in pairs) >= 0.5 * len(pairs)


def is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line any more (give 10 columns)."""
    word = following.split(maxsplit=1)[0] if following.split() else ""
    return len(line) + 1 + len(word) > width - 10


def indent_of(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
