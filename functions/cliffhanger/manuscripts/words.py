"""The words that the grammar knows, as data: one table a language (english.py is the first)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.model import Kind


@dataclass(frozen=True, eq=False)
class Words:
    """Everything in lower case; patterns are regular expressions, matched without regard to case.

    labels          what "Label: text" says: a Field, or the name of a tag
    shouted_labels  note labels that count only in capitals ("AN:"), being words or names otherwise
    bare_labels     note labels that need no colon ("A/N I hope …")
    dash_labels     the fields whose label may end with a spaced dash
    recaps          labels of notes before the story that keep their label ("Previously: …")
    teasers         labels of notes after the story that keep their label ("Next up: …")
    replies         a line alone that begins replies to reviewers
    chapter_words   before a number: "Chapter 3"
    part_words      before a number: "Part Two"
    kinds           first words of a heading that make another kind than a chapter
    notice_titles   titles of a file that only speaks to the readers
    by              before an author's name
    furniture       lines that a site or an editor put there
    closings        the whole of a closing line
    soft_closings   closings that a story may say too: they count only at its very end
    chatty_closings closings that may go on ("TBC? You tell me!")
    break_words     a scene break written out: "[Line Break]"
    address         phrases with which an author speaks to the readers
    appeals         a paragraph that asks the readers for something
    signatures      a line that only takes leave
    dates           words that make a line the head of a diary entry or a letter, not a title
    """

    labels: Mapping[Field | str, tuple[str, ...]]
    shouted_labels: tuple[str, ...]
    bare_labels: tuple[str, ...]
    dash_labels: frozenset[Field]
    recaps: tuple[str, ...]
    teasers: tuple[str, ...]
    replies: tuple[str, ...]
    chapter_words: tuple[str, ...]
    part_words: tuple[str, ...]
    kinds: Mapping[str, Kind]
    notice_titles: tuple[str, ...]
    by: str
    of: tuple[str, ...]
    numbers: Mapping[str, int]
    number_joints: tuple[str, ...]
    furniture: tuple[str, ...]
    closings: tuple[str, ...]
    soft_closings: tuple[str, ...]
    chatty_closings: tuple[str, ...]
    break_words: tuple[str, ...]
    address: tuple[str, ...]
    appeals: tuple[str, ...]
    signatures: tuple[str, ...]
    dates: tuple[str, ...]
    small_words: frozenset[str]


def alternatives(aliases: Iterable[str]) -> str:
    """A pattern of plain strings, the longest first."""
    return "|".join(re.escape(alias) for alias in sorted(aliases, key=len, reverse=True))
