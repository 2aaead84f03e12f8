"""Prose of our own, and two ways to read it."""

from __future__ import annotations

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Blocks, Chapter
from cliffhanger.manuscripts.read import read

STORY = """The lamp in the harbour office had burned all night, and Ada had not slept.

“You should go home,” said Ben.

She shook her head—slowly, as if it weighed more than the sea… and the rain began again."""
SENTENCE = "The boats came in one after the other, and nobody on the quay counted them.\n\n"


def read_text(text: str, name: str = "draft.txt") -> Chapter:
    return read(name, text.encode())


def read_markdown(text: str) -> Chapter:
    return read("draft.md", text.encode())


def texts(notes: tuple[Blocks, ...]) -> list[str]:
    return [blocks_text(note) for note in notes]
