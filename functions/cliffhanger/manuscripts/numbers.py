"""Numbers as authors write them in headings: 3, 3.5, III, three, Twenty-First."""

from __future__ import annotations

import re
from functools import cache

from cliffhanger.manuscripts.words import Words

_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.I)
_DIGITS = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@cache
def number_pattern(words: Words) -> str:
    """One number inside another pattern: digits, Roman digits, or words of the language."""
    spelled = "|".join(sorted(words.numbers, key=len, reverse=True))
    joint = "|".join(words.number_joints)
    return (
        r"(?:\d{1,4}(?:\.\d{1,2})?|[ivxlc]{1,9}"
        rf"|(?:(?:{joint})[ ])?(?:{spelled})(?:[- ](?:(?:{joint})[- ])?(?:{spelled})){{0,4}})(?!\w)"
    )


def number(text: str, words: Words) -> float | int | None:
    """The number that the whole of `text` says, or None."""
    text = text.strip()
    if _DIGITS.fullmatch(text):
        value = float(text)
        return int(value) if value.is_integer() else value
    if _ROMAN.fullmatch(text) and (text.isupper() or text.islower()):
        return _roman(text.lower())
    return _spelled(text.lower(), words)


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _spelled(text: str, words: Words) -> int | None:
    total = 0
    parts = [part for part in re.split(r"[-\s]+", text) if part and part not in words.number_joints]
    for part in parts:
        if part not in words.numbers:
            return None
        value = words.numbers[part]
        total = total * value if value == 100 and total else total + value
    return total if parts else None
