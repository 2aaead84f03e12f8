"""Numbers as lists show them: 3, iii, III, c, C."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_SMALL_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def shown(number: int, style: str) -> str:
    """`style` is "i", "I", "a" or "A"; anything else gives digits."""
    number = max(0, min(number, 3999))
    match style:
        case "i":
            return _roman(number)
        case "I":
            return _roman(number).upper()
        case "a" | "A" if number:
            letter = chr(ord(style) + (number - 1) % 26)
            return letter * ((number - 1) // 26 + 1)
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in (*_ROMAN, *_SMALL_ROMAN):
        text += sign * (number // value)
        number %= value
    return text
