"""A rendered mail, the same for all its readers but for a few personal places and blocks."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

LIMIT = 100_000
"""Gmail hides what goes beyond about 102 KB, and nobody says of what: so of the HTML in the worst transfer encoding."""

WARNING = 80_000
"""From here on the author is told that a little more would be too much."""

LONGEST_PLACE = 200
LONGEST_PREVIOUSLY = 500
"""Characters of the summary of the chapter before."""
HEAVIEST_PREVIOUSLY = 2_000
"""Bytes of it in the HTML: enough for that many Latin letters, or for half as many Chinese ones, which say as much."""
LAST_LINE = 78


class Place(StrEnum):
    """A boundary between two pieces of the body, filled in when a letter is sent: with a reader's own URL.

    FIRST and LAST are in the subject of a bundle only: what its first and last chapter are called. From PREVIOUS_URL on
    they are the same for all readers, and filled in when the chapter is released (rendering/binding.py).
    """

    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    CONFIRM = "confirm"
    NEXT = "next"
    PAUSE = "pause"
    FIRST = "first"
    LAST = "last"
    REPLY = "reply"
    """A `mailto:` to the author."""
    PREVIOUS_URL = "previous-url"
    NEXT_URL = "next-url"
    FIRST_URL = "first-url"
    PREVIOUSLY = "previously"
    """What happened in the chapter before."""
    TOTAL = "total"
    """How many chapters a complete series has."""


class Part(StrEnum):
    """What a block is."""

    STORY = "story"
    """Everybody's: a bundle has one of each chapter."""
    ALONE = "alone"
    """For a letter of one chapter."""
    CATCHING_UP = "catching-up"
    """For a reader who may have the next chapter now."""
    REPLY = "reply"
    """For all where readers may write to the author."""
    PREVIOUS = "previous"
    """From here on: for all who have what its place tells, once the chapter is bound (rendering/binding.py)."""
    NEXT = "next"
    FIRST = "first"
    PREVIOUSLY = "previously"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Block:
    part: Part
    pieces: Pieces


Pieces = tuple[str | Place | Block, ...]


@dataclass(frozen=True, slots=True)
class MailBody:
    """Subject, HTML part and text part. The pieces are joined, never searched, so no text can be taken for a place.

    `label` is what a chapter is called for short, and `span` the subject of a bundle that begins with it.
    """

    subject: str
    html: Pieces
    text: Pieces
    label: str = ""
    span: Pieces = ()

    def to_json(self) -> bytes:
        pieces = {name: _dump(getattr(self, name)) for name in ("html", "text", "span")}
        return json.dumps({"subject": self.subject, "label": self.label, **pieces}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> MailBody:
        found = json.loads(data)
        html, text, span = (_load(found.get(name, ())) for name in ("html", "text", "span"))
        return cls(found["subject"], html, text, found.get("label", ""), span)


def fill(pieces: Pieces, places: Mapping[Place, str], show: Container[Part] = ()) -> str:
    """Join the pieces, of the blocks the story's and those to `show`.

    The URLs in `places` are our own and need no escaping (links.py).
    """
    return "".join(_filled(piece, places, show) for piece in pieces)


def bundle(bodies: Sequence[MailBody]) -> MailBody:
    """Several chapters as one mail: around their stories stands what stands around the first."""
    if len(bodies) == 1:
        return bodies[0]
    first = bodies[0]
    names = {Place.FIRST: first.label, Place.LAST: bodies[-1].label}
    return replace(
        first,
        subject=fill(first.span, names),
        html=_bundled(first.html, (body.html for body in bodies)),
        text=_bundled(first.text, (body.text for body in bodies)),
    )


def size(pieces: Pieces) -> int:
    """Bytes at most on the way to a reader: every block shown, every place filled with the longest that it may
    hold, in the worst of the encodings in which a relay may send it on.

    We send ASCII in short lines, which needs none (7bit). Base64 makes 78 bytes of 57 (RFC 2045, 6.8), with CR LF for
    the line ends of both. Quoted-printable makes 3 bytes of an equals sign or of a space before a line's end, and
    breaks lines after 73 (6.7); it is the longer one only for what is full of these.
    """
    return weight(pieces) + LAST_LINE


def weight(pieces: Pieces) -> int:
    """What these pieces add to the size of a body."""
    plain, escaped = _measured(pieces)
    return max(-(-plain * 78 // 57), -(-(plain + 2 * escaped) * 78 // 73))


def _measured(pieces: Pieces) -> tuple[int, int]:
    """Bytes with CR LF as line ends, and how many at most quoted-printable escapes."""
    plain = escaped = 0
    for piece in pieces:
        match piece:
            case Block():
                inner, within = _measured(piece.pieces)
                plain, escaped = plain + inner, escaped + within
            case Place.PREVIOUSLY:
                plain += HEAVIEST_PREVIOUSLY
            case Place():
                plain += LONGEST_PLACE
            case _:
                lines = piece.count("\n")
                plain, escaped = plain + len(piece) + lines, escaped + lines + piece.count("=")
    return plain, escaped


def _filled(piece: str | Place | Block, places: Mapping[Place, str], show: Container[Part]) -> str:
    match piece:
        case Block(part, pieces):
            return fill(pieces, places, show) if part is Part.STORY or part in show else ""
        case Place():
            return places[piece]
        case _:
            return piece


def _bundled(first: Pieces, every: Iterable[Pieces]) -> Pieces:
    stories = [piece for pieces in every for piece in pieces if _is_story(piece)]
    at = next(number for number, piece in enumerate(first) if _is_story(piece))
    return (*first[:at], *stories, *first[at + 1 :])


def _is_story(piece: str | Place | Block) -> bool:
    return isinstance(piece, Block) and piece.part is Part.STORY


def _dump(pieces: Pieces) -> list[dict[str, Any]]:
    return [
        {"block": p.part.value, "pieces": _dump(p.pieces)}
        if isinstance(p, Block)
        else {"place": p.value}
        if isinstance(p, Place)
        else {"text": p}
        for p in pieces
    ]


def _load(pieces: Iterable[dict[str, Any]]) -> Pieces:
    return tuple(
        Block(Part(p["block"]), _load(p["pieces"]))
        if "block" in p
        else Place(p["place"])
        if "place" in p
        else str(p["text"])
        for p in pieces
    )
