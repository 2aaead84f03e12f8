"""What a hostile file is, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

STORY = (
    "The lamp in the harbour office had burned all night, and Ada had not slept.\n\n“You should go home,” said Ben.\n"
)
CHAPTER = f"Chapter 3: The Lamp\n\n{STORY}"


class Asked(StrEnum):
    """WARN is refused, or accepted with a warning; EITHER is no crash, and harmless if accepted."""

    REJECT = "reject"
    WARN = "warn"
    ACCEPT = "accept"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """`make` gives its bytes. `has` and `lacks` are texts of the document, the issue, or the refusal."""

    name: str
    make: Callable[[], bytes]
    asked: Asked
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def text(
    name: str, content: str, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()
) -> HostileFile:
    """A file of UTF-8 text; lone surrogates go through."""
    return HostileFile(name, lambda: content.encode("utf-8", "surrogatepass"), asked, has, lacks)


def binary(
    name: str, data: bytes, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()
) -> HostileFile:
    return HostileFile(name, lambda: data, asked, has, lacks)
