"""A series as an Atom feed (RFC 4287): its newest chapters, whole or in summary, in entries that are set once.

An entry that stands in the last feed is taken over from it, so that a feed costs its newest entry alone; and where
nothing has changed, the feed is the same to the byte, and keeps its ETag.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from jinja2 import Environment
from markupsafe import Markup

from cliffhanger.clock import as_datetime
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.xml import document
from cliffhanger.series import Feed, Series

SETTING = 1
"""Raised whenever an entry is set otherwise than before, but for its templates: then all are set anew."""
MOST_ENTRIES = 20
LARGEST = 500_000
"""Bytes: readers of feeds give up on some larger than a megabyte. The newest entry stands whatever its size."""
LONGEST_EXCERPT = 400

Read = Callable[[str], Sheet | None]
"""The sheet under a key of Content, None where it is gone."""

ENTRY, CONTENT = "feed/entry.xml", "feed/content.html"
_BEGIN, _END, _CLOSE = b"<entry>\n<!-- ", b"</entry>\n", b"</feed>"
_TO_NOTE = re.compile(r'<a href="#note-(\d+)"(?: id="[^"]*")?')
_BACK = re.compile(r' ?<a href="#ref-\d+"[^<>]*>[^<]*</a>')
_ANY_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """A released chapter. `name` is its own for ever (a tag URI), `sheet` the key of its sheet; times are ms."""

    name: str
    title: str
    url: str
    sheet: str
    published: int
    updated: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a series is: the feed itself, its page, its cover if it has one; and its `name` for ever (a tag URI)."""

    name: str
    feed_url: str
    series_url: str
    cover_url: str | None = None


def render_feed(
    series: Series,
    entries: Sequence[Entry],
    *,
    place: Place,
    old: bytes | None,
    read: Read,
    environment: Environment,
) -> bytes:
    """`entries` newest first; the last ones are left out where they are too many, and those whose sheet is gone.

    The feed's own time is that of the entry that changed last; without any it is the beginning of 1970.
    """
    around = document(
        environment.get_template("feed/feed.xml").render(
            series=series,
            place=place,
            author=series.author or series.title,
            updated=moment(max((entry.updated for entry in entries), default=0)),
        )
    )
    shown = _within_bounds(_entries(series, entries[:MOST_ENTRIES], old, read, environment))
    return around.removesuffix(_CLOSE) + b"".join(shown) + _CLOSE + b"\n"


def moment(milliseconds: int) -> str:
    """RFC 3339, in UTC, to the second."""
    return as_datetime(milliseconds).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entries(
    series: Series,
    entries: Iterable[Entry],
    old: bytes | None,
    read: Read,
    environment: Environment,
) -> Iterator[bytes]:
    known = _known(old) if old else {}
    hand = _hand(environment)
    for entry in entries:
        mark = _mark(entry, series, hand)
        if mark in known:
            yield known[mark]
        elif sheet := read(entry.sheet):
            yield _set(entry, mark, series, sheet, environment)


def _known(old: bytes) -> dict[str, bytes]:
    """The entries of a feed by their marks. What an entry holds is escaped, so nothing in it looks like its end."""
    begun = (part[part.find(_BEGIN) :] for part in old.split(_END)[:-1])
    return {part[len(_BEGIN) :].partition(b" ")[0].decode(): part + _END for part in begun}


def _within_bounds(entries: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for count, entry in enumerate(entries):
        size += len(entry)
        if count and size > LARGEST:
            return
        yield entry


def _set(entry: Entry, mark: str, series: Series, sheet: Sheet, environment: Environment) -> bytes:
    content = _content(entry, series, sheet, environment) if series.feed is Feed.FULL else None
    return document(
        environment.get_template(ENTRY).render(
            entry=entry,
            mark=mark,
            published=moment(entry.published),
            updated=moment(entry.updated),
            summary=sheet.summary or (None if content else excerpt(sheet.story)),
            content=content,
            language=sheet.language,
        )
        + "\n"
    )


def _content(entry: Entry, series: Series, sheet: Sheet, environment: Environment) -> str:
    before, after = sheet.notes(series)

    def linked(fragment: str) -> Markup:
        return Markup(_linked(fragment, entry.url))  # noqa: S704  a sheet's fragments are nh3's output

    return environment.get_template(CONTENT).render(
        sheet=sheet,
        say=speaker(sheet.language),
        recap=linked(sheet.recap),
        notes_before=[linked(note) for note in before],
        story=linked(sheet.story),
        notes_after=[linked(note) for note in after],
        footnotes=[linked(note) for note in sheet.footnotes],
    )


def _linked(fragment: str, url: str) -> str:
    """Many entries may stand on one page, so none has anchors of its own: a footnote's number leads to the web page."""
    return _BACK.sub("", _TO_NOTE.sub(rf'<a href="{Markup.escape(url)}#note-\1"', fragment))


def excerpt(story: str) -> str:
    """The beginning of a story in plain text, to the end of a word."""
    words = " ".join(unescape(_ANY_TAG.sub(" ", story[: LONGEST_EXCERPT * 10])).split())
    return words if len(words) <= LONGEST_EXCERPT else words[:LONGEST_EXCERPT].rpartition(" ")[0] + " …"


def _mark(entry: Entry, series: Series, hand: str) -> str:
    """All that decides how an entry is set."""
    parts = (repr(entry), series.feed.value, series.notes.value, hand)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _hand(environment: Environment) -> str:
    assert environment.loader
    sources = [environment.loader.get_source(environment, name)[0] for name in (ENTRY, CONTENT)]
    return "\0".join([str(SETTING), *sources])
