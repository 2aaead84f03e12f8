"""The subject of an issue, by the pattern of its series."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
