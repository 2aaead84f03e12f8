"""The subject of an issue, by the pattern of its series."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from itertools import accumulate
from urllib.parse import quote

from cliffhanger.rendering.labels import one_line
from cliffhanger.rendering.strings import Say

LONGEST_BEFORE_PART = 240
"""Characters: what tells a part stands behind them, and must not be cut off."""
LONGEST_IN_ADDRESS = 500
"""Of a line's 998 characters (RFC 5322, 2.1.1), which has a reader's own address before it."""
MORE = "…"

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】")
_FIELD = re.compile(r"{(\w+)}")


def subject_of(pattern: str, fields: Mapping[str, str]) -> str:
    """The pattern with its `{fields}` filled in; values are looked at no further, whatever braces they hold.

    A field that is empty goes with what joins it to the one before: "{series} · {label}: {title}" without a label is
    "Series: Title". Brackets in which nothing is left go too.
    """
    told = dict(fields)
    while bracketed := _BRACKETS.search(pattern):
        opening, inner, closing = bracketed[0][0], bracketed[0][1:-1], bracketed[0][-1]
        words = _joined(inner, told)
        name = f"_{len(told)}"
        told[name] = f"{opening}{words}{closing}" if words else ""
        pattern = f"{pattern[: bracketed.start()]}{{{name}}}{pattern[bracketed.end() :]}"
    return _joined(pattern, told)


def subject_of_part(pattern: str, fields: Mapping[str, str], portion: tuple[int, int], say: Say) -> str:
    """No two parts of a chapter have the same subject. Its label and heading tell them apart already, else its number
    does ("7, part 1 of 2"), and where the pattern shows none of these, the end of it.
    """
    shown = {name for name in _FIELD.findall(pattern) if fields.get(name)}
    if shown & {"label", "heading"}:
        return subject_of(pattern, fields)
    told = partial(say, "portion", number=portion[0], total=portion[1])
    if "number" in shown:
        return subject_of(pattern, {**fields, "number": told(label=fields["number"])})
    return told(label=one_line(subject_of(pattern, fields) or fields["series"], longest=LONGEST_BEFORE_PART))


def in_address(subject: str) -> str:
    """The subject as the address of a `mailto:` has it (RFC 6068); one that is too long for a line is cut short after
    a whole character, which may take twelve of ASCII.
    """
    written = quote(subject, safe="")
    if len(written) <= LONGEST_IN_ADDRESS:
        return written
    ends = accumulate(len(quote(character, safe="")) for character in f"{MORE}{subject}")
    return quote(subject[: sum(end <= LONGEST_IN_ADDRESS for end in ends) - 1].rstrip() + MORE, safe="")


def _joined(pattern: str, fields: Mapping[str, str]) -> str:
    """The words between two fields belong to the second, those at an end to the field there."""
    first, *rest = _FIELD.split(pattern)
    if not rest:
        return first.strip()
    names, words = rest[::2], rest[1::2]
    told = ""
    for before, name in zip([first, *words[:-1]], names, strict=True):
        value = fields.get(name, "")
        if value and (told or before is first):
            told += before + value
        elif value:
            told = value
    return (told + (words[-1] if fields.get(names[-1]) else "")).strip()
