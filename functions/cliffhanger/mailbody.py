"""A rendered mail, the same for all its readers but for a few personal places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """A personal place: a boundary between two pieces of the body, filled with a URL when a letter is sent."""

    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    CONFIRM = "confirm"


Pieces = tuple[str | Place, ...]


@dataclass(frozen=True, slots=True)
class MailBody:
    """Subject, HTML part and text part. The pieces are joined, never searched, so no text can be taken for a place."""

    subject: str
    html: Pieces
    text: Pieces

    def to_json(self) -> bytes:
        pieces = {"html": _dump(self.html), "text": _dump(self.text)}
        return json.dumps({"subject": self.subject, **pieces}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> MailBody:
        document = json.loads(data)
        return cls(document["subject"], _load(document["html"]), _load(document["text"]))


def fill(pieces: Pieces, places: Mapping[Place, str]) -> str:
    """Join the pieces. The URLs in `places` are our own and need no escaping (links.py)."""
    return "".join(places[piece] if isinstance(piece, Place) else piece for piece in pieces)


def _dump(pieces: Pieces) -> list[dict[str, str]]:
    return [{"place": p.value} if isinstance(p, Place) else {"text": p} for p in pieces]


def _load(pieces: list[dict[str, str]]) -> Pieces:
    return tuple(Place(p["place"]) if "place" in p else p["text"] for p in pieces)
