"""Front matter: YAML between `---` fences, TOML between `+++`, or MultiMarkdown's `Key: value` lines without fences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import FrontMatter
from cliffhanger.manuscripts.front_fields import KEYS, TAGS, fields_of
from cliffhanger.manuscripts.front_notations import Values, load_toml, load_yaml

_MAX_LINES = 500
_MAX_DENSE = 40
_MAX_WIDTH = 100
_MMD_LINE = re.compile(r"([A-Za-z][\w \-]{0,40}):[ \t]*(.*)")
_MMD_KEYS = {
    "title", "author", "date", "base header level", "keywords", "copyright", "format", "css", "language",
    "latex input", "latex mode", "quotes language", "email", "address", "subtitle", "affiliation", "xhtml header",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fence:
    """`begins` is what the first line inside looks like: else the fence is a rule or an ornament."""

    opens: re.Pattern[str]
    closes: re.Pattern[str]
    begins: re.Pattern[str]
    load: Callable[[str, int], Values]
    mark: str


_FENCES = (
    _Fence(
        re.compile(r"---[ \t]*"),
        re.compile(r"(---|\.\.\.)[ \t]*"),
        re.compile(r"[A-Za-z_][\w \-]{0,40}:(?:\s|$)"),
        load_yaml,
        "three dashes",
    ),
    _Fence(
        re.compile(r"\+\+\+[ \t]*"),
        re.compile(r"\+\+\+[ \t]*"),
        re.compile(r"[ \t]*(?:[\w.\"'-]+[ \t]*=|\[\w[\w.]*\]|#)"),
        load_toml,
        "three plus signs",
    ),
)


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the text after it. A fence that only draws a rule is left in the text."""
    stripped = text.lstrip("\n")
    lines = stripped.split("\n", _MAX_LINES)
    for fence in _FENCES:
        if fence.opens.fullmatch(lines[0]):
            return _fenced(fence, lines, len(text) - len(stripped)) or (FrontMatter(), text)
    return _multimarkdown(lines) or (FrontMatter(), text)


def _fenced(fence: _Fence, lines: list[str], skipped: int) -> tuple[FrontMatter, str] | None:
    end = next((at for at, line in enumerate(lines[1:], 1) if fence.closes.fullmatch(line)), None)
    if not fence.begins.match(next((line for line in lines[1:] if line.strip()), "")) and not _is_dense(lines[1:end]):
        return None
    if end is None:
        raise Refusal(f"The front matter never ends: put a line of {fence.mark} under it.", line=1 + skipped)
    return fields_of(fence.load("\n".join(lines[1:end]), 2 + skipped)), "\n".join(lines[end + 1 :])


def _is_dense(lines: list[str]) -> bool:
    """A few short lines without an empty one are meant as front matter; prose between two rules has air."""
    return 0 < len(lines) <= _MAX_DENSE and all(line.strip() and len(line) < _MAX_WIDTH for line in lines)


def _multimarkdown(lines: list[str]) -> tuple[FrontMatter, str] | None:
    """Two lines of known keys or more at the very top, up to an empty line."""
    values: dict[object, object] = {}
    last = ""
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    for line in lines[:end]:
        match = _MMD_LINE.fullmatch(line)
        if match:
            last = match[1].strip().lower()
            values[last] = match[2]
        elif last and line.startswith((" ", "\t")):
            values[last] = f"{values[last]} {line.strip()}"
        else:
            return None
    if len(values) < 2 or not _MMD_KEYS.issuperset(str(key) for key in values):
        return None
    front = fields_of({key: value for key, value in values.items() if key not in _MMD_KEYS - {*KEYS, *TAGS}})
    return replace(front, title_may_be_series=True), "\n".join(lines[end:])
