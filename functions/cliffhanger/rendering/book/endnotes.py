"""The footnotes of a chapter as endnotes of its section, also where the author's notes, which may point at them, are
left out."""

from __future__ import annotations

import re

_TO_NOTE = re.compile(r'href="#note-(\d+)"')


def numbers(fragment: str) -> set[int]:
    """Of the footnotes that a fragment refers to."""
    return {int(number) for number in _TO_NOTE.findall(fragment)}


def kept(shown: str, left_out: str, footnotes: tuple[str, ...]) -> dict[int, str]:
    """The footnotes by their numbers, but those that only what was left out refers to."""
    wanted = numbers(shown)
    unread = sorted(wanted)
    while unread:  # a footnote may refer to another
        number = unread.pop()
        more = numbers(footnotes[number - 1]) - wanted if number <= len(footnotes) else set()
        wanted |= more
        unread += more
    unwanted = numbers(left_out) - wanted
    return {number: note for number, note in enumerate(footnotes, start=1) if number not in unwanted}


def anchored(shown: str, notes: dict[int, str]) -> str:
    """`shown` with an anchor at the first reference to each note whose link back would lead nowhere."""
    for number in notes:
        reference = f'href="#note-{number}"'
        if f'id="ref-{number}"' not in shown:
            shown = shown.replace(reference, f'{reference} id="ref-{number}"', 1)
    return shown
