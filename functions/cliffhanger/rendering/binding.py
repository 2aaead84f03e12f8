"""An issue bound into its series: the links to its neighbours, and what happened in the chapter before.

All this is known only when the chapter goes out, and is then the same for all its readers. So it is filled in once, at
the release, and a letter takes no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import escape

from cliffhanger.mailbody import HEAVIEST_PREVIOUSLY, LONGEST_PREVIOUSLY, Block, MailBody, Part, Pieces, Place
from cliffhanger.rendering.ascii import as_ascii, short_lines
from cliffhanger.rendering.labels import one_line

PLACE_OF = {
    Part.PREVIOUS: Place.PREVIOUS_URL,
    Part.NEXT: Place.NEXT_URL,
    Part.FIRST: Place.FIRST_URL,
    Part.PREVIOUSLY: Place.PREVIOUSLY,
    Part.TOTAL: Place.TOTAL,
}
"""What a block needs to be shown."""


MORE = "&#8230;"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The page of another chapter of the series, and its summary, as the author wrote it; perhaps empty."""

    url: str
    summary: str = ""


def bind(
    body: MailBody,
    *,
    previous: Neighbour | None = None,
    next: Neighbour | None = None,
    first: Neighbour | None = None,
    total: int | None = None,
) -> MailBody:
    """The issue with what is known of its series; a block of which nothing is known is gone.

    `first` is None for the first chapter itself. `total` is how many chapters a complete series has. `previous` has no
    summary where "Previously" would be wrong: in the second part of a chapter, or after a notice. An author's own recap
    is in the issue already, and then the summary is not asked for. Only an unbound issue can be bound.
    """
    told = {
        Place.PREVIOUS_URL: previous.url if previous else "",
        Place.NEXT_URL: next.url if next else "",
        Place.FIRST_URL: first.url if first and first != previous else "",
        Place.PREVIOUSLY: _shortened(previous.summary) if previous else "",
        Place.TOTAL: str(total or ""),
    }
    return replace(body, html=_bound(body.html, told, _as_html), text=_bound(body.text, told, str))


def _shortened(text: str) -> str:
    """In one line, cut after a word, or, where a script has no spaces, anywhere."""
    whole = one_line(text, longest=len(text) + 1)
    line = whole[:LONGEST_PREVIOUSLY]
    while len(_as_html(line)) > HEAVIEST_PREVIOUSLY - len(MORE):
        line = line[: len(line) * 9 // 10]
    if line == whole:
        return line
    kept, space, _ = line.rpartition(" ")
    return f"{kept.rstrip(',;:–—') if space and len(kept) > len(line) // 2 else line}…"


def _as_html(text: str) -> str:
    return short_lines(as_ascii(escape(text)))


def _bound(pieces: Pieces, told: Mapping[Place, str], write: Callable[[str], str]) -> Pieces:
    made: list[str | Place | Block] = []
    for piece in _resolved(pieces, told, write):
        if made and _is_text(made[-1]) and _is_text(piece):
            made[-1] = f"{made[-1]}{piece}"
        elif piece != "":
            made.append(piece)
    return tuple(made)


def _resolved(pieces: Pieces, told: Mapping[Place, str], write: Callable[[str], str]) -> Iterator[str | Place | Block]:
    for piece in pieces:
        match piece:
            case Block(part, inner) if part in PLACE_OF:
                if told[PLACE_OF[part]]:
                    yield from _resolved(inner, told, write)
            case Block(part, inner):
                yield Block(part, _bound(inner, told, write))
            case Place() if piece in told:
                yield write(told[piece])
            case _:
                yield piece


def _is_text(piece: str | Place | Block) -> bool:
    return isinstance(piece, str) and not isinstance(piece, Place)
